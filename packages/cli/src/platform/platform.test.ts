import { mkdtempSync, rmSync } from "node:fs";
import { type AddressInfo, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openOperatorDoor } from "@inlay/core/config/operator-door";
import { expect, it } from "vitest";
import { apply } from "../file/commands.ts";
import { readAddress } from "./address.ts";
import { openPlatform } from "./platform.ts";
import { signIn } from "./sign-in.ts";

const address = { api: "http://api.test", login: "http://login.test", isRegion: true };

it("a region leads to its two hosts, an address to itself, and neither to somebody of a similar name", async () => {
	expect(await readAddress({ region: "mypurecloud.de" }, {})).toEqual({
		api: "https://api.mypurecloud.de",
		login: "https://login.mypurecloud.de",
		apps: "https://apps.mypurecloud.de",
		isRegion: true,
	});
	expect(await readAddress({ url: "https://cc.example.com/" }, {})).toMatchObject({ api: "https://cc.example.com" });
	expect(await readAddress({}, { INLAY_PORT: "9000" })).toMatchObject({
		api: "http://localhost:9000",
		isRegion: false,
	});
	const elsewhere = { INLAY_URL: "https://cc.example.com" };
	expect(await readAddress({}, elsewhere)).toMatchObject({ api: "https://cc.example.com" });
	expect(await readAddress({ data: "/tmp/own" }, elsewhere)).toMatchObject({ api: "http://localhost:8080" });
	const own = {
		INLAY_PUBLIC_URL: "https://own.example.com",
		INLAY_PANEL_URL: "https://panel.example.com",
		INLAY_URL: "",
	};
	expect(await readAddress({}, own)).toMatchObject({ api: "https://own.example.com" });
	await expect(readAddress({ region: "mypurecloud.dee" }, {})).rejects.toThrow("Is it mypurecloud.de?");
	await expect(readAddress({ url: "https://me:secret@cc.example.com" }, {})).rejects.toThrow(/no password/);
	await expect(readAddress({ url: "https://cc.example.com/admin" }, {})).rejects.toThrow("--url");
	await expect(readAddress({ url: "https://a.example", region: "mypurecloud.de" }, {})).rejects.toThrow("not both");
});

it("a folder led to the usual port, whatever the server that runs on it was told", async () => {
	const data = mkdtempSync(join(tmpdir(), "inlay-door-"));
	const close = await openOperatorDoor(
		data,
		{ address: async () => "http://localhost:4711" },
		{ error: () => undefined, warn: () => undefined },
	);
	expect(await readAddress({ data }, {})).toMatchObject({ api: "http://localhost:4711" });
	expect(await readAddress({}, { INLAY_DATA: data })).toMatchObject({ api: "http://localhost:4711" });
	close();
	expect(await readAddress({ data }, {})).toMatchObject({ api: "http://localhost:8080" });
	rmSync(data, { recursive: true });
});

it("reading is tried again, a write that may have been done is not, and both wait as long as they are told", async () => {
	const answers = [
		new Response("{}", { status: 503 }),
		new Response("{}", { status: 429, headers: { "retry-after": "7" } }),
		new Response('{"id":"x"}'),
		new Response("{}", { status: 429, headers: { "retry-after": "2" } }),
		new Response('{"code":"unavailable","message":"Not now","details":[{"fieldName":"name"}]}', { status: 503 }),
	];
	const pauses: number[] = [];
	const asked: RequestInit[] = [];
	const platform = openPlatform(address, "token", {
		async fetch(_input, init) {
			asked.push(init ?? {});
			return answers.shift() ?? new Response("{}");
		},
		pause: async (ms) => pauses.push(ms),
	});
	expect((await platform.get("/api/v2/x")).body).toEqual({ id: "x" });
	await expect(platform.send("POST", "/api/v2/x", {})).rejects.toThrow("name: Not now.");
	expect(pauses).toEqual([500, 7_000, 2_000]);
	expect(asked).toHaveLength(5);
	// A redirect would take the token to another host.
	expect(new Set(asked.map(({ redirect }) => redirect))).toEqual(new Set(["error"]));
});

it("an answer that broke off, or a proxy's page, was a defect without a sentence", async () => {
	const broken = () =>
		new Response(
			new ReadableStream({
				start: (stream) => stream.error(new TypeError("terminated")),
			}),
		);
	const answers = [broken(), new Response('{"id":"x"}'), broken(), new Response("<html>"), new Response("null")];
	const platform = openPlatform(address, "token", {
		fetch: async () => answers.shift() ?? new Response("{}"),
		pause: async () => undefined,
	});
	expect((await platform.get("/api/v2/x")).body).toEqual({ id: "x" });
	await expect(platform.send("POST", "/api/v2/x", {})).rejects.toMatchObject({ status: 0, code: "unreachable" });
	await expect(platform.get("/api/v2/x")).rejects.toMatchObject({ status: 200, code: "answer.unreadable" });
	expect((await platform.get("/api/v2/x")).body).toEqual({});
});

it("a sign-in whose port is taken waited three minutes, and one that nobody answers ended without a sentence", async () => {
	const other = createServer();
	// Another test's, or a program's, does as well.
	await new Promise<void>((resolve) => other.once("error", () => resolve()).listen(8765, "127.0.0.1", resolve));
	const ports = { isTerminal: true, say: () => undefined };
	await expect(signIn(address, {}, { INLAY_CLIENT_ID: "x" }, ports)).rejects.toThrow(/port 8765 of this machine/);
	other.close();
	const page = createServer((socket) => socket.end("HTTP/1.1 200 OK\r\ncontent-length: 99\r\n\r\n<html>"));
	await new Promise<void>((resolve) => page.listen(0, "127.0.0.1", resolve));
	const login = `http://127.0.0.1:${(page.address() as AddressInfo).port}`;
	const secret = { INLAY_CLIENT_ID: "x", INLAY_CLIENT_SECRET: "y" };
	await expect(signIn({ ...address, login }, {}, secret, ports)).rejects.toThrow(
		/does not answer .*Is the address right/,
	);
	page.close();
	const proxy = createServer((socket) => socket.end("HTTP/1.1 200 OK\r\ncontent-length: 6\r\n\r\n<html>"));
	await new Promise<void>((resolve) => proxy.listen(0, "127.0.0.1", resolve));
	const other200 = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
	await expect(signIn({ ...address, login: other200 }, {}, secret, ports)).rejects.toThrow(/200 and no token/);
	proxy.close();
});

it("who does not say who signs in is told how, and nobody is asked where nobody is", async () => {
	const nobody = { isTerminal: false, say: () => undefined };
	await expect(signIn(address, {}, {}, nobody)).rejects.toThrow(/INLAY_CLIENT_ID and INLAY_CLIENT_SECRET/);
	await expect(signIn(address, {}, { INLAY_CLIENT_ID: "x" }, nobody)).rejects.toThrow(/without INLAY_CLIENT_SECRET/);
	expect(await signIn(address, {}, { INLAY_TOKEN: "mine" }, nobody)).toBe("mine");
	const ports = { out: () => undefined, err: () => undefined, isTerminal: false, ask: async () => "yes" };
	await expect(apply("/nowhere/inlay.yaml", {}, { env: {}, ports })).rejects.toThrow("There is no such file");
});
