/** The demo of this machine lets its panels run a script from here, once somebody develops in it. */
import { readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { safeGet } from "@inlay/contract";
import { StartError } from "@inlay/core/config/start-error";

/** What of `demo.json` is needed here; a file of another version, or one that is being written, has less. */
interface DemoSecrets {
	api: string;
	clients?: { automation?: { id?: string; secret?: string } };
	deployment?: { id?: string };
}

interface Found {
	/** Where it stands. */
	file: string;
	demo: DemoSecrets;
}

/** A demo's program, with what it signs in by. */
interface Automation {
	file: string;
	id: string;
	secret: string;
}

interface Configuration {
	properties: Record<string, unknown>;
	[key: string]: unknown;
}

/**
 * Where the demo of this machine may have its data: the folder that is named, else also that of the command itself (a clone's
 * `npm start`) and those above the script's. Which of them it is, its `demo.json` tells by the address.
 */
export function demoFolders(dataDir: string, isNamed: boolean, cwd = process.cwd()): string[] {
	if (isNamed) return [dataDir];
	const above = [cwd];
	for (let at = cwd; dirname(at) !== at; at = dirname(at)) above.push(dirname(at));
	const own = fileURLToPath(new URL("../../../../data", import.meta.url));
	return [...new Set([dataDir, ...above.map((folder) => join(folder, "data")), own])];
}

/**
 * Switches `development` on, by the API and in the name of the demo's own program. Of an earlier demo at the same address
 * secrets may have been left behind: each is tried until one is taken.
 *
 * @param folders where the demo may keep its secrets
 * @returns whether it is on now; false where none of them is that of the demo which answers at `api`
 * @throws StartError where there are secrets, and none that the demo takes or that can be read
 */
export async function allowDevelopment(api: string, folders: readonly string[], deployment: string): Promise<boolean> {
	const { found, unreadable } = await readDemos(api, folders);
	const refusals: string[] = [];
	for (const automation of found.flatMap(automationOf)) {
		const refused = await switchOn(api, automation, deployment);
		if (refused === undefined) return true;
		refusals.push(`${automation.file} is not of the demo that answers at ${api}: ${refused}`);
	}
	const problems = [...refusals, ...unreadable];
	if (problems.length === 0) return false;
	throw new StartError(
		"config.invalid",
		`${problems.join("\n")}\nSay where the demo has its data, by --data <folder>: then its panel runs your script.`,
	);
}

/** Undefined where it is on now; otherwise what was refused. */
async function switchOn(api: string, automation: Automation, deployment: string): Promise<string | undefined> {
	const token = await tokenOf(api, automation);
	if (token === undefined) return "its client is not known there.";
	const address = new URL(`/api/v2/integrations/${encodeURIComponent(deployment)}/config/current`, api);
	const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" };
	const read = await fetch(address, { headers });
	if (!read.ok) return refusalOf("GET", read, address);
	const { name, version, properties, advanced, notes, credentials } = (await read.json()) as Configuration;
	const changed = { name, version, properties: { ...properties, development: true }, advanced, notes, credentials };
	const saved = await fetch(address, { method: "PUT", headers, body: JSON.stringify(changed) });
	return saved.ok ? undefined : refusalOf("PUT", saved, address);
}

function refusalOf(method: string, { status }: Response, { pathname }: URL): string {
	return `${method} ${pathname} was answered with ${status}.`;
}

/**
 * Id of the deployment that the demo came with; undefined where none of the folders is that of the demo which answers at `api`.
 *
 * @param isThere whether that demo has it
 */
export async function demoDeployment(
	api: string,
	folders: readonly string[],
	isThere: (id: string) => boolean = () => true,
): Promise<string | undefined> {
	const { found } = await readDemos(api, folders);
	return found.flatMap(({ demo }) => demo.deployment?.id ?? []).find(isThere);
}

/** Whether the demo that answers at `api` keeps its data in this folder, as far as that can be read. */
export async function keepsDemo(api: string, folder: string): Promise<boolean> {
	const { found, unreadable } = await readDemos(api, [folder]);
	return found.length > 0 || unreadable.length > 0;
}

/** What the folders tell of demos at this address, the nearest first; and what of it cannot be read, in words. */
async function readDemos(api: string, folders: readonly string[]): Promise<{ found: Found[]; unreadable: string[] }> {
	const found: Found[] = [];
	const unreadable: string[] = [];
	for (const folder of folders) {
		const file = join(folder, "demo.json");
		try {
			const demo = JSON.parse(await readFile(file, "utf8")) as DemoSecrets | null;
			if (safeGet(demo, "api") === api) found.push({ file, demo: demo as DemoSecrets });
		} catch (error) {
			const code = safeGet(error, "code");
			if (code === "ENOENT" || code === "ENOTDIR") continue;
			unreadable.push(`${file} cannot be read${typeof code === "string" ? ` (${code})` : ": it is no JSON"}.`);
		}
	}
	return { found, unreadable };
}

function automationOf({ file, demo: { clients } }: Found): Automation[] {
	const { id, secret } = clients?.automation ?? {};
	return id && secret ? [{ file, id, secret }] : [];
}

/** Undefined where the client is refused. */
async function tokenOf(api: string, { id, secret }: Automation): Promise<string | undefined> {
	const answer = await fetch(new URL("/oauth/token", api), {
		method: "POST",
		headers: { authorization: `Basic ${Buffer.from(`${id}:${secret}`).toString("base64")}` },
		body: new URLSearchParams({ grant_type: "client_credentials" }),
	});
	return answer.ok ? ((await answer.json()) as { access_token: string }).access_token : undefined;
}
