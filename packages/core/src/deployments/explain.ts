import { permissionMatches } from "@inlay/contract";
import type { ExplainedFeature, ExplainedPanel, ExplainedRow, PermissionSource } from "@inlay/contract/explained";
import { clientIdsIn } from "@inlay/contract/health/sign-in-choice";
import { type FeatureVerdict, panelVerdict, type RowVerdict } from "@inlay/contract/panel-parts";
import { NewestKept } from "../kernel/newest-kept.ts";
import type { GrantedPermission } from "../kernel/principal.ts";
import type { DeploymentAccess } from "./access.ts";
import type { PanelBoot } from "./boot.ts";
import type { Deployments } from "./deployments.ts";
import { readShownSettings } from "./lint-script.ts";
import type { Deployment } from "./model.ts";
import { versionFor } from "./staged-release.ts";

/** A role that somebody holds, and what it opens. */
export interface HeldRole {
	role: { id: string; name: string };
	permissions: readonly string[];
	group?: { id: string; name: string };
	division: { id: string; name: string };
	/** Whoever asks may see the grant. */
	isTold: boolean;
}

/** Whom it is about. */
export interface ExplainedUser {
	id: string;
	name: string;
	state: string;
	divisionId: string;
}

/** What an explanation asks of the rest of the server. */
export interface ExplainPorts {
	grantsOf(userId: string): Promise<readonly GrantedPermission[]>;
	licensesOf(userId: string): Promise<readonly string[]>;
	/** The groups of which the user is a member. */
	groupsOf(userId: string): Promise<ReadonlyArray<{ id: string; name: string }>>;
	/** The client's name, and what the panel's and the script's tokens open for the user with it. */
	signInWith(clientId: string, userId: string): Promise<SignInFacts | undefined>;
}

export interface SignInFacts {
	name: string;
	/** `null` where scopes are not enforced. */
	panelScopes: readonly string[] | null;
	scriptScopes: readonly string[] | null;
}

/** Settings of scripts that are remembered; others are read again. */
const mostKept = 50;

type ReadSettings = Awaited<ReturnType<typeof readShownSettings>>;

/** What one agent's panel of a deployment shows, by the server's own rules: those that boot, access and tokens go by. */
export class Explanations {
	readonly #deployments: Pick<Deployments, "get" | "script">;
	readonly #access: Pick<DeploymentAccess, "problems">;
	readonly #boot: Pick<PanelBoot, "signIn">;
	readonly #ports: ExplainPorts;
	/** By deployment and version: a script is read once. */
	readonly #settings = new NewestKept<ReadSettings>(mostKept);

	constructor(
		deployments: Pick<Deployments, "get" | "script">,
		access: Pick<DeploymentAccess, "problems">,
		boot: Pick<PanelBoot, "signIn">,
		ports: ExplainPorts,
	) {
		this.#deployments = deployments;
		this.#access = access;
		this.#boot = boot;
		this.#ports = ports;
	}

	/** @param roles what the user holds, as far as whoever asks may be told @param asker for whose sake a script is read */
	async explain(
		deploymentId: string,
		user: ExplainedUser,
		roles: readonly HeldRole[],
		asker: string,
	): Promise<ExplainedPanel> {
		const [found, grants, memberships, licenses] = await Promise.all([
			this.#deployments.get(deploymentId),
			this.#ports.grantsOf(user.id),
			this.#ports.groupsOf(user.id),
			this.#ports.licensesOf(user.id),
		]);
		const groups = memberships.map(({ id }) => id);
		const deployment = await this.#asTheyHaveIt(found, { grants, groups, userId: user.id });
		const [read, client] = await Promise.all([this.#read(deployment, asker), this.#signIn(deployment, user.id)]);
		const obstacles = [
			...(user.state === "active" ? [] : [inactive]),
			...(await this.#access.problems(deployment, { grants, groups, licenses, userId: user.id })),
			...client.problems,
		];
		const verdicts = panelVerdict({
			permissions: grants.map(({ permission }) => permission),
			panelScopes: client.facts?.panelScopes ?? [],
			scriptScopes: client.facts?.scriptScopes ?? [],
			settings: read?.settings,
			// A script may name groups by either.
			groups: memberships.flatMap(({ id, name }) => [id, name]),
			opens: obstacles.length === 0,
		});
		return {
			user,
			deployment: { id: deployment.id, name: deployment.name },
			obstacles,
			...(client.facts ? { client: { id: client.id, name: client.facts.name } } : {}),
			settings: settingsOf(deployment, read),
			features: verdicts.map((verdict) => explained(verdict, roles)),
		};
	}

	/** With the version of framework.js that is theirs. */
	async #asTheyHaveIt(deployment: Deployment, who: Parameters<typeof versionFor>[1]): Promise<Deployment> {
		const version = versionFor(deployment, who);
		if (version === undefined || version === deployment.scriptVersion) return deployment;
		const { source } = await this.#deployments.script(deployment.id, version);
		return { ...deployment, scriptVersion: version, properties: { ...deployment.properties, frameworkJs: source } };
	}

	async #signIn(deployment: Deployment, userId: string) {
		const clientIds = clientIdsIn(deployment.properties.frameworkJs ?? "");
		const { clientId: id = "", problem } = await this.#boot.signIn({ deployment: deployment.id, clientIds });
		const facts = id === "" ? undefined : await this.#ports.signInWith(id, userId);
		return { id, facts, problems: problem ? [problem] : [] };
	}

	async #read({ id, scriptVersion, properties }: Deployment, asker: string): Promise<ReadSettings> {
		if (scriptVersion === undefined || !properties.frameworkJs) return undefined;
		const key = `${id} ${scriptVersion}`;
		const known = this.#settings.get(key);
		if (known) return known;
		const read = await readShownSettings(properties.frameworkJs, asker);
		// What could not be read in time is tried again.
		if (read) this.#settings.set(key, read);
		return read;
	}
}

/** A script that nobody could read, or whose text does not say, may hide anything. */
function settingsOf({ properties }: Deployment, read: ReadSettings): ExplainedPanel["settings"] {
	if (read) return read.isSure ? "read" : "unsure";
	return properties.frameworkJs ? "unsure" : "none";
}

const inactive = {
	code: "user.inactive" as const,
	text: "The account is not active. An administrator can activate it.",
};

function explained({ rows, ...feature }: FeatureVerdict, roles: readonly HeldRole[]): ExplainedFeature {
	return { ...feature, rows: rows.map((row) => explainedRow(row, roles)) };
}

function explainedRow({ row, held, scopes, ...verdict }: RowVerdict, roles: readonly HeldRole[]): ExplainedRow {
	return {
		permissions: [...row.permissions],
		label: row.label,
		sources: held.flatMap((permission) => sourcesOf(permission, roles)),
		scopes: [...scopes],
		...verdict,
	};
}

/** That somebody holds it is told also where by what is not. */
function sourcesOf(permission: string, roles: readonly HeldRole[]): PermissionSource[] {
	const giving = roles.filter(({ permissions }) => permissions.some((one) => permissionMatches(one, permission)));
	const told = giving
		.filter(({ isTold }) => isTold)
		.map(({ role, group, division }) => ({ permission, role, division, ...(group ? { group } : {}) }));
	return told.length > 0 ? told : [{ permission }];
}
