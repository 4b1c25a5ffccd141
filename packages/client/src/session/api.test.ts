import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { ApiClient, type Renewal } from "./api.ts";
import { ServerTime } from "./clock.ts";

const closing: (() => void)[] = [];
afterEach(() => {
	for (const close of closing.splice(0)) close();
});

/** A client whose token is refused until another one was had. */
async function client(answers: Renewal[]) {
	const state = { token: "old", ended: 0, asked: [] as string[] };
	const server = createServer(({ headers, url = "" }, response) => {
		state.asked.push(url);
		const good = headers.authorization === "Bearer new";
		response.writeHead(good ? 200 : 401, { "content-type": "application/json" }).end(good ? `{"id":"me"}` : "{}");
	});
	await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
	closing.push(() => server.close());
	const api = new ApiClient({
		base: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
		token: () => state.token,
		onUnauthorized: () => state.ended++,
		renew: async () => {
			const answer = answers.shift() ?? "over";
			if (answer === "renewed") state.token = "new";
			return answer;
		},
		time: new ServerTime(),
	});
	return { api, state };
}

describe("a refused request whose token is renewed", () => {
	it("ended the session when no answer to the renewal came: it is tried again like any other request", async () => {
		const { api, state } = await client(["unreachable", "renewed"]);
		await expect(api.get("/users/me")).rejects.toMatchObject({ status: 0, code: "network" });
		expect(state.ended).toBe(0);
		expect(await api.get("/users/me")).toEqual({ id: "me" });
	});

	it("ends the session when the server has said that it is over", async () => {
		const { api, state } = await client(["over"]);
		await expect(api.get("/users/me")).rejects.toMatchObject({ status: 401 });
		expect(state.ended).toBe(1);
	});
});

it("opening the channel again with each new token kept the session of an absent agent alive", async () => {
	const { api, state } = await client([]);
	state.token = "new";
	await api.post("/notifications/channels");
	await api.put("/notifications/channels/c1/subscriptions?ignoreErrors=true", []);
	await api.get("/users/me");
	expect(state.asked).toEqual([
		"/api/v2/notifications/channels?preserveIdleTTL=true",
		"/api/v2/notifications/channels/c1/subscriptions?ignoreErrors=true&preserveIdleTTL=true",
		"/api/v2/users/me",
	]);
});

it("an answer that broke off, as when a script reloads the panel, was taken for an empty one", async () => {
	const keys: unknown[] = [];
	const server = createServer(({ headers }, response) => {
		keys.push(headers["idempotency-key"]);
		const isWhole = keys.length > 2;
		response.writeHead(200, { "content-type": "application/json", "content-length": "12" });
		response.write(isWhole ? `{"id":"one"}` : "{", () => isWhole || response.destroy());
		if (isWhole) response.end();
	});
	await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
	closing.push(() => server.close());
	const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
	const time = new ServerTime();
	const api = new ApiClient({ base, token: () => "new", onUnauthorized: () => {}, time });
	await expect(api.get("/stations")).rejects.toMatchObject({ status: 0, code: "network" });
	// Whoever asks again asks for the same.
	await expect(api.post("/conversations/calls", {})).rejects.toMatchObject({ status: 0 });
	await api.post("/conversations/calls", {});
	expect(keys[2]).toBe(keys[1]);
});
