import type { BootProblem } from "@inlay/contract";
import { licensedForPanel } from "@inlay/contract/licenses";
import { holds, type Principal } from "../kernel/principal.ts";
import { type Deployment, isActive } from "./model.ts";
import { triesIt, versionFor } from "./staged-release.ts";
import { isPrivate } from "./views.ts";

/** The permission without which the client does not appear in a private deployment (configuration guide). */
export const agentPermission = "integration:customEmbeddableFramework:agent";

/** What access asks of the users domain. */
export interface GroupDirectory {
	/** Ids of the groups of which the user is a member. */
	groupsOf(userId: string): Promise<string[]>;
	/** Ids of what the user is licensed for. */
	licensesOf(userId: string): Promise<readonly string[]>;
	/** Names of groups, for the sentence that says why not. */
	groupNames(ids: string[]): Promise<string[]>;
}

/** Whether the deployment is for somebody with these grants in these groups, whatever its own state is. */
export function isFor(
	deployment: Deployment,
	{ grants, groups }: Pick<Principal, "grants"> & { groups: readonly string[] },
): boolean {
	return isPermitted(deployment, { grants }) && isInGroups(deployment, groups);
}

function isPermitted(deployment: Deployment, principal: Pick<Principal, "grants">): boolean {
	return !isPrivate(deployment) || holds(principal, agentPermission);
}

/** No group selected means that every user may (configuration guide). */
function isInGroups({ properties: { groups: wanted = [] } }: Deployment, own: readonly string[]): boolean {
	return wanted.length === 0 || own.some((group) => wanted.includes(group));
}

/** Who may use a deployment: by activation, permission, license and group, in this order. */
export class DeploymentAccess {
	readonly #groups: GroupDirectory;

	constructor(groups: GroupDirectory) {
		this.#groups = groups;
	}

	/** Why the principal may not use it; undefined when they may. */
	async problem(deployment: Deployment, principal: Principal): Promise<BootProblem | undefined> {
		return (await this.verdict(deployment, principal)).problem;
	}

	/**
	 * Why the principal may not use it, where they may not, and the version of framework.js that is theirs, where there is one.
	 * A deployment that is the same to all groups asks for nobody's.
	 */
	async verdict(deployment: Deployment, principal: Principal): Promise<{ problem?: BootProblem; script?: number }> {
		const { grants, userId } = principal;
		const asksForGroups = (deployment.properties.groups ?? []).length > 0 || deployment.staged !== undefined;
		const groups = asksForGroups && userId ? await this.#groups.groupsOf(userId) : [];
		const problem =
			stateProblem(deployment) ??
			permissionProblem(deployment, { grants }) ??
			(userId ? licenseProblem(await this.#groups.licensesOf(userId)) : undefined) ??
			// Who tries a script that they may release to everybody need not be one of its agents.
			(triesIt(deployment, { grants, userId }) ? undefined : await this.#groupProblem(deployment, groups));
		const script = versionFor(deployment, { grants, groups, userId });
		return { ...(problem ? { problem } : {}), ...(script === undefined ? {} : { script }) };
	}

	/** All that keeps somebody with these grants in these groups from using it, in the order in which it is put right. */
	async problems(
		deployment: Deployment,
		who: Pick<Principal, "grants" | "userId"> & Record<"groups" | "licenses", readonly string[]>,
	): Promise<BootProblem[]> {
		const { grants, groups, licenses, userId } = who;
		const found = [
			stateProblem(deployment),
			permissionProblem(deployment, { grants }),
			licenseProblem(licenses),
			triesIt(deployment, { grants, userId }) ? undefined : await this.#groupProblem(deployment, groups),
		];
		return found.flatMap((one) => one ?? []);
	}

	async #groupProblem(deployment: Deployment, own: readonly string[]): Promise<BootProblem | undefined> {
		if (isInGroups(deployment, own)) return undefined;
		const names = (await this.#groups.groupNames(deployment.properties.groups ?? [])).join(", ");
		return {
			code: "user.not.in.group",
			text: names
				? `“${deployment.name}” is for members of ${names}, and you are not one. Ask your administrator to add you to the group.`
				: `“${deployment.name}” is for members of groups that no longer exist. Ask your administrator to select others.`,
		};
	}
}

/** What keeps a deployment from opening for anybody. */
export function stateProblem(deployment: Deployment): BootProblem | undefined {
	if (!isActive(deployment)) {
		return {
			code: "deployment.inactive",
			text: `“${deployment.name}” is switched off. An administrator can activate it under Integrations.`,
			...(deployment.closed ? { now: true } : {}),
		};
	}
	if (deployment.scriptVersion !== undefined) return undefined;
	return {
		code: "deployment.without.script",
		text: `“${deployment.name}” has no framework.js yet. An administrator can upload one in its configuration.`,
	};
}

function permissionProblem(deployment: Deployment, principal: Pick<Principal, "grants">): BootProblem | undefined {
	if (isPermitted(deployment, principal)) return undefined;
	return {
		code: "user.without.permission",
		text: "You lack the permission Integration > Custom Embeddable Framework > Agent. Ask your administrator for a role that has it.",
	};
}

/** "Per-user licenses for Genesys Cloud (Communicate or higher)" (configuration guide, "Prerequisites"). */
function licenseProblem(held: readonly string[]): BootProblem | undefined {
	if (licensedForPanel(held)) return undefined;
	return {
		code: "user.without.license",
		text: "Your account lacks the license that agents need: Communicate or higher. Ask your administrator to set it.",
	};
}
