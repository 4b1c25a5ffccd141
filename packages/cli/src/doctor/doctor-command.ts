/** `inlay doctor`: what is wrong, where, and what to do about it. */
import { checkOrganization } from "@inlay/contract/health/check-organization";
import type { HealthReport } from "@inlay/contract/health/finding";
import { readConfig } from "@inlay/core/config/config";
import { StartError } from "@inlay/core/config/start-error";
import { type Address, readAddress } from "../platform/address.ts";
import { openPlatform, type Platform } from "../platform/platform.ts";
import { PlatformError } from "../platform/platform-error.ts";
import { signIn } from "../platform/sign-in.ts";
import { fixAll } from "./fix.ts";
import { readFacts } from "./read-facts.ts";
import { asText } from "./report.ts";
import { lookAtThisMachine } from "./this-machine.ts";

export interface DoctorOptions {
	/** Address of an Inlay; this machine's unless told. */
	url?: string;
	/** An organization of the platform, by its region. */
	region?: string;
	data?: string;
	json?: boolean;
	fix?: boolean;
}

export interface DoctorPorts {
	out(text: string): void;
	err(text: string): void;
	env: NodeJS.ProcessEnv;
	/** Somebody sits there, who can sign in by their browser. */
	isTerminal: boolean;
}

/** Nothing that keeps anybody from working; it could not be looked at; or somebody cannot work. */
type DoctorExitCode = 0 | 1 | 2;

export async function runDoctor(options: DoctorOptions, ports: DoctorPorts): Promise<DoctorExitCode> {
	try {
		const { report, platform, consoleUrl, isWhole } = await look(options, ports);
		const fixed = options.fix ? await fix(platform, report) : [];
		const after = fixed.length > 0 ? (await look(options, ports)).report : report;
		if (options.json) ports.out(JSON.stringify({ ...after, fixed }, null, "\t"));
		else ports.out([...fixed.map((line) => `fixed ${line}`), asText(after, consoleUrl)].join("\n"));
		if (after.findings.some(({ severity }) => severity === "error")) return 2;
		return isWhole ? 0 : 1;
	} catch (error) {
		if (!(error instanceof PlatformError || error instanceof StartError)) throw error;
		ports.err(error.message);
		return 1;
	}
}

interface Look {
	report: HealthReport;
	/** Absent where nobody has signed in. */
	platform?: Platform;
	consoleUrl?: string;
	/** What had to be looked at was. */
	isWhole: boolean;
}

async function look(options: DoctorOptions, ports: DoctorPorts): Promise<Look> {
	const { env } = ports;
	const config = readConfig(options.data === undefined ? [] : [`--data=${options.data}`], env);
	const { region, url = region === undefined ? config.publicUrl : undefined } = options;
	const address = readAddress({ ...(url ? { url } : {}), ...(region ? { region } : {}) }, env);
	const consoleUrl = `${address.api}/admin`;
	if (!options.url && !region && !env.INLAY_TOKEN && !env.INLAY_CLIENT_ID) {
		const { isRunning, ...report } = await lookAtThisMachine(config);
		return { report, consoleUrl, isWhole: isRunning };
	}
	const platform = await enter(address, options, ports);
	if (address.apps) return lookElsewhere(platform, address.apps);
	const { body } = await platform.get("/api/inlay/v1/health/findings");
	return { report: body as unknown as HealthReport, platform, consoleUrl, isWhole: true };
}

async function enter(
	address: Address,
	{ data }: DoctorOptions,
	{ env, isTerminal, err }: DoctorPorts,
): Promise<Platform> {
	const token = await signIn(address, data === undefined ? {} : { data }, env, { isTerminal, say: err });
	return openPlatform(address, token);
}

/** By the public API alone: what another organization's data says. */
async function lookElsewhere(platform: Platform, apps: string): Promise<Look> {
	const { facts, unchecked } = await readFacts(platform, apps);
	const isWhole = !unchecked.some(({ what }) => what === "deployments" || what === "clients");
	return { report: { findings: checkOrganization(facts), unchecked }, platform, isWhole };
}

async function fix(platform: Platform | undefined, { findings }: HealthReport): Promise<string[]> {
	if (platform) return fixAll(platform, findings);
	const how = "To mend something, sign in: set INLAY_CLIENT_ID and INLAY_CLIENT_SECRET, or INLAY_TOKEN.";
	throw new StartError("config.invalid", how);
}
