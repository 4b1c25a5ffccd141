/** A token of the organization, by what the environment has. Nothing of it is kept. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { StartError } from "@inlay/core/config/start-error";
import type { Address } from "./address.ts";
import { askToken } from "./ask-token.ts";
import { type BrowserPorts, signInByBrowser } from "./browser-sign-in.ts";

export interface SignInOptions {
	/** Folder of a demo on this machine. */
	data?: string;
}

/** @throws StartError saying what to set, PlatformError where it is refused */
export async function signIn(
	address: Address,
	options: SignInOptions,
	env: NodeJS.ProcessEnv,
	ports: BrowserPorts,
): Promise<string> {
	const { INLAY_TOKEN: token, INLAY_CLIENT_ID: id, INLAY_CLIENT_SECRET: secret } = env;
	if (token) return token;
	if (id && secret) return byCredentials(address, id, secret);
	if (id && ports.isTerminal) return signInByBrowser(address, id, ports);
	const demo = address.isRegion ? undefined : await demoClient(address, options.data ?? env.INLAY_DATA ?? "data");
	if (demo) return byCredentials(address, demo.id, demo.secret);
	throw new StartError("config.invalid", howTo(address, id));
}

function howTo({ api }: Address, id: string | undefined): string {
	const lacking = id ? "INLAY_CLIENT_ID is set without INLAY_CLIENT_SECRET, and there is no terminal. " : "";
	return `${lacking}Say who signs in at ${api}: INLAY_CLIENT_ID and INLAY_CLIENT_SECRET of a client with client credentials, INLAY_TOKEN, or, at a terminal, INLAY_CLIENT_ID alone of a CODE client with the redirect URI http://localhost:8765/ (inlay help file).`;
}

function byCredentials(address: Address, id: string, secret: string): Promise<string> {
	const form = { grant_type: "client_credentials" };
	const authorization = `Basic ${Buffer.from(`${id}:${secret}`).toString("base64")}`;
	return askToken(address, form, { authorization });
}

/** The client for tools that the demo of this folder has, where that demo is the one meant. */
async function demoClient({ api }: Address, data: string): Promise<{ id: string; secret: string } | undefined> {
	try {
		const demo = JSON.parse(await readFile(join(data, "demo.json"), "utf8")) as {
			api?: string;
			clients?: { automation?: { id?: string; secret?: string } };
		};
		const { id, secret } = demo.clients?.automation ?? {};
		return demo.api === api && id && secret ? { id, secret } : undefined;
	} catch {
		return undefined;
	}
}
