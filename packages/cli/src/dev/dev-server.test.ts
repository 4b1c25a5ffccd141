import { once } from "node:events";
import { request as send } from "node:http";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { WebSocket } from "ws";
import { type DevServer, startDevServer } from "./dev-server.ts";
import { Meeting } from "./meeting.ts";
import type { Entry, FromPanel, ToInspector, ToPanel } from "./protocol.ts";
import { Versions } from "./versions.ts";

const panelOrigin = "http://localhost:8083";
let server: DevServer;
let versions: Versions;
let meeting: Meeting;

beforeAll(async () => {
	versions = new Versions({ file: "framework.js", published: () => false, changed: () => undefined });
	meeting = new Meeting({ versions: () => versions, say: () => undefined });
	server = await startDevServer({
		port: 0,
		panelOrigin,
		meeting,
		answer: (path) => (path === "/framework.js" ? { type: "text/javascript", body: "1" } : undefined),
		ask: async (path, body) => ({ path, body }),
	});
});

afterAll(() => server?.close());

/** `open`, or the status with which it was refused. */
async function opened(path: string, headers: Record<string, string>): Promise<"open" | number> {
	const socket = new WebSocket(`${server.origin.replace("http", "ws").replace("localhost", "127.0.0.1")}${path}`, {
		headers,
	});
	const answer = await Promise.race([
		once(socket, "open").then(() => "open" as const),
		new Promise<number>((resolve) =>
			socket.once("unexpected-response", (_request, { statusCode }) => resolve(statusCode ?? 0)),
		),
	]);
	socket.on("error", () => undefined);
	socket.terminate();
	return answer;
}

const address = () => new URL(server.origin);

describe("who may speak with the dev server", () => {
	it("the panel's page as the panel, its own page as the inspector, and no other", async () => {
		expect(await opened("/panel", { origin: panelOrigin })).toBe("open");
		expect(await opened("/inspector", { origin: server.origin })).toBe("open");
		for (const [path, origin] of [
			["/panel", server.origin],
			["/inspector", panelOrigin],
			["/panel", "https://evil.example"],
			["/inspector", "http://localhost:1"],
			["/inspector", "null"],
		] as const)
			expect(await opened(path, { origin }), `${path} ${origin}`).toBe(403);
		expect(await opened("/inspector", { origin: server.origin, host: "evil.example" })).toBe(403);
	});

	it("a name of somebody else's that leads to this machine is answered nothing", async () => {
		const options = {
			host: "127.0.0.1",
			port: address().port,
			path: "/framework.js",
			headers: { host: "evil.example" },
		};
		const status = await new Promise((resolve) => send(options, ({ statusCode }) => resolve(statusCode)).end());
		expect(status).toBe(421);
	});

	it("who asked for the script's headers alone (HEAD) was told that there is none", async () => {
		const answer = await fetch(`${server.origin.replace("localhost", "127.0.0.1")}/framework.js`, { method: "HEAD" });
		expect([answer.status, await answer.text()]).toEqual([200, ""]);
		expect(answer.headers.get("content-type")).toContain("text/javascript");
	});

	it("other sites' pages neither read the script nor ask for tests", async () => {
		const local = server.origin.replace("localhost", "127.0.0.1");
		const script = await fetch(`${local}/framework.js`);
		expect(script.headers.get("cross-origin-resource-policy")).toBe("same-site");
		expect(script.headers.get("access-control-allow-origin")).toBe(panelOrigin);
		const ask = (origin: string) => fetch(`${local}/test`, { method: "POST", headers: { origin }, body: "{}" });
		expect((await ask("https://evil.example")).status).toBe(403);
		expect((await ask(server.origin)).status).toBe(200);
	});
});

describe("panel and inspector", () => {
	const join = async (path: string, origin: string) => {
		const socket = new WebSocket(`ws://127.0.0.1:${address().port}${path}`, { headers: { origin } });
		const heard: (ToInspector | ToPanel)[] = [];
		socket.on("message", (data) => heard.push(JSON.parse(String(data))));
		await once(socket, "open");
		return { socket, heard, tell: (told: object) => socket.send(JSON.stringify(told)) };
	};

	it("a taken port was to be changed by a flag that moves another one", async () => {
		const parts = { panelOrigin, meeting, answer: () => undefined, ask: async () => undefined };
		const port = Number(new URL(server.origin).port);
		const refused = startDevServer({ ...parts, port });
		await expect(refused).rejects.toMatchObject({ sentence: expect.stringContaining("--dev-port") });
	});

	it("what a panel tells is seen by an inspector that comes later, and what is replayed reaches the panel", async () => {
		const panel = await join("/panel", panelOrigin);
		const entry: Entry = { id: "a", kind: "event", name: "Interaction add", at: 1, payload: { id: "x" } };
		panel.tell({ type: "entries", entries: [entry] } satisfies FromPanel);
		panel.tell({ type: "entries", entries: [{ ...entry, ms: 2 }] } satisfies FromPanel);
		const inspector = await join("/inspector", server.origin);
		await expect.poll(() => inspector.heard).toContainEqual({ type: "entries", entries: [{ ...entry, ms: 2 }] });
		inspector.tell({ type: "replay", entry });
		await expect.poll(() => panel.heard).toContainEqual({ type: "replay", entry });
		inspector.tell({ type: "clear" });
		await expect.poll(() => inspector.heard.at(-1)).toEqual({ type: "cleared" });
		panel.socket.terminate();
		inspector.socket.terminate();
	});

	it.each(["not json", "null"])(
		"one bad text (%s) ended inlay dev: its socket ends, and nothing else",
		async (text) => {
			for (const [path, origin] of [
				["/panel", panelOrigin],
				["/inspector", server.origin],
			] as const) {
				const { socket } = await join(path, origin);
				socket.send(text);
				await once(socket, "close");
			}
			const inspector = await join("/inspector", server.origin);
			await expect.poll(() => inspector.heard.length).toBeGreaterThan(0);
			inspector.socket.terminate();
		},
	);
});
