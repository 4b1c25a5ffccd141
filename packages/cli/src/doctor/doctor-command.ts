/** `inlay doctor`: what is wrong, where, and what to do about it. */
import { checkOrganization } from "@inlay/contract/health/check-organization";
import type { HealthReport } from "@inlay/contract/health/finding";
import { readConfig } from "@inlay/core/config/config";
import { StartError } from "@inlay/core/config/start-error";
import { plain } from "../file/plan/words.ts";
import { type Address, namedByEnv, readAddress } from "../platform/address.ts";
import { openPlatform, type Platform, type Transport } from "../platform/platform.ts";
import { PlatformError } from "../platform/platform-error.ts";
import { signIn } from "../platform/sign-in.ts";
import { type Fixed, fixAll } from "./fix.ts";
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
	/** By what an organization elsewhere is asked; the system's unless told. */
	transport?: Transport;
}

/** Nothing that keeps anybody from working; it could not be looked at; or somebody cannot work. */
type DoctorExitCode = 0 | 1 | 2;

export async function runDoctor(options: DoctorOptions, ports: DoctorPorts): Promise<DoctorExitCode> {
	try {
		const before = await look(options, ports);
		if (!options.fix) return tell(before, nothing, options, ports);
		if (!before.platform) {
			tell(before, nothing, options, ports);
			ports.err("To mend something, sign in: set INLAY_CLIENT_ID and INLAY_CLIENT_SECRET, or INLAY_TOKEN.");
			return hasErrors(before) ? 2 : 1;
		}
		const fixed = await fixAll(before.platform, before.report.findings);
		return tell(fixed.done.length > 0 ? await lookAgain(before, options, ports) : before, fixed, options, ports);
	} catch (error) {
		if (!isTold(error)) throw error;
		ports.err(error.message);
		return 1;
	}
}

const nothing: Fixed = { done: [], failed: [] };

function isTold(error: unknown): error is PlatformError | StartError {
	return error instanceof PlatformError || error instanceof StartError;
}

function hasErrors({ report }: Look): boolean {
	return report.findings.some(({ severity }) => severity === "error");
}

/** What was done is told in any case. */
async function lookAgain(before: Look, options: DoctorOptions, ports: DoctorPorts): Promise<Look> {
	try {
		return await look(options, ports, before.platform);
	} catch (error) {
		if (!isTold(error)) throw error;
		ports.err(
			`What is told is what was found before anything was mended, as it could not be looked again: ${error.message}`,
		);
		return { ...before, isWhole: false };
	}
}

function tell(looked: Look, { done, failed }: Fixed, { json }: DoctorOptions, { out }: DoctorPorts): DoctorExitCode {
	const { report, consoleUrl, isWhole } = looked;
	const lines = [...done.map((line) => `fixed ${line}`), ...failed.map((line) => `not done: ${line}`)];
	if (json) out(JSON.stringify({ ...report, fixed: done, notFixed: failed }, null, "\t"));
	else out([...lines.map(plain), asText(report, consoleUrl)].join("\n"));
	if (hasErrors(looked)) return 2;
	return isWhole && failed.length === 0 ? 0 : 1;
}

interface Look {
	report: HealthReport;
	/** Absent where nobody has signed in. */
	platform?: Platform;
	consoleUrl?: string;
	/** What had to be looked at was. */
	isWhole: boolean;
}

/** @param known who has signed in already is not asked again */
async function look(options: DoctorOptions, ports: DoctorPorts, known?: Platform): Promise<Look> {
	const { env } = ports;
	const address = await readAddress(options, env);
	const consoleUrl = `${address.api}/admin`;
	const isNamedByEnv = options.data === undefined && namedByEnv(env) !== undefined;
	const isNamed = options.url !== undefined || address.isRegion || isNamedByEnv;
	if (!isNamed && !env.INLAY_TOKEN && !env.INLAY_CLIENT_ID) {
		const config = readConfig(options.data === undefined ? [] : [`--data=${options.data}`], env);
		const { isRunning, ...report } = await lookAtThisMachine(config);
		return { report, consoleUrl, isWhole: isRunning };
	}
	const platform = known ?? (await enter(address, options, ports));
	if (address.apps) return lookElsewhere(platform, address.apps);
	const { body } = await platform.get("/api/inlay/v1/health/findings");
	return { report: body as unknown as HealthReport, platform, consoleUrl, isWhole: true };
}

async function enter(
	address: Address,
	{ data }: DoctorOptions,
	{ env, isTerminal, err, transport }: DoctorPorts,
): Promise<Platform> {
	const token = await signIn(address, data === undefined ? {} : { data }, env, { isTerminal, say: err });
	return openPlatform(address, token, transport);
}

/** By the public API alone: what another organization's data says. */
async function lookElsewhere(platform: Platform, apps: string): Promise<Look> {
	const { facts, unchecked } = await readFacts(platform, apps);
	const isWhole = !unchecked.some(({ what }) => what === "deployments" || what === "clients");
	return { report: { findings: checkOrganization(facts), unchecked }, platform, isWhole };
}
