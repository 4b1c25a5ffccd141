/** What `inlay plan`, `apply`, `diff`, `export`, `destroy` and `init` do; the program's own part is in file-commands.ts. */
import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { StartError } from "@inlay/core/config/start-error";
import { besideApi } from "../beside-api.ts";
import type { FrameworkKind } from "../new/kinds.ts";
import { type AddressOptions, readAddress } from "../platform/address.ts";
import { openPlatform, type Platform } from "../platform/platform.ts";
import { signIn } from "../platform/sign-in.ts";
import { applyPlan } from "./apply/apply-plan.ts";
import { exportFile } from "./export/export-file.ts";
import { sections, words } from "./format/sections.ts";
import { initFile, isThere, schemaFrom } from "./init/init-file.ts";
import { panelOrigin } from "./init/panel-origin.ts";
import { kinds } from "./kinds/kinds.ts";
import { planDestruction } from "./plan/destroy-plan.ts";
import { diffFiles } from "./plan/diff-files.ts";
import { makePlan, type Planned } from "./plan/make-plan.ts";
import { readSelf, type Self } from "./plan/self.ts";
import { diffText, nothingToDelete, plain, planJson, planText } from "./plan/words.ts";
import { readWorld } from "./plan/world.ts";
import { type ReadFile, readInlayFile } from "./read/read-file.ts";

export interface FilePorts {
	out(text: string): void;
	err(text: string): void;
	/** Somebody is there to be asked. */
	isTerminal: boolean;
	/** Their answer, as it was typed. */
	ask(question: string): Promise<string>;
}

export interface FileOptions extends AddressOptions {
	data?: string;
	json?: boolean;
	yes?: boolean;
}

/** 0: as it should be; 1: something is wrong; 2: there is something to do. */
export type ExitCode = 0 | 1 | 2;

export interface FileCommand {
	env: NodeJS.ProcessEnv;
	ports: FilePorts;
}

export async function plan(path: string, options: FileOptions, { env, ports }: FileCommand): Promise<ExitCode> {
	const read = await readInlayFile(path, env);
	const { platform, self } = await open(options, env, ports);
	const planned = await makePlan(read, platform, self);
	ports.out(options.json ? JSON.stringify(planJson(planned), null, "\t") : planText(planned));
	return planned.steps.length > 0 ? 2 : 0;
}

export async function apply(path: string, options: FileOptions, { env, ports }: FileCommand): Promise<ExitCode> {
	const read = await readInlayFile(path, env);
	const { platform, self } = await open(options, env, ports);
	const planned = await makePlan(read, platform, self);
	ports.out(planText(planned));
	if (planned.steps.length === 0) return 0;
	if (!(await isAgreed("Do this? Only yes does it: ", options, ports))) return 1;
	return carryOut(planned, read, platform, ports, () => makePlan(read, platform, self));
}

export async function destroy(path: string, options: FileOptions, { env, ports }: FileCommand): Promise<ExitCode> {
	// What only the making of things needs, such as passwords, is not asked for.
	const read = await readInlayFile(path, env, false);
	const { platform, self } = await open(options, env, ports);
	const planned = await planDestruction(read, platform, self);
	ports.out(planText(planned, nothingToDelete));
	if (planned.steps.length === 0) return 0;
	const question = `This deletes ${planned.steps.length} things of ${self.organization}. Only yes does it: `;
	if (!(await isAgreed(question, options, ports))) return 1;
	return carryOut(planned, read, platform, ports, () => planDestruction(read, platform, self));
}

async function carryOut(
	planned: Planned,
	read: ReadFile,
	platform: Platform,
	ports: FilePorts,
	again: () => Promise<Planned>,
): Promise<ExitCode> {
	const stopping = new AbortController();
	const stop = () => stopping.abort();
	process.on("SIGINT", stop);
	process.on("SIGTERM", stop);
	try {
		return await applyPlan(planned, { read, platform, ports, again, stopped: stopping.signal });
	} finally {
		process.off("SIGINT", stop);
		process.off("SIGTERM", stop);
	}
}

async function isAgreed(question: string, { yes }: FileOptions, ports: FilePorts): Promise<boolean> {
	if (yes) return true;
	if (!ports.isTerminal) {
		ports.err("Nobody is here to be asked, so nothing was done. --yes does it without a question.");
		return false;
	}
	if ((await ports.ask(question)).trim().toLowerCase() === "yes") return true;
	ports.err("Nothing was done.");
	return false;
}

/** Against the organization: both what the file wants otherwise and what it does not name. */
export async function diff(
	path: string,
	other: string | undefined,
	options: FileOptions,
	{ env, ports }: FileCommand,
): Promise<ExitCode> {
	const read = await readInlayFile(path, env, false);
	if (other !== undefined) {
		const second = await readInlayFile(other, env, false);
		tellUnbuilt([...read.unbuilt, ...second.unbuilt], ports);
		const lines = diffFiles(read, second);
		ports.out(lines.length > 0 ? lines.join("\n") : "Both files say the same.");
		return lines.length > 0 ? 2 : 0;
	}
	tellUnbuilt(read.unbuilt, ports);
	const { platform, self } = await open(options, env, ports);
	const planned = await makePlan(read, platform, self);
	const unnamed = await unnamedThings(read, platform);
	ports.out(diffText(planned, unnamed));
	return planned.steps.length === 0 && unnamed.length === 0 ? 0 : 2;
}

/** What could not be compared must not read as if it were the same. */
function tellUnbuilt(places: readonly string[], ports: FilePorts): void {
	for (const place of new Set(places)) ports.err(`Its script was not compared, as there is no such file: ${place}.`);
}

/** Of the sections that the file has. */
async function unnamedThings({ file }: ReadFile, platform: Platform): Promise<string[]> {
	const present = sections.filter((section) => file[section] !== undefined);
	const world = await readWorld(platform, new Map(present.map((section) => [section, new Set<string>()])));
	return present.flatMap((section) => {
		const named = new Set((file[section] ?? []).map((one) => nameIn(one).toLowerCase()));
		const others = world.things(section).filter((raw) => !kinds[section].isBuiltIn?.(raw));
		const names = others.map((raw) => kinds[section].nameOf(raw));
		return names.filter((name) => !named.has(name.toLowerCase())).map((name) => `${words[section]} "${plain(name)}"`);
	});
}

function nameIn(one: string | { name?: string; email?: string }): string {
	return typeof one === "string" ? one : (one.email ?? one.name ?? "");
}

export async function exportTo(path: string, options: FileOptions, { env, ports }: FileCommand): Promise<ExitCode> {
	const { platform } = await open(options, env, ports);
	const { yaml, scripts, notes } = await exportFile(platform, schemaFrom(dirname(path)));
	const files = new Map([
		[path, yaml],
		...[...scripts].map(([name, text]) => [join(dirname(path), name), text] as const),
	]);
	for (const file of files.keys())
		if (await isThere(file)) throw new StartError("config.invalid", `${file} is there already. Name another file.`);
	for (const [file, text] of files) {
		await mkdir(dirname(file), { recursive: true });
		await writeFile(file, text, { flag: "wx" });
	}
	for (const note of notes) ports.err(`Note: ${plain(note)}`);
	ports.out([...files.keys()].map((file) => `Wrote ${file}`).join("\n"));
	return 0;
}

export interface InitCommandOptions extends AddressOptions {
	kind: FrameworkKind;
	origin?: string;
}

export async function init(
	folder: string,
	options: InitCommandOptions,
	{ env, ports }: FileCommand,
): Promise<ExitCode> {
	const address = await readAddress(options, env);
	const files = await initFile(folder, {
		kind: options.kind,
		panel: address.apps ?? (await panelOrigin(address.api)),
		region: options.region ?? "mypurecloud.com",
		origin: options.origin ?? (address.isRegion ? "https://crm.example.com" : besideApi(new URL(address.api), "crm")),
	});
	const [file = ""] = files;
	const flags = address.isRegion ? ` --region ${options.region}` : options.url ? ` --url ${options.url}` : "";
	ports.out(
		[
			...files.map((one) => `Wrote ${one}`),
			"Say who signs in by the environment: INLAY_CLIENT_ID and INLAY_CLIENT_SECRET of a client with client credentials",
			"(of the demo on this machine nothing is needed). Then:",
			`  inlay plan ${file}${flags}     says what would be done`,
			`  inlay apply ${file}${flags}    does it, after a question`,
			"inlay help file says the rest.",
		].join("\n"),
	);
	return 0;
}

interface Opened {
	platform: Platform;
	self: Self;
}

async function open(options: FileOptions, env: NodeJS.ProcessEnv, ports: FilePorts): Promise<Opened> {
	const address = await readAddress(options, env);
	const token = await signIn(address, options, env, { isTerminal: ports.isTerminal, say: ports.err });
	const platform = openPlatform(address, token);
	return { platform, self: await readSelf(platform) };
}
