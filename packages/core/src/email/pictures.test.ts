import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { Outgoing, OutgoingRefused } from "../kernel/outgoing/outgoing.ts";
import type { Mail } from "./model.ts";
import { mailPictures } from "./pictures.ts";
import { readMail } from "./reading/read-mail.ts";
import { safeHtml } from "./reading/safe-html.ts";
import { letter } from "./test-support/letter.ts";

const png = Buffer.from("89504e470d0a1a0a0000000d49484452", "hex");
const asked: Array<{ path: string; headers: object }> = [];
const sender = createServer((request, response) => {
	const path = request.url ?? "";
	asked.push({ path, headers: request.headers });
	if (path === "/there.png") return void response.writeHead(302, { location: "/a.png" }).end();
	if (path === "/inside.png") return void response.writeHead(302, { location: "http://127.0.0.2:25/a.png" }).end();
	if (path === "/round.png") return void response.writeHead(302, { location: "/round.png" }).end();
	if (path === "/svg.png") return void response.end("<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>");
	if (path === "/large.png") return void response.end(Buffer.concat([png, Buffer.alloc(5 * 1024 * 1024)]));
	if (path === "/gone.png") return void response.writeHead(404).end(png);
	if (path === "/half.png") return void response.end(Buffer.concat([png, Buffer.alloc(3 * 1024 * 1024)]));
	response.writeHead(200, { "content-type": "text/html" }).end(png);
});
let base = "";
const refused: object[] = [];
let pictures: ReturnType<typeof mailPictures>;
beforeAll(async () => {
	await new Promise<void>((resolve) => sender.listen(0, "127.0.0.1", resolve));
	const { port } = sender.address() as AddressInfo;
	base = `http://127.0.0.1:${port}`;
	const door = new Outgoing([{ host: "127.0.0.1", port }], { warn: () => {} });
	const operators = { warn: (told: object) => void refused.push(told) };
	const raw = Buffer.from(letter({}, `<p>x</p><img src="${base}/old.png">`, "text/html"));
	pictures = mailPictures({ operators }, { files: { read: async () => raw }, reader: { read: readMail }, door });
});
afterAll(() => void sender.close());

const mailOf = (paths: string[]) => {
	const html = paths.map((_one, index) => `<img data-remote="${index}" alt="" />`).join("");
	return { html, remote: paths.map((one) => (one.startsWith("/") ? base + one : one)) } as Mail;
};

test("pictures from elsewhere are in the mail, asked for by the server without a word of who reads", async () => {
	const shown = `src="data:image/png;base64,${png.toString("base64")}"`;
	const found = await pictures.of(mailOf(["/a.png", "/there.png"]));
	expect(found).toEqual({ html: `<img ${shown} alt="" /><img ${shown} alt="" />`, missing: 0 });
	expect(Object.keys(asked[0]?.headers ?? {}).sort()).toEqual(["accept", "connection", "host"]);
	// A mail that came before said where they are.
	const before = { html: "<p>x</p>", rawKey: "raw", from: { email: "carol@customer.test" } } as Mail;
	expect(await pictures.of(before)).toMatchObject({ html: `<p>x</p><img ${shown} alt="" />`, missing: 0 });
});

test("what is no picture, is too large or leads inside stays away, and the others come", async () => {
	const odd = [
		"/svg.png",
		"/large.png",
		"/inside.png",
		"/round.png",
		"/gone.png",
		"http://127.0.0.1:1/a.png",
		"file:///a",
		"x",
	];
	const found = await pictures.of(mailOf([...odd, "/a.png"]));
	expect(found.missing).toBe(odd.length);
	expect(found.html.match(/src="data:image\/png;base64,[^"]*"/g)).toHaveLength(1);
	expect(found.html).not.toMatch(/http|svg/);
	// One line tells of all that lead inside.
	expect(refused).toMatchObject([{ event: "email.picture.refused", count: 2 }]);
	expect(asked.filter(({ path }) => path === "/round.png").length).toBeLessThan(5);
});

test("a picture that a mail shows a hundred times does not fill the server's memory a hundred times", async () => {
	const mail = mailOf(["/half.png"]);
	const found = await pictures.of({ ...mail, html: '<img data-remote="0" alt="" />'.repeat(100) });
	expect(found.html.match(/src="/g)).toHaveLength(2);
	expect(found.html.length).toBeLessThan(11 * 1024 * 1024);
	expect(found.missing).toBe(1);
	expect(asked.filter(({ path }) => path === "/half.png")).toHaveLength(1);
});

test("words that only look like a picture's room stay words", async () => {
	const { html } = safeHtml(
		`<p title='data-remote="0"'>data-remote="0" &lt;img data-remote="0"</p><img src="${base}/a.png">`,
	);
	const found = await pictures.of({ ...mailOf(["/a.png"]), html });
	expect(found.html.match(/src="/g)).toHaveLength(1);
	expect(found.html).toContain('>data-remote="0" &lt;img data-remote="0"</p>');
});

test("a stranger's picture is not fetched from where an administrator's address may lead", async () => {
	const host = { host: "127.0.0.1", port: Number(new URL(base).port) };
	const warned: object[] = [];
	const outgoing = new Outgoing([host], { warn: (told: object) => void warned.push(told) });
	const url = new URL("/only-inside.png", base);
	const asking = { method: "GET", headers: {}, timeoutMs: 1_000, mostBytes: 100 };
	await expect(outgoing.strangers().ask(url, asking)).rejects.toThrow(OutgoingRefused);
	expect(asked.filter(({ path }) => path === "/only-inside.png")).toEqual([]);
	expect(warned).toEqual([]);
	expect((await outgoing.ask(url, asking)).status).toBe(200);
});
