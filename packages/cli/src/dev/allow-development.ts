/** The demo of this machine lets its panels run a script from here, once somebody develops in it. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";

/** What of `demo.json` is needed here. */
interface DemoSecrets {
	api: string;
	clients: { automation: { id: string; secret?: string } };
	deployment?: { id: string };
}

interface Configuration {
	properties: Record<string, unknown>;
	[key: string]: unknown;
}

/**
 * Switches `development` on, by the API and in the name of the demo's own program.
 *
 * @param dataDir where the demo keeps its secrets
 * @returns whether it is on now; false where this folder is not that of the demo which answers at `api`
 */
export async function allowDevelopment(api: string, dataDir: string, deployment: string): Promise<boolean> {
	const demo = await readDemo(dataDir);
	if (demo?.api !== api || !demo.clients.automation.secret) return false;
	const token = await tokenOf(demo);
	const address = new URL(`/api/v2/integrations/${encodeURIComponent(deployment)}/config/current`, api);
	const call = async (method: string, body?: string) => {
		const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" };
		const answer = await fetch(address, { method, headers, ...(body ? { body } : {}) });
		if (!answer.ok) throw new Error(`${method} ${address.pathname} was answered with ${answer.status}.`);
		return (await answer.json()) as Configuration;
	};
	const { name, version, properties, advanced, notes, credentials } = await call("GET");
	const changed = { name, version, properties: { ...properties, development: true }, advanced, notes, credentials };
	await call("PUT", JSON.stringify(changed));
	return true;
}

/** Id of the deployment that the demo came with; undefined where this folder is not that of the demo which answers at `api`. */
export async function demoDeployment(api: string, dataDir: string): Promise<string | undefined> {
	const demo = await readDemo(dataDir);
	return demo?.api === api ? demo.deployment?.id : undefined;
}

async function readDemo(dataDir: string): Promise<DemoSecrets | undefined> {
	try {
		return JSON.parse(await readFile(join(dataDir, "demo.json"), "utf8")) as DemoSecrets;
	} catch {
		return undefined;
	}
}

async function tokenOf({ api, clients: { automation } }: DemoSecrets): Promise<string> {
	const basic = Buffer.from(`${automation.id}:${automation.secret}`).toString("base64");
	const answer = await fetch(new URL("/oauth/token", api), {
		method: "POST",
		headers: { authorization: `Basic ${basic}` },
		body: new URLSearchParams({ grant_type: "client_credentials" }),
	});
	return ((await answer.json()) as { access_token: string }).access_token;
}
