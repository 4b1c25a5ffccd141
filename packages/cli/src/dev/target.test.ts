import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { demoDeployment, demoFolders } from "./allow-development.ts";
import { openTarget } from "./target.ts";

const deployments = [
	{ id: "other", name: "Sales", development: true },
	{ id: "own", name: "Demo", development: true },
];

/** Answers as an Inlay with several active deployments does. */
const server = createServer((request, response) => {
	const url = new URL(request.url ?? "/", "http://localhost");
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
