import { randomBytes } from "node:crypto";
import { chmod, readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { DemoRole } from "./facts.ts";

export interface DemoUser {
	id: string;
	/** As they are called by now, whoever has renamed them. */
	name: string;
	username: string;
	password: string;
	/** An administrator has deleted them. */
	isDeleted?: true;
}

export interface DemoClient {
	id: string;
	/** `CODE`, `TOKEN` or `CLIENT-CREDENTIALS`. */
	grant: string;
	secret?: string;
}

/** `demo.json` in the data folder: tells tools and tests what runs where, so that nobody scrapes. */
export interface DemoFile {
	/** Base URLs, without a slash at the end. */
	api: string;
	/** Origin of the panel; customers' scripts run there, and never on that of `api`. */
	panel: string;
	crm: string;
	customer: string;
	admin: string;
	users: Record<DemoRole, DemoUser>;
	clients: Record<"panel" | "implicit" | "automation", DemoClient>;
	deployment: { id: string; name: string; url: string };
	queue: { id: string; name: string };
	numbers: { service: string; farEnd: string };
}

const fileName = "demo.json";

/** The secrets that an earlier start has written: each that can be read, as the file may be lost or damaged. */
export interface KnownSecrets {
	passwords: Partial<Record<DemoRole, string>>;
	automation?: string;
}

/** None at the first start. */
export async function readKnownSecrets(dataDir: string): Promise<KnownSecrets> {
	try {
		const file = JSON.parse(await readFile(join(dataDir, fileName), "utf8")) as Partial<DemoFile> | null;
		const passwords = Object.entries(file?.users ?? {}).map(([role, user]) => [role, text(user?.password)] as const);
		const automation = text(file?.clients?.automation?.secret);
		return { passwords: Object.fromEntries(passwords), ...(automation ? { automation } : {}) };
	} catch {
		return { passwords: {} };
	}
}

function text(value: unknown): string | undefined {
	return typeof value === "string" && value !== "" ? value : undefined;
}

/** Writes it whole or not at all, readable by its owner alone: it holds passwords. */
export async function writeDemoFile(dataDir: string, demo: DemoFile): Promise<void> {
	const target = join(dataDir, fileName);
	await writeFile(`${target}.new`, `${JSON.stringify(demo, null, "\t")}\n`, { mode: 0o600 });
	await chmod(`${target}.new`, 0o600);
	await rename(`${target}.new`, target);
}

/** A password or secret for the demo: every installation has its own. */
export function randomSecret(): string {
	return randomBytes(15).toString("base64url");
}
