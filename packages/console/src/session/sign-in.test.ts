import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { challengeOf } from "@inlay/contract";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { memoryStore } from "../test-support/fake-api.ts";
import { beginSignIn, finishSignIn, readToken, writeToken } from "./sign-in.ts";

describe("signing in", () => {
	let server: Server;
	let origin: string;
	let redeemed: URLSearchParams[];

	beforeEach(async () => {
		redeemed = [];
		server = createServer(async (request, response) => {
			const chunks: Buffer[] = [];
			for await (const chunk of request) chunks.push(chunk as Buffer);
			const sent = new URLSearchParams(Buffer.concat(chunks).toString());
			redeemed.push(sent);
			const good = sent.get("code") === "good";
			response.writeHead(good ? 200 : 400, { "content-type": "application/json" });
			const refusal = { error: "invalid_grant", error_description: "The code is no longer good." };
			response.end(JSON.stringify(good ? { access_token: "token", expires_in: 60 } : refusal));
		});
		await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
		origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
	});

	afterEach(() => new Promise((resolve) => server.close(resolve)));

	it("comes back with a token to the screen that it left", async () => {
		const store = memoryStore();
		const begun = new URL(await beginSignIn(origin, "/clients/new", store)).searchParams;
		expect(begun.get("redirect_uri")).toBe(`${origin}/admin/`);
		const outcome = await finishSignIn(origin, `?code=good&state=${begun.get("state")}`, store, 1000);
		expect(outcome).toEqual({
			kind: "signed-in",
			token: { accessToken: "token", expiresAt: 61_000 },
			screen: "/clients/new",
		});
		expect(await challengeOf(redeemed[0]?.get("code_verifier") ?? "")).toBe(begun.get("code_challenge"));
	});

	it("does not take an answer that it did not ask for, nor one twice", async () => {
		const store = memoryStore();
		const begun = new URL(await beginSignIn(origin, "", store)).searchParams;
		expect(await finishSignIn(origin, "?code=good&state=other", store, 0)).toMatchObject({ code: "stale" });
		const late = await finishSignIn(origin, `?code=good&state=${begun.get("state")}`, store, 0);
		expect(late).toMatchObject({ kind: "refused", code: "stale" });
		expect(redeemed).toEqual([]);
	});

	it("says what the server says against it", async () => {
		const store = memoryStore();
		const state = async () => new URL(await beginSignIn(origin, "", store)).searchParams.get("state");
		expect(await finishSignIn(origin, `?error=access_denied&state=${await state()}`, store, 0)).toMatchObject({
			code: "access_denied",
		});
		expect(await finishSignIn(origin, `?code=bad&state=${await state()}`, store, 0)).toEqual({
			kind: "refused",
			code: "invalid_grant",
			text: "The code is no longer good.",
		});
		expect(await finishSignIn(origin, "", store, 0)).toEqual({ kind: "none" });
	});
});

describe("the token of a tab", () => {
	it("is forgotten when it has expired", () => {
		const store = memoryStore();
		writeToken(store, { accessToken: "t", expiresAt: 100 });
		expect(readToken(store, 99)?.accessToken).toBe("t");
		expect(readToken(store, 100)).toBeUndefined();
		expect(store.values.size).toBe(0);
	});
});
