import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { OperatorLine } from "../operator-log.ts";
import { readAllowedPlace } from "./allowed-places.ts";
import { isInner } from "./inner-networks.ts";
import { Outgoing, OutgoingRefused } from "./outgoing.ts";

const got: string[] = [];
const server = createServer((request, response) => {
	got.push(request.url ?? "");
	request.resume();
	if (request.url === "/leads-on") response.writeHead(302, { location: "http://127.0.0.1/inside" }).end();
	else response.writeHead(200).end("what nobody is told");
});
let port = 0;
beforeAll(async () => {
	await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
	port = (server.address() as AddressInfo).port;
});
afterAll(() => new Promise((resolve) => server.close(resolve)));

const told: OperatorLine[] = [];
const operators = { warn: (line: OperatorLine) => void told.push(line) };

/** @param names what names lead to @param allowed as an operator writes it */
function outgoing(allowed: readonly string[] = [], names: Record<string, string[]> = {}) {
	const places = allowed.map((text) => readAllowedPlace(text) ?? expect.fail(text));
	return new Outgoing(places, operators, (host, _options, callback) => {
		const found = names[host]?.map((address) => ({ address, family: address.includes(":") ? 6 : 4 }));
		if (found) callback(null, found);
		else callback(Object.assign(new Error(`nobody is called ${host}`), { code: "ENOTFOUND" }), []);
	});
}
const post = (from: Outgoing, url: string) => from.post(new URL(url), { body: "{}", headers: {}, timeoutMs: 5_000 });

it.each([
	"http://127.0.0.1",
	"http://127.1",
	"http://2130706433",
	"http://0x7f.0.0.1",
	"http://0177.0.0.1",
	"http://0.0.0.0",
	"http://[::1]",
	"http://[::]",
	"http://[::ffff:127.0.0.1]",
	"http://[::127.0.0.1]",
	"http://[64:ff9b::7f00:1]",
	"http://[2002:7f00:1::]",
	"http://[fe80::1]",
	"http://[fd00::1]",
	"http://169.254.169.254",
	"http://10.0.0.5",
	"http://172.16.0.1",
	"http://192.168.1.1",
	"http://100.64.0.1",
	"http://255.255.255.255",
	"https://127.0.0.1",
])("a webhook led into the server's own network: %s", async (url) => {
	await expect(post(outgoing(), `${url}:${port}/`)).rejects.toBeInstanceOf(OutgoingRefused);
	expect(() => outgoing().requireTypable({ host: new URL(url).hostname, port }, "settings.webhookUrl")).toThrow(
		"--may-call",
	);
	expect(got).toEqual([]);
});

it("a name led there by another way: by its addresses, one that was public when it was typed, and after a public one", async () => {
	const names = {
		"inside.example": ["127.0.0.1"],
		"mapped.example": ["::ffff:127.0.0.1"],
		"scoped.example": ["fe80::1%2"],
		"both.example": ["10.0.0.1", "127.0.0.1"],
	};
	for (const host of Object.keys(names)) {
		await expect(post(outgoing([], names), `http://${host}:${port}/`)).rejects.toBeInstanceOf(OutgoingRefused);
		await expect(outgoing([], names).connect(host, port, 1_000)).rejects.toBeInstanceOf(OutgoingRefused);
	}
	expect(got).toEqual([]);
	expect(told).toContainEqual({ event: "outgoing.refused", host: "inside.example", port });
});

it.each([
	...["localhost", "LOCALHOST.", "db.localhost", "metadata.google.internal", "postgres", "printer.local"],
	...["nas.home.arpa", "box.localdomain"],
])("a name that leads nowhere but inside was saved, and refused when it was called: %s", async (host) => {
	const names = { [host]: ["93.184.215.14"], [host.toLowerCase()]: ["93.184.215.14"] };
	const save = (from: Outgoing, at = port) => from.requireTypable({ host, port: at }, "smtp.host");
	expect(() => save(outgoing([], names))).toThrow("--may-call");
	await expect(outgoing([], names).connect(host, port, 1_000)).rejects.toBeInstanceOf(OutgoingRefused);
	for (const allowed of [host.toLowerCase(), `${host.toLowerCase()}:${port}`, "127.0.0.0/8"])
		expect(() => save(outgoing([allowed], names))).not.toThrow();
	for (const allowed of ["other.local", `${host.toLowerCase()}:1`])
		expect(() => save(outgoing([allowed], names))).toThrow("--may-call");
});

it.each(["mail.example.com", "internal.example.com", "localhost.example", "hooks.notlocal", "93.184.215.14"])(
	"saves what may well be outside: %s",
	(host) => expect(() => outgoing().requireTypable({ host, port }, "smtp.host")).not.toThrow(),
);

it("calls what the operator has named, by address, network or name, and there at the port that was named", async () => {
	const names = { "hooks.corp": ["127.0.0.1"], "other.corp": ["127.0.0.1"] };
	for (const allowed of ["127.0.0.1", `127.0.0.0/8:${port}`, "hooks.corp", `hooks.corp:${port}`])
		expect(await post(outgoing([allowed], names), `http://hooks.corp:${port}/${allowed}`)).toBe(200);
	got.splice(0);
	for (const allowed of ["hooks.corp:1", "127.0.0.1:1", "other.corp", "127.0.0.2"])
		await expect(post(outgoing([allowed], names), `http://hooks.corp:${port}/`)).rejects.toBeInstanceOf(
			OutgoingRefused,
		);
	expect(got).toEqual([]);
});

it("a name with a dot at its end was another than the one that the operator has named", async () => {
	const names = { "hooks.corp": ["127.0.0.1"], "hooks.corp.": ["127.0.0.1"] };
	expect(await post(outgoing(["hooks.corp."], names), `http://hooks.corp:${port}/`)).toBe(200);
	expect(await post(outgoing(["hooks.corp"], names), `http://hooks.corp.:${port}/`)).toBe(200);
	got.splice(0);
});

it("this machine's own address was called when it was written in another way", () => {
	const own = ["2606:4700::1111", "203.0.113.9"];
	for (const written of ["2606:4700:0:0:0:0:0:1111", "2606:4700:0000::1111", "2606:4700::1111%eth0"])
		expect(isInner(written, own)).toBe(true);
	expect(isInner("2606:4700::1112", own)).toBe(false);
});

it("the advice how to name a place was one that --may-call does not take", async () => {
	const names = { "127.1": ["127.0.0.1"], "2130706433": ["127.0.0.1"], "inside.corp": ["fd00::1"] };
	const hosts = { "127.1": "127.0.0.1", "2130706433": "127.0.0.1", "inside.corp": "inside.corp", "::1": "[::1]" };
	for (const [host, place] of Object.entries({ ...hosts, "fe80::1%lo": "[fe80::1]" })) {
		const refused = await outgoing([], names)
			.connect(host, 9725, 1_000)
			.catch((error) => error);
		expect(refused.message).toContain(`--may-call ${place}:9725.`);
		expect(readAllowedPlace(`${place}:9725`)).toBeDefined();
	}
	expect(() => outgoing().requireTypable({ host: "::1", port: 9725 }, "smtp.host")).toThrow(
		expect.objectContaining({ options: expect.objectContaining({ params: { place: "[::1]:9725" } }) }),
	);
});

it("a part of this installation is called where it is, and nothing beside it", async () => {
	const calls = outgoing();
	calls.allowOwn({ host: "127.0.0.1", port });
	const socket = await calls.connect("127.0.0.1", port, 1_000);
	socket.destroy();
	await expect(calls.connect("127.0.0.1", port + 1, 1_000)).rejects.toBeInstanceOf(OutgoingRefused);
});

it("follows nobody who leads on", async () => {
	got.splice(0);
	expect(await post(outgoing([`127.0.0.1:${port}`]), `http://127.0.0.1:${port}/leads-on`)).toBe(302);
	expect(got).toEqual(["/leads-on"]);
});

it("a name that is nobody's is a failure to be tried again, and none of ours", async () => {
	await expect(post(outgoing(), "http://nobody.example/")).rejects.not.toBeInstanceOf(OutgoingRefused);
});

it("everybody's addresses are everybody's", () => {
	expect(["8.8.8.8", "172.32.0.1", "2606:4700::1111", "100.128.0.1"].filter((one) => isInner(one))).toEqual([]);
});

it("a place that is none was taken by the flag", () => {
	const wrong = [
		"",
		"10.0.0.0/33",
		"10.0.0.999",
		"mail corp",
		"mail:0",
		"mail:70000",
		"[mail]:25",
		"fd00::/129",
		"a/8",
		":25",
		"fe80::1%lo",
		"[fe80::1%lo]:25",
		"10.0.0.0/08",
		"mail..corp",
		"-",
		"..",
		"127.1",
		"2130706433",
		"0x7f.1",
	];
	expect(wrong.filter((text) => readAllowedPlace(text) !== undefined)).toEqual([]);
	expect(readAllowedPlace("[fd00::25]:25")).toEqual({ host: "fd00::25", port: 25 });
	expect(readAllowedPlace("fd00::/8")).toEqual({ host: "fd00::/8" });
	expect(readAllowedPlace("mail_relay.corp:25")).toEqual({ host: "mail_relay.corp", port: 25 });
	expect(readAllowedPlace("mail.corp.")).toEqual({ host: "mail.corp." });
	expect(readAllowedPlace("Mail.Corp:587")).toEqual({ host: "mail.corp", port: 587 });
});
