import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { panelClientId, tokenExchange } from "@inlay/contract";
import { afterEach, describe, expect, it } from "vitest";
import { KeptToken } from "./kept-token.ts";
import type { Token } from "./sign-in.ts";
import { memoryStorage } from "./storage.ts";
import { StoredTokens } from "./token-store.ts";

const closing: (() => void)[] = [];
afterEach(() => {
	for (const close of closing.splice(0)) close();
});

type Fields = Record<string, string>;

/** A token endpoint; `answer` says what it gives, or `undefined` for a refusal. */
async function endpoint(answer: (fields: Fields) => Record<string, unknown> | undefined) {
	const asked: Fields[] = [];
	const server = createServer((request, response) => {
		let body = "";
		request.on("data", (part) => {
			body += part;
		});
		request.on("end", () => {
			const fields = Object.fromEntries(new URLSearchParams(body));
			asked.push(fields);
			const given = answer(fields);
			response.writeHead(given ? 200 : 400, { "content-type": "application/json" });
			response.end(JSON.stringify(given ?? { error: "invalid_grant" }));
		});
	});
	await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
	closing.push(() => server.close());
	return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked };
}

const subject: Token = { accessToken: "subject", expiresAt: Date.now() + 3_600_000, proof: "p".repeat(43) };
const given = (access_token: string) => ({ access_token, expires_in: 60, token_type: "bearer" });

function keep(url: string, token: Token) {
	const storage = memoryStorage();
	const kept = new KeptToken(new StoredTokens(storage, "d1"), url, () => {});
	kept.keep(token);
	return { kept, stored: () => storage.getItem("inlay.token.d1") ?? "" };
}

describe("the panel worked with the token that scripts have, and could do no more than they", () => {
	it("exchanges it for one of its own, which stands in no storage", async () => {
		const { url, asked } = await endpoint(() => given("own"));
		const { kept, stored } = keep(url, subject);
		expect(await kept.settle()).toBe("settled");
		expect([kept.working, kept.current?.accessToken]).toEqual(["own", "subject"]);
		expect(asked).toEqual([
			{
				grant_type: tokenExchange.grant,
				client_id: panelClientId,
				subject_token: "subject",
				subject_token_type: tokenExchange.accessToken,
				panel_verifier: subject.proof,
			},
		]);
		expect(stored()).not.toContain("own");
	});

	it("a renewal renews both, and the proof goes along", async () => {
		const { url, asked } = await endpoint(({ grant_type: grant = "", subject_token: of }) =>
			given(grant === tokenExchange.grant ? `own of ${of}` : "renewed"),
		);
		const { kept, stored } = keep(url, subject);
		await kept.settle();
		expect(await kept.renew()).toMatchObject({ expiresInSeconds: 60 });
		expect([kept.current?.accessToken, kept.working]).toEqual(["renewed", "own of renewed"]);
		expect(asked.map(({ grant_type: grant }) => grant)).toEqual([
			tokenExchange.grant,
			"urn:inlay:sign-in-session",
			tokenExchange.grant,
		]);
		expect(JSON.parse(stored())).toMatchObject({ accessToken: "renewed", proof: subject.proof });
	});

	it("goes on with the deployment's where there is nothing to exchange by, or the server refuses", async () => {
		const { url, asked } = await endpoint(() => undefined);
		const { proof: _proof, ...old } = subject;
		const before = keep(url, old).kept;
		expect([await before.settle(), before.working, asked.length]).toEqual(["settled", "subject", 0]);
		const { kept } = keep(url, subject);
		expect([await kept.settle(), kept.working]).toEqual(["settled", "subject"]);
	});

	it("forgets its own with the sign-in: nobody works with the one of who was here before", async () => {
		const { url } = await endpoint(({ subject_token: of }) => (of === "subject" ? given("own") : undefined));
		const { kept } = keep(url, subject);
		await kept.settle();
		kept.keep({ ...subject, accessToken: "somebody else's", proof: "q".repeat(43) });
		expect(kept.working).toBe("somebody else's");
		kept.forget();
		expect(kept.working).toBeUndefined();
	});

	it("says that nobody answered, and keeps what it has", async () => {
		const { url } = await endpoint(() => given("own"));
		const { kept } = keep(url, subject);
		await kept.settle();
		for (const close of closing.splice(0)) close();
		expect([await kept.settle(), kept.working]).toEqual(["unreachable", "own"]);
	});
});
