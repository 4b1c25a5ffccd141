/** `inlay doctor`: what is wrong, where, and what to do about it. */
import { checkOrganization } from "@inlay/contract/health/check-organization";
import type { HealthReport } from "@inlay/contract/health/finding";
import { readConfig } from "@inlay/core/config/config";
import { StartError } from "@inlay/core/config/start-error";
import { type ApiPlace, ApiPlaceError, apiPlace } from "../api/place.ts";
import { ApiRefusal, type PublicApi, publicApi } from "../api/public-api.ts";
import { hasCredentials, tokenSource } from "../api/sign-in.ts";
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
	env: Readonly<Record<string, string | undefined>>;
}

/** Nothing that keeps anybody from working; it could not be looked at; or somebody cannot work. */
type DoctorExitCode = 0 | 1 | 2;

export async function runDoctor(options: DoctorOptions, ports: DoctorPorts): Promise<DoctorExitCode> {
	try {
		const { report, api, consoleUrl, isWhole } = await look(options, ports.env);
		const fixed = options.fix ? await fix(api, report) : [];
		const after = fixed.length > 0 ? (await look(options, ports.env)).report : report;
		if (options.json) ports.out(JSON.stringify({ ...after, fixed }, null, "\t"));
		else ports.out([...fixed.map((line) => `fixed ${line}`), asText(after, consoleUrl)].join("\n"));
		if (after.findings.some(({ severity }) => severity === "error")) return 2;
		return isWhole ? 0 : 1;
	} catch (error) {
		if (!(error instanceof ApiPlaceError || error instanceof ApiRefusal || error instanceof StartError)) throw error;
		ports.err(error.message);
		return 1;
	}
}

interface Look {
	report: HealthReport;
	/** Absent where nobody has signed in. */
	api?: PublicApi;
	consoleUrl?: string;
	/** What had to be looked at was. */
	isWhole: boolean;
}

async function look(options: DoctorOptions, env: DoctorPorts["env"]): Promise<Look> {
	const config = readConfig(options.data === undefined ? [] : [`--data=${options.data}`], env);
	const place = apiPlace(options, config.publicUrl);
	if (place.apps) return lookElsewhere(place, place.apps, env);
	const consoleUrl = `${place.api}/admin`;
	if (!options.url && !hasCredentials(env)) {
		const { isRunning, ...report } = await lookAtThisMachine(config);
		return { report, consoleUrl, isWhole: isRunning };
	}
	const api = publicApi({ place, token: tokenSource(place, env) });
	const report = await api.request<HealthReport>("GET", "/api/inlay/v1/health/findings");
	return { report, api, consoleUrl, isWhole: true };
}

/** By the public API alone: what another organization's data says. */
async function lookElsewhere(place: ApiPlace, apps: string, env: DoctorPorts["env"]): Promise<Look> {
	const api = publicApi({ place, token: tokenSource(place, env) });
	const { facts, unchecked } = await readFacts(api, apps);
	const isWhole = !unchecked.some(({ what }) => what === "deployments" || what === "clients");
	return { report: { findings: checkOrganization(facts), unchecked }, api, isWhole };
}

async function fix(api: PublicApi | undefined, { findings }: HealthReport): Promise<string[]> {
	if (api) return fixAll(api, findings);
	throw new ApiPlaceError("To mend something, sign in: set INLAY_CLIENT_ID and INLAY_CLIENT_SECRET, or INLAY_TOKEN.");
}
