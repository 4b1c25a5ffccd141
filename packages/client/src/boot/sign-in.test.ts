import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { challengeOf } from "@inlay/contract";
import { afterEach, describe, expect, it } from "vitest";
import { beginSignIn, readSignInResult, redeem, takePending } from "./sign-in.ts";
import { memoryStorage } from "./storage.ts";

const plan = {
	base: "https://cc.example",
	clientId: "client-1",
	grant: "code" as const,
	redirectUri: "https://cc.example/crm/index.html",
	panelUrl: "https://cc.example/crm/embeddableFramework.html?deployment=d1&theme=blue",
};
const closing: (() => void)[] = [];
afterEach(() => {
	for (const close of closing.splice(0)) close();
});

describe("sign-in", () => {
	it("asks for a code with an S256 challenge of the kept verifier", async () => {
		const store = memoryStorage();
		const { url, pending } = await beginSignIn(plan, store);
		const query = new URL(url).searchParams;
		expect(query.get("response_type")).toBe("code");
		expect(query.get("code_challenge_method")).toBe("S256");
		expect(query.get("code_challenge")).toBe(await challengeOf(pending.verifier));
		expect(query.get("scope")).toBeNull();
		expect(query.get("panel_challenge")).toBe(await challengeOf(pending.proof ?? ""));
	});

	it("brings the whole panel address back by its state, once", async () => {
		const store = memoryStorage();
		const { pending } = await beginSignIn(plan, store);
		expect(takePending(pending.state, store)?.panelUrl).toBe(plan.panelUrl);
		expect(takePending(pending.state, store)).toBeUndefined();
	});

	it("skips the form only when provider and organization are both given", async () => {
		const alone = await beginSignIn({ ...plan, provider: "okta" }, memoryStorage());
		expect(new URL(alone.url).searchParams.has("provider")).toBe(false);
		const both = await beginSignIn({ ...plan, provider: "okta", orgName: "acme" }, memoryStorage());
		expect(new URL(both.url).searchParams.get("org")).toBe("acme");
	});

	it("names who is expected, where the embedding page has said so", async () => {
		const { url } = await beginSignIn({ ...plan, loginHint: "anna@cc.example" }, memoryStorage());
		expect(new URL(url).searchParams.get("login_hint")).toBe("anna@cc.example");
	});

	it("reads the answers of both grants, errors included", () => {
		expect(readSignInResult("?code=abc&state=s", "")).toEqual({ state: "s", code: "abc" });
		expect(readSignInResult("", "#access_token=t&expires_in=60&state=s")).toEqual({
			state: "s",
			accessToken: "t",
			expiresIn: 60,
		});
		expect(readSignInResult("?error=access_denied&error_description=No&state=s", "")).toEqual({
			state: "s",
			error: "access_denied",
			description: "No",
		});
		expect(readSignInResult("?deployment=d1", "")).toBeUndefined();
	});

	it("exchanges the code with its verifier", async () => {
		const { pending } = await beginSignIn(plan, memoryStorage());
		const { base, bodies } = await tokenServer(200, { access_token: "tok", expires_in: 600, token_type: "bearer" });
		const token = await redeem({ state: pending.state, code: "c1" }, pending, base, 1000);
		expect(token).toEqual({ accessToken: "tok", expiresAt: 601_000, proof: pending.proof });
		expect(new URLSearchParams(bodies[0]).get("code_verifier")).toBe(pending.verifier);
	});

	it("reports the server's own error", async () => {
		const { pending } = await beginSignIn(plan, memoryStorage());
		const { base } = await tokenServer(400, { error: "invalid_grant", error_description: "code expired" });
		await expect(redeem({ state: pending.state, code: "c1" }, pending, base, 0)).rejects.toMatchObject({
			code: "invalid_grant",
			message: "code expired",
		});
	});

	it.each([
		["that broke off, as the page went", 200, '{"access_token":"to'],
		["of a gateway", 403, "<html>Blocked</html>"],
		["of a network's sign-in page", 200, "<html>Welcome</html>"],
		["without a token", 200, "{}"],
		["of a server in trouble", 503, '{"error":"temporarily_unavailable"}'],
	])("an answer %s was taken for a refusal, and the session was forgotten", async (_what, status, answer) => {
		const { pending } = await beginSignIn(plan, memoryStorage());
		const { base } = await tokenServer(status, answer);
		const asked = redeem({ state: pending.state, code: "c1" }, pending, base, 0);
		await expect(asked).rejects.toMatchObject({ code: "network" });
	});
});

async function tokenServer(status: number, answer: object | string): Promise<{ base: string; bodies: string[] }> {
	const bodies: string[] = [];
	const server = createServer(async (request, response) => {
		const parts: Buffer[] = [];
		for await (const part of request) parts.push(part as Buffer);
		bodies.push(Buffer.concat(parts).toString());
		response.writeHead(status, { "content-type": "application/json" });
		response.end(typeof answer === "string" ? answer : JSON.stringify(answer));
	});
	await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
	closing.push(() => server.close());
	return { base: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, bodies };
}
