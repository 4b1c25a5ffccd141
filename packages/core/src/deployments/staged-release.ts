import type { Trx } from "../kernel/database/database.ts";
import type { Actor } from "../kernel/events/event-log.ts";
import { ApiError, notFound } from "../kernel/http/api-error.ts";
import { divisionsWith, type Principal } from "../kernel/principal.ts";
import type { Configured, Deployments } from "./deployments.ts";
import type { Deployment, StagedRelease } from "./model.ts";

/** What whoever changes a release has seen of it. */
export interface Seen {
	/** The version that some groups have first until now; absent: none. */
	replaces?: number | undefined;
}

/** Who gets a version first: some groups, or one person alone, who tries it. */
export interface StageInput extends Seen {
	groups?: readonly string[] | undefined;
	userId?: string | undefined;
}

const mostGroups = 100;

/** A version of framework.js for some groups first, then for everybody, or for nobody any more (decision 57). */
export class StagedReleases {
	readonly #deployments: Deployments;

	constructor(deployments: Deployments) {
		this.#deployments = deployments;
	}

	/**
	 * Keeps a script as a new version, for the members of some groups.
	 * @throws ApiError 400 `invalid.property`, 404, 409 `version.conflict`, `script.for.everybody`, 413
	 */
	upload(id: string, source: string, input: StageInput, actor?: Actor): Promise<Configured> {
		return this.#stage(id, input, actor, source);
	}

	/** Gives a version that has been uploaded to some groups; throws as {@link StagedReleases.upload} does. */
	async stage(id: string, version: number, input: StageInput, actor?: Actor): Promise<Configured> {
		await this.#deployments.script(id, version);
		return this.#stage(id, input, actor, version);
	}

	/**
	 * Keeps a script as a new version for everybody, which ends what some had first.
	 * @throws ApiError 400 `invalid.property`, 404, 409 `version.conflict` where another one is staged than was seen, 413
	 */
	uploadForEverybody(id: string, source: string, seen: Seen, actor?: Actor): Promise<Configured> {
		return this.#deployments.changeRelease(id, { source, actor }, async (_trx, deployment, uploaded) => {
			requireStaged(id, deployment.staged, seen.replaces);
			return {
				properties: { ...deployment.properties, frameworkJs: source },
				...(uploaded === undefined ? {} : { scriptVersion: uploaded }),
				// Also where everybody has that text already, and no new version comes of it.
				staged: undefined,
			};
		});
	}

	/** Makes an earlier upload everybody's again, as a new version; throws as {@link StagedReleases.uploadForEverybody}. */
	async restore(id: string, version: number, seen: Seen, actor?: Actor): Promise<Configured> {
		const { source } = await this.#deployments.script(id, version);
		return this.uploadForEverybody(id, source, seen, actor);
	}

	/** Gives the staged version to everybody. @throws ApiError 409 `version.conflict` where another, or none, is staged */
	async release(id: string, version: number, actor?: Actor): Promise<Configured> {
		const { source } = await this.#deployments.script(id, version);
		return this.#deployments.changeRelease(id, { actor }, async (_trx, { staged, properties }) => {
			requireStaged(id, staged, version);
			return { properties: { ...properties, frameworkJs: source }, scriptVersion: version };
		});
	}

	/** Takes the staged version back: its groups have what everybody has. @throws as {@link StagedReleases.release} */
	withdraw(id: string, version: number, actor?: Actor): Promise<Configured> {
		return this.#deployments.changeRelease(id, { actor }, async (_trx, { staged }) => {
			requireStaged(id, staged, version);
			return { staged: undefined };
		});
	}

	#stage(
		id: string,
		{ groups = [], userId, replaces }: StageInput,
		actor: Actor | undefined,
		what: string | number,
	): Promise<Configured> {
		const wanted = [...new Set(groups)];
		if (userId !== undefined && wanted.length > 0)
			throw badGroups("go without forMe: one person tries it, or groups have it.");
		if (userId === undefined && wanted.length === 0)
			throw badGroups("name no group. Without any, release the script to everybody.");
		if (wanted.length > mostGroups) throw badGroups(`name ${wanted.length} groups; ${mostGroups} are the most.`);
		const source = typeof what === "string" ? { source: what } : {};
		// Who ends holds their row before they end what is theirs: so it is held here before the deployment is.
		const before = async (trx: Trx) => {
			if (userId !== undefined && !(await this.#deployments.isHeldActive(trx, userId))) throw nobody();
		};
		return this.#deployments.changeRelease(id, { ...source, actor, before }, async (trx, deployment, uploaded) => {
			const version = typeof what === "number" ? what : uploaded;
			if (deployment.scriptVersion === undefined) throw noneForEverybody();
			requireStaged(id, deployment.staged, replaces);
			if (version === undefined || version === deployment.scriptVersion) throw everybodyHasIt(version);
			const standing = await this.#deployments.holdGroups(trx, wanted);
			const gone = wanted.filter((group) => !standing.has(group));
			if (gone.length > 0) throw badGroups(`name groups that do not exist: ${gone.slice(0, 5).join(", ")}.`);
			return { staged: { version, groups: wanted, ...(userId === undefined ? {} : { userId }) } };
		});
	}
}

/** Somebody of whom it is asked which version is theirs. */
interface Whoever extends Pick<Principal, "grants"> {
	groups: readonly string[];
	userId?: string | undefined;
}

/** Who may give a version to anybody; asked anew at each use, of whoever tries one. */
export const stagingPermission = "integrations:integration:edit";

/** The version that somebody has. */
export function versionFor(deployment: Deployment, { groups, ...who }: Whoever): number | undefined {
	const { scriptVersion, staged } = deployment;
	const isTheirs = staged?.groups.some((group) => groups.includes(group)) || triesIt(deployment, who);
	return isTheirs ? staged?.version : scriptVersion;
}

/** Whether this person alone tries a version of it, as long as they may release it to everybody. */
export function triesIt({ staged }: Deployment, { userId, grants }: Omit<Whoever, "groups">): boolean {
	return userId !== undefined && staged?.userId === userId && divisionsWith({ grants }, [stagingPermission]) === "all";
}

/** Another script for everybody, or none, ends what some had before them. */
export function withoutSuperseded(before: Deployment, after: Deployment): Deployment {
	return after.scriptVersion === before.scriptVersion ? after : { ...after, staged: undefined };
}

/**
 * The staged release without a group that is deleted; undefined where it does not name the group.
 * @throws ApiError 409 `group.in.use` where this group alone has it
 */
export function stageWithout({ staged, name }: Deployment, groupId: string): StagedRelease | undefined {
	if (!staged?.groups.includes(groupId)) return undefined;
	const groups = staged.groups.filter((one) => one !== groupId);
	if (groups.length > 0) return { ...staged, groups };
	throw new ApiError(
		409,
		"group.in.use",
		"This group alone has version {version} of framework.js in {deployments}. Release that version to everybody, or withdraw it, first.",
		{
			params: { deployments: name, version: String(staged.version) },
			entityId: groupId,
			entityName: "group",
		},
	);
}

/** @param version the one that whoever asks has seen; undefined: none */
function requireStaged(id: string, staged: StagedRelease | undefined, version: number | undefined): void {
	if (staged?.version !== version) throw stageConflict(id, staged?.version);
}

function stageConflict(id: string, staged: number | undefined): ApiError {
	const now = staged === undefined ? "No version of framework.js is" : "Version {staged} of framework.js is";
	return new ApiError(
		409,
		"version.conflict",
		`${now} with some groups first now: somebody else has changed that meanwhile. Look again.`,
		{ params: { staged: String(staged ?? "") }, entityId: id, entityName: "integration" },
	);
}

function noneForEverybody(): ApiError {
	return new ApiError(
		409,
		"script.for.nobody",
		"There is no framework.js for everybody yet. Release one to everybody first; the next one can go to some groups before.",
	);
}

function everybodyHasIt(version: number | undefined): ApiError {
	if (version === undefined) throw notFound("framework.js version", "");
	return new ApiError(409, "script.for.everybody", "Everybody has version {version} of framework.js already.", {
		params: { version: String(version) },
	});
}

/** Who asks has just been deactivated or deleted. */
function nobody(): ApiError {
	return new ApiError(400, "invalid.property", "forMe: your account is not active any more.", {
		details: [{ errorCode: "invalid.property", fieldName: "forMe" }],
	});
}

function badGroups(text: string): ApiError {
	return new ApiError(400, "invalid.property", `groups: ${text}`, {
		details: [{ errorCode: "invalid.property", fieldName: "groups" }],
	});
}
