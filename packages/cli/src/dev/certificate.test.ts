import { once } from "node:events";
import { get } from "node:https";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { readCertificate } from "./certificate.ts";
import { startDevServer } from "./dev-server.ts";
import { Meeting } from "./meeting.ts";
import { Versions } from "./versions.ts";

const file = (name: string) => fileURLToPath(new URL(`../test-support/localhost/${name}`, import.meta.url));

it("a file that is missing, or no certificate, is told by its flag", async () => {
	await expect(readCertificate(file("none.pem"), file("key.pem"))).rejects.toThrow("--https-cert:");
	await expect(readCertificate(file("cert.pem"), file("none.pem"))).rejects.toThrow("--https-key:");
	await expect(readCertificate(file("key.pem"), file("cert.pem"))).rejects.toThrow("--https-cert and --https-key:");
});

it("panels elsewhere get the script as it was last saved, by https, and nothing else", async () => {
	const versions = new Versions({ file: "framework.js", published: () => false, changed: () => undefined });
	let script = "first()";
	const server = await startDevServer({
		port: 0,
		panelOrigin: "http://localhost:8083",
		meeting: new Meeting({ versions: () => versions, say: () => undefined }),
		answer: () => ({ type: "text/javascript", body: "tapped()" }),
		ask: async () => undefined,
		https: { port: 0, certificate: await readCertificate(file("cert.pem"), file("key.pem")), script: () => script },
	});
	const { port } = new URL(server.secureOrigin ?? "");
	const ask = async (path: string, host = `localhost:${port}`) => {
		const request = get({ host: "127.0.0.1", port, path, headers: { host }, rejectUnauthorized: false });
		const [answer] = await once(request, "response");
		return { status: answer.statusCode, body: (await answer.toArray()).join(""), headers: answer.headers };
	};
	expect(await ask("/framework.js")).toMatchObject({ status: 200, body: "first()" });
	script = "second()";
	const { body, headers } = await ask("/framework.js?x=1");
	expect([body, headers["cross-origin-resource-policy"]]).toEqual(["second()", "cross-origin"]);
	expect((await ask("/script/1.js")).status).toBe(404);
	expect((await ask("/framework.js", "evil.example")).status).toBe(421);
	await server.close();
});
