import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { StartError } from "@inlay/core/config/start-error";
import { afterAll, expect, it } from "vitest";
import { allowDevelopment, demoDeployment, demoFolders } from "./allow-development.ts";
import { configOf, openTarget } from "./target.ts";

const deployments = [
	{ id: "other", name: "Sales", development: true },
	{ id: "own", name: "Demo", development: true },
];

/** How often a deployment's configuration was saved. */
let saved = 0;

/** Answers as an Inlay with several active deployments does. */
const server = createServer((request, response) => {
	const url = new URL(request.url ?? "/", "http://localhost");
	if (url.pathname === "/oauth/token") {
		const isOwn = request.headers.authorization === `Basic ${btoa("program:fresh")}`;
		response.statusCode = isOwn ? 200 : 401;
		return response.end(JSON.stringify(isOwn ? { access_token: "given" } : { error: "invalid_client" }));
	}
	if (url.pathname === "/api/v2/integrations/own/config/current") {
		saved += Number(request.method === "PUT");
		return response.end(JSON.stringify({ name: "Demo", version: 1, properties: {} }));
	}
	const deployment = deployments.find(({ id }) => id === url.searchParams.get("deployment"));
	const problem = { code: "deployment.ambiguous", text: "Several deployments." };
	const which = deployment ? { deployment } : { choices: deployments, problem };
	response.end(JSON.stringify(url.pathname === "/crm/boot.json" ? { api: address(), hosts: [], ...which } : {}));
}).listen(0, "127.0.0.1");
const address = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
const data = mkdtempSync(join(tmpdir(), "inlay-target-"));
afterAll(() => {
	server.close();
	rmSync(data, { recursive: true });
});

it("a second active deployment kept inlay dev from the demo's own", async () => {
	const pageOf = async (deployment?: string) => {
		const options = { url: address(), data, ...(deployment ? { deployment } : {}) };
		return new URL((await openTarget(options, {})).pageFor("http://localhost:4300/framework.js"));
	};
	await expect(pageOf()).rejects.toThrow(/--deployment <id>:\n {2}other {2}Sales\n {2}own {2}Demo$/);
	writeFileSync(join(data, "demo.json"), JSON.stringify({ api: "http://elsewhere", deployment: { id: "own" } }));
	await expect(pageOf()).rejects.toThrow("--deployment <id>");
	writeFileSync(join(data, "demo.json"), JSON.stringify({ api: address(), deployment: { id: "own" } }));
	expect((await pageOf()).searchParams.get("deployment")).toBe("own");
	expect((await pageOf("other")).searchParams.get("deployment")).toBe("other");
});

it("a demo that ran already kept inlay dev out, wherever the script lay but in its own folder", async () => {
	const script = join(data, "scripts", "mine");
	mkdirSync(join(data, "data"), { recursive: true });
	writeFileSync(join(data, "data", "demo.json"), JSON.stringify({ api: address(), deployment: { id: "own" } }));
	const folders = (isNamed: boolean) => demoFolders(join(script, "data"), isNamed, script);
	expect(await demoDeployment(address(), folders(false))).toBe("own");
	// A folder that somebody names is the one, and a demo of another address is another.
	expect(await demoDeployment(address(), folders(true))).toBeUndefined();
	expect(await demoDeployment("http://127.0.0.1:1", folders(false))).toBeUndefined();
});

it("what an earlier demo at the same address had left behind ended inlay dev", async () => {
	const folders = ["stale", "without", "half", "broken", "fresh"].map((name) => join(data, "several", name));
	const [stale = "", without = "", half = "", broken = "", fresh = ""] = folders;
	for (const folder of folders) mkdirSync(folder, { recursive: true });
	const write = (folder: string, text: string) => writeFileSync(join(folder, "demo.json"), text);
	const told = (more: object) => JSON.stringify({ api: address(), ...more });
	const program = (secret?: string) => ({ clients: { automation: { id: "program", secret } } });
	write(stale, told({ ...program("old"), deployment: { id: "gone" } }));
	write(without, told(program()));
	write(half, told({}));
	write(broken, '{"api":');
	write(fresh, told({ ...program("fresh"), deployment: { id: "own" } }));
	expect(await allowDevelopment(address(), folders, "own")).toBe(true);
	expect(saved).toBe(1);
	expect(await demoDeployment(address(), folders, (id) => id === "own")).toBe("own");

	const refused = await allowDevelopment(address(), [stale, without, half, broken], "own").catch((error) => error);
	expect(refused).toBeInstanceOf(StartError);
	expect(refused.message).toContain(join(stale, "demo.json"));
	expect(refused.message).toContain(join(broken, "demo.json"));
	expect(refused.message).toContain("--data <folder>");
	expect(await allowDevelopment(address(), [without, half, join(data, "nowhere")], "own")).toBe(false);
});

it("a folder for a demo of its own was left out, as another Inlay had the port", async () => {
	const { port } = server.address() as AddressInfo;
	const [fresh, own] = [join(data, "fresh-one"), join(data, "its-own")];
	mkdirSync(own, { recursive: true });
	const told = { api: `http://localhost:${port}`, deployment: { id: "own" } };
	writeFileSync(join(own, "demo.json"), JSON.stringify(told));
	const open = (more: object) => openTarget({ port: String(port), deployment: "own", ...more }, {});
	await expect(open({ data: fresh })).rejects.toThrow(
		new RegExp(`Another Inlay runs at .*${port}, .* than in ${fresh}\\..*--port ${port + 10}`),
	);
	expect((await open({ data: own })).joined).toBe(told.api);
	expect((await open({})).joined).toBe(told.api);
	expect((await openTarget({ url: address(), deployment: "own", data: fresh }, {})).joined).toBeUndefined();
});

it("inlay dev told of its own first step in a line of JSON, before it had said a word", () => {
	expect(configOf([], {}).logLevel).toBe("error");
	expect(configOf(["--port=4990"], { INLAY_LOG_LEVEL: "info" })).toMatchObject({ port: 4990, logLevel: "info" });
});
