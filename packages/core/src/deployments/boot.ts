import {
	type BootAnswer,
	type BootDeployment,
	type BootProblem,
	type BootScript,
	type ChoicesAnswer,
	panelPages,
	type SigninAnswer,
	windowPage,
} from "@inlay/contract";
import { guardsVersion } from "@inlay/contract/script-guards";
import type { GrantedPermission, Principal } from "../kernel/principal.ts";
import { type DeploymentAccess, stateProblem } from "./access.ts";
import type { Deployments } from "./deployments.ts";
import { asksForIsolation } from "./lint-script.ts";
import { type Deployment, isActive } from "./model.ts";
import { isolatedPolicy, type PanelPolicyFacts } from "./panel-policy.ts";
import { ScriptIsolation } from "./script-isolation.ts";
import { ScriptSources, type Sources } from "./script-sources.ts";
import { triesIt } from "./staged-release.ts";
import { isPrivate } from "./views.ts";

/** An OAuth client as far as signing a panel in goes. */
export interface PanelClient {
	id: string;
	name: string;
	active: boolean;
	grantType: string;
	redirectUris: string[];
}

/** What boot asks of the rest of the server. */
export interface BootFacts {
	organization(): Promise<{ id: string; name: string; country: string }>;
	client(id: string): Promise<PanelClient | undefined>;
	/** The client that comes with Inlay, for scripts that name none of this organization. */
	bundledClientId(): Promise<string | undefined>;
	/** What a user may do, as of now. */
	grantsOf(userId: string): Promise<readonly GrantedPermission[]>;
	/** The organization's allow-list of embedding pages. */
	embedAllowList(): Promise<string[]>;
	/** Origin of API and sign-in as browsers see it. */
	publicUrl: string;
	/** Origin of the panel. */
	panelUrl: string;
	region: string;
	demo: boolean;
}

/** What an address asks for. */
export interface Wanted {
	/** Id of the integration. */
	deployment?: string;
	/** Partner name of a public one. */
	name?: string;
	/** The script is on the developer's own machine (`?crm=framework-local-secure`). */
	local?: boolean;
}

/** How a panel starts: which deployment, which script, which OAuth client. Nobody is signed in yet. */
export class PanelBoot {
	readonly #deployments: Deployments;
	readonly #facts: BootFacts;
	readonly #scriptSources = new ScriptSources();
	readonly #isolation = new ScriptIsolation(asksForIsolation);
	/** The same of versions that some groups have first. */
	readonly #stagedSources = new ScriptSources();
	readonly #stagedIsolation = new ScriptIsolation(asksForIsolation);

	constructor(deployments: Deployments, facts: BootFacts) {
		this.#deployments = deployments;
		this.#facts = facts;
	}

	/** @param wanted the deployment's id, or a public one's partner name; neither lets the only active private one answer */
	async boot(wanted: Wanted): Promise<BootAnswer> {
		const { found, choices, problem } = await this.#choose(wanted);
		const script = found?.scriptVersion;
		const runs = found ? await this.#isolation.of(found) : {};
		return {
			organization: await this.#facts.organization(),
			api: this.#facts.publicUrl,
			region: this.#facts.region,
			hosts: await this.hostsOf(found),
			demo: this.#facts.demo,
			...(found ? { deployment: { ...bootView(found), ...runs } } : {}),
			...(choices ? { choices: choices.map(bootView) } : {}),
			...(found && script !== undefined && isActive(found)
				? { script: { ...addressOf(found, script), ...(await this.#staged(found)) } }
				: {}),
			...(problem ? { problem } : {}),
		};
	}

	/** What some have in place of what everybody has: who signs in decides, which is not known yet. */
	async #staged(deployment: Deployment): Promise<Partial<Pick<BootScript, "staged">>> {
		const version = deployment.staged?.version;
		if (version === undefined) return {};
		const asTheyHaveIt = { ...deployment, scriptVersion: version };
		const isolation = await this.#stagedIsolation.of(asTheyHaveIt, async () => {
			const { source } = await this.#deployments.script(deployment.id, version);
			return source;
		});
		return { staged: { ...addressOf(deployment, version), ...isolation } };
	}

	/** Id of the deployment that an address means; undefined where it means none, or several. */
	async meant(wanted: Wanted): Promise<string | undefined> {
		return (await this.#choose(wanted)).found?.id;
	}

	/** Who may frame the panel: the deployment's own list and the organization's. */
	async hostsOf(deployment: Deployment | undefined): Promise<string[]> {
		const own = deployment ? await this.#ownHosts(deployment) : [];
		return [...new Set([...own, ...(await this.#facts.embedAllowList())])];
	}

	/** Its own list; and the console's test page, as long as an administrator tries a script there. */
	async #ownHosts(deployment: Deployment): Promise<string[]> {
		const { allowedOrigins = [] } = deployment.properties;
		const userId = deployment.staged?.userId;
		if (userId === undefined) return allowedOrigins;
		const grants = await this.#facts.grantsOf(userId);
		return triesIt(deployment, { userId, grants }) ? [...allowedOrigins, this.#facts.publicUrl] : allowedOrigins;
	}

	/** Pages that may open a panel by this address: of one that names none, those of the deployment that it means by itself. */
	async embeddersFor(wanted: Wanted): Promise<string[]> {
		const { found } = await this.#choose(wanted);
		return found ? this.hostsOf(found) : this.everyHost();
	}

	/** Who may frame any panel: sign-in happens inside them, before it is known who signs in. */
	async everyHost(): Promise<string[]> {
		const deployments = await this.#deployments.overview();
		const own = await Promise.all(deployments.map((one) => this.#ownHosts(one)));
		return [...new Set([...own.flat(), ...(await this.#facts.embedAllowList())])];
	}

	/**
	 * What a page may do, whose address names a deployment or none. One that has only something to explain, or to choose
	 * from, may be framed by every page that may frame any panel: else the reader would see nothing at all. And a panel
	 * that comes back from sign-in has an address without deployment, whichever it is: it may be framed and load as any panel
	 * may, also where no more than one is meant by such an address.
	 */
	async policyFor(wanted: Wanted): Promise<Omit<PanelPolicyFacts, "panelUrl">> {
		const named = wanted.deployment || wanted.name ? (await this.#choose(wanted)).found : undefined;
		const scripts = named ? [named] : (await this.#deployments.overview()).filter(isActive);
		const sources = await Promise.all(scripts.map((one) => this.#sourcesOf(one)));
		const hosts = named ? await this.hostsOf(named) : await this.everyHost();
		return {
			apiUrl: this.#facts.publicUrl,
			hosts,
			scriptSources: [...new Set(sources.flatMap((one) => one.scripts))],
			connections: sources.some((one) => one.isOpen)
				? "anywhere"
				: [...new Set([...hosts, ...sources.flatMap((one) => one.connections)])],
		};
	}

	/** The policy of the frame in which a deployment's script runs isolated; undefined where there is no such deployment. */
	async isolatedPolicy(id: string, panelUrl: string): Promise<string | undefined> {
		const deployment = await this.#deployments.find(id);
		if (!deployment || !isActive(deployment)) return undefined;
		const [sources, hosts] = await Promise.all([this.#sourcesOf(deployment), this.hostsOf(deployment)]);
		const connections = sources.isOpen ? "anywhere" : sources.connections;
		return isolatedPolicy({ panelUrl, hosts, scriptSources: sources.scripts, connections });
	}

	/** Before it is known who is there, what any version may reach that somebody has. */
	async #sourcesOf(deployment: Deployment): Promise<Sources> {
		const { id, staged } = deployment;
		const sources = await this.#scriptSources.of(deployment, async () => {
			const whole = await this.#deployments.find(id);
			return whole?.properties.frameworkJs;
		});
		if (!staged) return sources;
		const others = await this.#stagedSources.of({ ...deployment, scriptVersion: staged.version }, async () => {
			const { source } = await this.#deployments.script(id, staged.version);
			return source;
		});
		return {
			scripts: [...new Set([...sources.scripts, ...others.scripts])],
			connections: [...new Set([...sources.connections, ...others.connections])],
			isOpen: sources.isOpen,
		};
	}

	/**
	 * The OAuth client of a panel: the first of the script's that this organization knows; else the deployment's own;
	 * else the one that comes with Inlay, so that a script written for another organization still signs in.
	 * @param wanted.clientIds of the script, those for this region or host first
	 */
	async signIn(wanted: { deployment?: string; clientIds: string[] }): Promise<SigninAnswer> {
		const deployment = wanted.deployment ? await this.#deployments.find(wanted.deployment) : undefined;
		const bundled = await this.#facts.bundledClientId();
		for (const id of [...wanted.clientIds, deployment?.properties.clientId, bundled]) {
			const client = id ? await this.#facts.client(id) : undefined;
			if (client) return { ...this.#answer(client), ...substitution(client, wanted.clientIds) };
		}
		return { problem: unknownClient(wanted.clientIds[0] ?? "") };
	}

	#answer(client: PanelClient): SigninAnswer {
		if (!client.active) {
			return {
				problem: {
					code: "client.inactive",
					text: `The OAuth client “${client.name}” is disabled. An administrator can enable it.`,
				},
			};
		}
		if (client.grantType === "CLIENT-CREDENTIALS") return { problem: wrongGrant(client) };
		const redirectUri = this.#registered(client, panelPages);
		if (!redirectUri) return { problem: this.#withoutRedirect(client) };
		const windowRedirectUri = this.#registered(client, [windowPage]);
		return {
			clientId: client.id,
			grant: client.grantType === "TOKEN" ? "token" : "code",
			redirectUri,
			...(windowRedirectUri ? { windowRedirectUri } : {}),
		};
	}

	/** Addresses from before the panel had an origin of its own still lead to it, by a redirect. */
	#registered(client: PanelClient, pages: readonly string[]): string | undefined {
		const { panelUrl, publicUrl } = this.#facts;
		const ours = [panelUrl, publicUrl].flatMap((origin) => pages.map((page) => `${origin}${page}`));
		return ours.find((uri) => client.redirectUris.includes(uri));
	}

	#withoutRedirect(client: PanelClient): BootProblem {
		return {
			code: "client.without.redirect",
			text: `The OAuth client “${client.name}” does not allow this panel as a redirect URI. Add ${this.#facts.panelUrl}${panelPages[0]} to its authorized redirect URIs.`,
		};
	}

	/**
	 * Which of the active private deployments this user means by an address that names none: those for one of their groups,
	 * else those for everybody.
	 */
	async choicesFor(
		principal: Principal,
		access: DeploymentAccess,
		{ local }: Pick<Wanted, "local">,
	): Promise<ChoicesAnswer> {
		const candidates = await this.#candidates(local);
		const verdicts = await Promise.all(candidates.map((one) => access.problem(one, principal)));
		const usable = candidates.filter((_one, at) => verdicts[at] === undefined);
		const own = usable.filter((one) => (one.properties.groups ?? []).length > 0);
		const choices = own.length > 0 ? own : usable;
		if (choices.length > 0) return { choices: choices.map(bootView) };
		return { choices: [], problem: verdicts.find((verdict) => verdict !== undefined) ?? noneActive };
	}

	/** Active private deployments; in local mode those that allow development, where there are any. */
	async #candidates(local: boolean | undefined): Promise<Deployment[]> {
		const active = (await this.#deployments.overview()).filter((one) => isPrivate(one) && isActive(one));
		const open = local ? active.filter((one) => one.properties.development === true) : [];
		return open.length > 0 ? open : active;
	}

	async #choose(wanted: Wanted): Promise<{ found?: Deployment; choices?: Deployment[]; problem?: BootProblem }> {
		if (wanted.deployment || wanted.name) {
			const found = await this.#named(wanted);
			return found
				? { found, problem: stateProblem(found) }
				: { problem: noDeployment(wanted.deployment ?? wanted.name ?? "") };
		}
		const active = await this.#candidates(wanted.local);
		if (active.length === 0) return { problem: noneActive };
		const [only] = active;
		if (active.length === 1 && only) return { found: only, problem: stateProblem(only) };
		return { choices: active, problem: ambiguous };
	}

	async #named(wanted: { deployment?: string; name?: string }): Promise<Deployment | undefined> {
		if (wanted.deployment) return this.#deployments.find(wanted.deployment);
		const name = wanted.name?.toLowerCase();
		const all = await this.#deployments.overview();
		return all.find((one) => !isPrivate(one) && one.properties.partnerName?.toLowerCase() === name);
	}
}

/**
 * The address changes with the version, so that a panel never runs a stale one. Guards are for isolated ones, too: not every
 * browser gives a frame a thread of its own.
 */
function addressOf({ id, properties }: Deployment, version: number) {
	const guards = properties.withoutGuards ? "" : `&guards=${guardsVersion}`;
	return { url: `/crm/deployments/${id}/framework.js?v=${version}${guards}`, version };
}

const noneActive: BootProblem = {
	code: "deployment.not.found",
	text: "No private deployment is active. An administrator can install one under Integrations and activate it.",
};

const ambiguous: BootProblem = {
	code: "deployment.ambiguous",
	text: "Several deployments are active and the address names none. Choose one, or add ?deployment=<id> to the address.",
};

export function noDeployment(wanted: string): BootProblem {
	return {
		code: "deployment.not.found",
		text: `There is no deployment ${wanted}. Check the address with your administrator.`,
	};
}

/** Such a client has no redirect URIs, and adding one would not help. */
function wrongGrant({ name }: PanelClient): BootProblem {
	return {
		code: "client.wrong.grant",
		text: `The OAuth client “${name}” is for programs (client credentials). Put the id of one with the grant Code Authorization into config.clientIds.`,
	};
}

function unknownClient(id: string): BootProblem {
	return {
		code: "client.unknown",
		text: `framework.js names the OAuth client ${id || "(none)"}, which this organization does not have. Put the id of an OAuth client into config.clientIds.`,
	};
}

/** A script whose clients are not there signs in all the same (decision 8), and is told by which one. */
function substitution({ id, name }: PanelClient, named: readonly string[]): Pick<SigninAnswer, "note"> {
	if (named.length === 0 || named.includes(id)) return {};
	const note = `framework.js names the OAuth client ${named[0]}, which this organization does not have: agents sign in with “${name}” (${id}) instead. Put that id into config.clientIds, or leave clientIds away.`;
	return { note };
}

function bootView(deployment: Deployment): BootDeployment {
	return {
		id: deployment.id,
		name: deployment.name,
		kind: isPrivate(deployment) ? "private" : "public",
		active: isActive(deployment),
		...switchesOn(deployment.properties),
	};
}

/** The switches that a panel has to know of, those alone that are on. */
function switchesOn(properties: Deployment["properties"]): Partial<BootDeployment> {
	const { development, directMessages, quietChanges, preserveAttributeCase, pageCompatibility, withoutGuards } =
		properties;
	const all = { development, directMessages, quietChanges, preserveAttributeCase, pageCompatibility, withoutGuards };
	return Object.fromEntries(Object.entries(all).filter(([, on]) => on === true));
}
