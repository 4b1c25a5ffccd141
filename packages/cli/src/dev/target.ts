/** The Inlay whose panel runs the script: one that runs already, or one that is started for it. */
import { type BootAnswer, type BootDeployment, safeGet } from "@inlay/contract";
import { type Config, readConfig } from "@inlay/core/config/config";
import { StartError } from "@inlay/core/config/start-error";
import { besideApi } from "../beside-api.ts";
import { namedByEnv } from "../platform/address.ts";
import { allowDevelopment, demoDeployment, demoFolders, keepsDemo } from "./allow-development.ts";

export interface TargetOptions {
	/** Address of a running Inlay; without it the one of this machine's port, started if it does not run. */
	url?: string;
	/** Id of the deployment whose panel it is. */
	deployment?: string;
	/** User name of who is to sign in. */
	as?: string;
	port?: string;
	data?: string;
}

export interface Target {
	/** Of the panel. */
	panelOrigin: string;
	/** Address of the page to show, with the panel that runs the script at this address. */
	pageFor(script: string): string;
	/** The deployment wants its script as it was written. */
	withoutGuards: boolean;
	/** Address of the Inlay that ran already, and was not asked for by its address. */
	joined?: string;
	/** Settles when the Inlay that was started here cannot go on. */
	failed: Promise<Error | undefined>;
	/** Ends what was started here. */
	stop(): Promise<void>;
}

interface CrmSettings {
	panelUrl: string;
	people: { username: string }[];
}

/** Rejects with StartError, whose sentence says what to do. */
export async function openTarget(options: TargetOptions, env: NodeJS.ProcessEnv): Promise<Target> {
	const flags = [...flag("port", options.port), ...flag("data", options.data)];
	const config = configOf(flags, env);
	const named = options.url ?? (flags.length === 0 ? namedByEnv(env) : undefined);
	const api = named ?? config.publicUrl;
	const running = await bootOf(api, options.deployment);
	if (running && !named) await refuseOtherData(api, config, options);
	if (!running && named) throw refusal(`No Inlay answers at ${named}. Start it, or leave --url (INLAY_URL) out.`);
	const started = running ? undefined : await startDemo(config);
	try {
		const answered = running ?? (await bootOf(api, options.deployment));
		if (!answered) throw refusal(`The Inlay that was started does not answer at ${api}.`);
		const folders = demoFolders(config.dataDir, (options.data ?? env.INLAY_DATA) !== undefined);
		const boot = await ofOne(answered, api, folders);
		const described = await describe(api, await developing(boot, folders), options);
		const joined = running && !named ? { joined: api } : {};
		const failed = started?.failed ?? new Promise<undefined>(() => undefined);
		return { ...described, ...joined, failed, stop: async () => started?.stop() };
	} catch (error) {
		await started?.stop();
		throw error;
	}
}

/** A folder is named for an Inlay that is to be started; another one has the port. */
async function refuseOtherData(api: string, { dataDir, port }: Config, { data }: TargetOptions): Promise<void> {
	if (data === undefined || (await keepsDemo(api, dataDir))) return;
	throw refusal(
		`Another Inlay runs at ${api}, and keeps its data elsewhere than in ${data}. To start one with that folder, give it a port of its own: --port ${port + 10}. To use the one that runs, leave --data out.`,
	);
}

/** Of several deployments the one that the demo of our folder came with. */
async function ofOne(boot: Boot, api: string, folders: readonly string[]): Promise<Boot> {
	const { choices, api: answering } = boot.answer;
	if (!choices) return boot;
	const own = await demoDeployment(answering, folders, (of) => choices.some(({ id }) => id === of));
	if (own !== undefined) return (await bootOf(api, own)) ?? boot;
	const each = choices.map(({ id, name }) => `  ${id}  ${name}`).join("\n");
	throw refusal(`There are several deployments. Say whose panel it is, by --deployment <id>:\n${each}`);
}

/** The same deployment, in which a script of this machine may run. */
async function developing(boot: Boot, folders: readonly string[]): Promise<Boot & { deployment: BootDeployment }> {
	const { deployment, problem, demo, api } = boot.answer;
	if (!deployment) throw refusal(problem?.text ?? "Say which deployment's panel it is: --deployment <id>.");
	if (deployment.development || (await allowDevelopment(api, folders, deployment.id))) return { ...boot, deployment };
	if (demo)
		throw refusal(
			`The demo at ${api} has its data in a folder that is not here. Say which it is, by --data <folder>: then its panel runs your script.`,
		);
	throw refusal(
		`The deployment “${deployment.name}” does not let panels run a script from your machine. An administrator can allow it: its property development, in the console under Deployments (docs/developing.md).`,
	);
}

/**
 * Of the demo that is started where none runs. Its operators' warnings are about what somebody else does to it; here that is the
 * developer, to whom this command says what matters. A level that the environment names is kept.
 */
export function configOf(flags: readonly string[], env: NodeJS.ProcessEnv): Config {
	const quiet = env.INLAY_LOG_LEVEL === undefined ? ["--log-level=error"] : [];
	return readConfig([...flags, ...quiet], env);
}

function flag(name: string, value: string | undefined): string[] {
	return value === undefined ? [] : [`--${name}=${value}`];
}

async function startDemo(config: Config): Promise<Pick<Target, "failed" | "stop">> {
	process.umask(0o077);
	const { demoExtension } = await import("@inlay/demo");
	const { startInlay } = await import("@inlay/core");
	const inlay = await startInlay(config, [demoExtension], (sentence) => console.error(sentence));
	return { failed: inlay.mustStop, stop: () => inlay.stop() };
}

interface Boot {
	panelOrigin: string;
	answer: BootAnswer;
}

/** Undefined where nobody answers, or nobody of ours. */
async function bootOf(api: string, deployment: string | undefined): Promise<Boot | undefined> {
	const url = new URL("/crm/boot.json?local=true", api);
	if (deployment) url.searchParams.set("deployment", deployment);
	try {
		const response = await fetch(url);
		const answer = (await response.json()) as BootAnswer;
		if (typeof answer.api !== "string" || !Array.isArray(answer.hosts)) return undefined;
		return { panelOrigin: new URL(response.url).origin, answer };
	} catch {
		return undefined;
	}
}

async function describe(
	api: string,
	{ panelOrigin, deployment: { id, withoutGuards = false } }: Boot & { deployment: BootDeployment },
	{ as }: TargetOptions,
): Promise<Pick<Target, "panelOrigin" | "pageFor" | "withoutGuards">> {
	const crm = await crmBeside(api, id);
	return {
		panelOrigin,
		withoutGuards,
		pageFor: (script) => (crm ? crmPage(crm, script, as) : panelPage(panelOrigin, id, script, as)),
	};
}

/** The demo CRM is shown where it has the panel of this deployment. */
async function crmBeside(
	api: string,
	deployment: string,
): Promise<{ origin: string; settings: CrmSettings } | undefined> {
	const origin = besideApi(new URL(api), "crm");
	try {
		const settings = (await (await fetch(`${origin}/config.json`)).json()) as CrmSettings;
		return String(safeGet(settings, "panelUrl")).includes(deployment) ? { origin, settings } : undefined;
	} catch {
		return undefined;
	}
}

function crmPage({ origin, settings }: { origin: string; settings: CrmSettings }, script: string, as?: string): string {
	const url = new URL(origin);
	const agents = settings.people.map(({ username }) => username);
	url.searchParams.set("as", as ?? agents.find((name) => name.startsWith("agent@")) ?? agents[0] ?? "");
	url.searchParams.set("framework", script);
	return url.href;
}

function panelPage(panelOrigin: string, deployment: string, script: string, as?: string): string {
	const url = new URL("/crm/embeddableFramework.html?crm=framework-local-secure", panelOrigin);
	url.searchParams.set("deployment", deployment);
	url.searchParams.set("framework", script);
	if (as) url.searchParams.set("login_hint", as);
	return url.href;
}

function refusal(sentence: string): StartError {
	return new StartError("config.invalid", sentence);
}
