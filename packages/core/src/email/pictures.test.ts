import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { Outgoing } from "../kernel/outgoing/outgoing.ts";
import type { Mail } from "./model.ts";
import { mailPictures } from "./pictures.ts";
import { readMail } from "./reading/read-mail.ts";
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
	response.writeHead(200, { "content-type": "text/html" }).end(png);
});
let base = "";
const refused: object[] = [];
let pictures: ReturnType<typeof mailPictures>;
beforeAll(async () => {
	await new Promise<void>((resolve) => sender.listen(0, "127.0.0.1", resolve));
	const { port } = sender.address() as AddressInfo;
	base = `http://127.0.0.1:${port}`;
	const outgoing = new Outgoing([{ host: "127.0.0.1", port }], { warn: (told: object) => void refused.push(told) });
	const raw = Buffer.from(letter({}, `<p>x</p><img src="${base}/old.png">`, "text/html"));
	pictures = mailPictures({ outgoing }, { files: { read: async () => raw }, reader: { read: readMail } });
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
	expect(refused).toMatchObject([{ host: "127.0.0.2" }, { host: "127.0.0.1", port: 1 }]);
	expect(asked.filter(({ path }) => path === "/round.png").length).toBeLessThan(5);
});
