import { createHash, randomUUID } from "node:crypto";
import { isDeepStrictEqual } from "node:util";
import type { LintFinding, LintSwitches } from "@inlay/framework";
import type { Trx } from "../kernel/database/database.ts";
import type { Referrer } from "../kernel/database/references.ts";
import type { Kernel } from "../kernel/domain.ts";
import type { Actor } from "../kernel/events/event-log.ts";
import { ApiError, alreadyExists, notFound, versionConflict } from "../kernel/http/api-error.ts";
import { lookAlike } from "../kernel/look-alikes.ts";
import { readName } from "../kernel/names.ts";
import type { UserEnding } from "../users/endings.ts";
import { changedReach, deploymentEvent, type ScriptChange, scriptChanged } from "./events.ts";
import { type Examined, examineScript, lintSwitches } from "./lint-script.ts";
import type { Deployment, DeploymentProperties, IntendedState, ScriptSummary, ScriptVersion } from "./model.ts";
import { badProperty, checkProperties, checkScript, type PropertyFacts, partnerNameTaken } from "./properties.ts";
import { stageWithout, withoutSuperseded } from "./staged-release.ts";
import type { DeploymentStore } from "./store.ts";
import { integrationType } from "./types.ts";
import { refuseUnread } from "./unread.ts";

/** `IntegrationConfiguration` as it is sent. */
export interface ConfigurationInput {
	name: string;
	version: number;
	properties: Record<string, unknown>;
	advanced: Record<string, unknown>;
	notes: string;
	credentials: Record<string, unknown>;
}

/** What the rest of the organization tells deployments. */
export interface DeploymentFacts {
	unknownGroups(ids: string[]): Promise<string[]>;
	clientExists(clientId: string): Promise<boolean>;
	/** Those of the groups that stand, and stay until the transaction ends. */
	holdGroups(trx: Trx, ids: readonly string[]): Promise<ReadonlySet<string>>;
	/** The same of active users. */
	holdUsers(trx: Trx, ids: readonly string[]): Promise<ReadonlySet<string>>;
	/** The same of OAuth clients. */
	holdClients(trx: Trx, ids: readonly string[]): Promise<ReadonlySet<string>>;
}

/** As it is from now on, and what is worth a look in a script that came with it. */
export interface Configured {
	deployment: Deployment;
	findings?: readonly LintFinding[];
}

/** Deployments of the agent client: installing, configuring with versions, switching on and off. */
export class Deployments {
	readonly #kernel: Kernel;
	readonly #store: DeploymentStore;
	readonly #facts: DeploymentFacts;

	constructor(kernel: Kernel, store: DeploymentStore, facts: DeploymentFacts) {
		this.#kernel = kernel;
		this.#store = store;
		this.#facts = facts;
	}

	all(): Promise<Deployment[]> {
		return this.#store.all();
	}

	/** For everything but showing scripts: their texts are left out. */
	overview(): Promise<Deployment[]> {
		return this.#store.allWithoutScripts();
	}

	/** Highest number of all uploads, by the deployment's id; nothing of those without any. */
	newestScripts(): Promise<ReadonlyMap<string, number>> {
		return this.#store.newestScripts();
	}

	find(id: string): Promise<Deployment | undefined> {
		return this.#store.find(id);
	}

	/** @throws ApiError 404 */
	async get(id: string): Promise<Deployment> {
		const deployment = await this.#store.find(id);
		if (!deployment) throw notFound("integration", id);
		return deployment;
	}

	/**
	 * Installs a deployment, switched off and unconfigured, at configuration version 1.
	 * @throws ApiError 400 `max.integrations.reached` also when several are installed at once
	 */
	async install(input: { id?: string; name: string; typeId: string }, actor?: Actor): Promise<Deployment> {
		const type = integrationType(input.typeId);
		const name = readName(input.name);
		return this.#kernel.database.change(async (trx) => {
			const installed = await this.#store.countForInstall(trx, type.id);
			if (type.maxInstances !== undefined && installed >= type.maxInstances)
				throw tooMany(type.name, type.maxInstances);
			if (actor) await this.#refuseTakenName(trx, name);
			const now = this.#kernel.clock.now();
			const deployment: Deployment = {
				id: input.id ?? randomUUID(),
				typeId: type.id,
				name,
				notes: "",
				intendedState: "DISABLED",
				version: 1,
				revision: 1,
				properties: {},
				advanced: {},
				credentials: {},
				createdAt: now,
				updatedAt: now,
			};
			await this.#store.add(trx, deployment);
			await this.#kernel.events.append(trx, [deploymentEvent("installed", deployment, actor)]);
			return deployment;
		});
	}

	/**
	 * Replaces the configuration. A new framework.js becomes a new version of the script.
	 * @throws ApiError 409 `version.conflict`, 400 `invalid.property`, `not.supported`, 413, 404
	 */
	async configure(id: string, input: ConfigurationInput, actor?: Actor): Promise<Deployment> {
		return (await this.configureExamined(id, input, actor)).deployment;
	}

	/** The same, for who reads what the linter says. */
	async configureExamined(id: string, input: ConfigurationInput, actor?: Actor): Promise<Configured> {
		const before = await this.get(id);
		refuseUnread(before, input);
		const { properties, findings } = await checkProperties(
			input.properties,
			this.#propertyFacts(before),
			before.properties,
			(source) => this.#examine(source, lintSwitches(input.properties), actor),
		);
		const changed = await this.#change(id, "configured", actor, async (trx, deployment) => {
			if (input.version !== deployment.version) {
				throw versionConflict("integration configuration", id, input.version, deployment.version);
			}
			const name = readName(input.name, { before: deployment.name });
			if (actor && name !== deployment.name) await this.#refuseTakenName(trx, name, id);
			await this.#requireReferred(trx, deployment.properties, properties);
			const scriptVersion = await this.#keepScript(trx, deployment, properties.frameworkJs, actor);
			const { advanced, notes, credentials } = input;
			const version = deployment.version + 1;
			return { ...deployment, name, notes, properties, advanced, credentials, version, scriptVersion };
		});
		return { deployment: changed, ...(findings ? { findings } : {}) };
	}

	#examine(source: string, switches: LintSwitches, actor: Actor | undefined): Promise<Examined> {
		const who = actor?.userId ?? actor?.clientId ?? "";
		const clientExists = (clientId: string) => this.#facts.clientExists(clientId);
		return examineScript(source, { who, clientExists, switches });
	}

	/**
	 * Switched off, it lets nobody in; panels that are open stay until their agents have finished what they have in hand
	 * (`client/src/boot/closing.ts`).
	 * @param seen the revision that the caller has seen @throws ApiError 409 `version.conflict`, 404
	 */
	switch(id: string, intendedState: IntendedState, actor?: Actor, seen?: number): Promise<Deployment> {
		const changed = { intendedState, closed: false };
		return this.#change(id, "switched", actor, async (_trx, deployment) => {
			requireSeen(deployment, seen);
			return { ...deployment, ...changed };
		});
	}

	/** Switches it off for everybody at once: whoever has something in hand loses the panel, too. */
	close(id: string, actor?: Actor): Promise<Deployment> {
		const changed = { intendedState: "DISABLED", closed: true } as const;
		return this.#change(id, "switched", actor, async (_trx, deployment) => ({ ...deployment, ...changed }));
	}

	/** @param seen as for {@link switch} @throws ApiError 409 `version.conflict`, 404 */
	async remove(id: string, actor?: Actor, seen?: number): Promise<Deployment> {
		return this.#kernel.database.change(async (trx) => {
			const deployment = await this.#store.lock(trx, id);
			if (!deployment) throw notFound("integration", id);
			requireSeen(deployment, seen);
			await this.#store.remove(trx, id);
			await this.#kernel.events.append(trx, [deploymentEvent("removed", deployment, actor)]);
			return deployment;
		});
	}

	/**
	 * A group is deleted, whose row is held: no configuration names it any more. One that is for this group alone would be
	 * open to nobody, or by an empty list to everybody: so the group stays until its administrator has said which.
	 * @param options.opens they have: such a deployment is for everybody from then on
	 * @throws ApiError 409 `group.in.use` naming such deployments, or one with a version of framework.js that this group alone has
	 */
	async releaseGroup(trx: Trx, groupId: string, options: { actor?: Actor; opens?: boolean }): Promise<void> {
		try {
			await this.#withoutGroup(trx, groupId, options);
		} catch (error) {
			if (error instanceof ApiError && error.code === "group.in.use") {
				const refused = { event: "access.refused", code: error.code, groupId, ...options.actor };
				this.#kernel.operators.warn(refused, "a group that deployments are for was not deleted");
			}
			throw error;
		}
	}

	async #withoutGroup(
		trx: Trx,
		groupId: string,
		{ actor, opens = false }: { actor?: Actor; opens?: boolean },
	): Promise<void> {
		const alone: string[] = [];
		for (const id of await this.#store.naming(trx, groupId)) {
			const deployment = await this.#store.lock(trx, id);
			if (!deployment) continue;
			const staged = stageWithout(deployment, groupId);
			const { groups: named = [] } = deployment.properties;
			const groups = named.filter((one) => one !== groupId);
			if (named.length > 0 && groups.length === 0 && !opens) alone.push(deployment.name);
			if (alone.length > 0) continue;
			const properties = groups.length === named.length ? deployment.properties : { ...deployment.properties, groups };
			const counted = { version: deployment.version + 1, revision: deployment.revision + 1 };
			const at = { ...counted, updatedAt: this.#kernel.clock.now() };
			const after = { ...deployment, ...(staged ? { staged } : {}), properties, ...at };
			await this.#store.save(trx, after);
			await this.#kernel.events.append(trx, [deploymentEvent("configured", after, actor)]);
		}
		if (alone.length > 0) throw groupInUse(groupId, alone);
	}

	/** Uploads of a deployment, the newest first. */
	async scripts(id: string): Promise<ScriptSummary[]> {
		await this.get(id);
		return this.#store.scripts(id);
	}

	findScript(id: string, version: number): Promise<ScriptVersion | undefined> {
		return this.#store.script(id, version);
	}

	/** @throws ApiError 404 */
	async script(id: string, version: number): Promise<ScriptVersion> {
		const script = await this.findScript(id, version);
		if (!script) throw notFound("framework.js version", `${id}/${version}`);
		return script;
	}

	/**
	 * Another version of framework.js for somebody, in the deployment's own transaction.
	 * @param source of it, where it is new @param before is done before the deployment is held @returns the deployment, and what the linter says of the source
	 */
	async changeRelease(
		id: string,
		release: { source?: string; actor?: Actor | undefined; before?: (trx: Trx) => Promise<void> },
		change: (trx: Trx, deployment: Deployment, uploaded: number | undefined) => Promise<Partial<Deployment>>,
	): Promise<Configured> {
		const { source, actor, before } = release;
		const switches = lintSwitches((await this.get(id)).properties);
		const findings =
			source === undefined ? undefined : await checkScript(source, (text) => this.#examine(text, switches, actor));
		const changed = await this.#change(
			id,
			"configured",
			actor,
			async (trx, deployment) => {
				const uploaded = source === undefined ? undefined : await this.#keepScript(trx, deployment, source, actor);
				const changes = await change(trx, deployment, uploaded);
				return { ...deployment, ...changes, version: deployment.version + 1 };
			},
			before,
		);
		return { deployment: changed, ...(findings ? { findings } : {}) };
	}

	/** Whether the user is active, and stays so until the transaction ends. */
	async isHeldActive(trx: Trx, userId: string): Promise<boolean> {
		return (await this.#facts.holdUsers(trx, [userId])).has(userId);
	}

	/** A user is deactivated or deleted, whose row is held: nobody tries what they alone tried. */
	endTrials: UserEnding = async (trx, userId, actor) => {
		const withdrawn: ScriptChange[] = [];
		for (const id of await this.#store.triedBy(trx, userId)) {
			if ((await this.#store.lock(trx, id))?.staged?.userId !== userId) continue;
			const { script } = await this.#changeIn(trx, id, "configured", actor, async (deployment) => {
				return { ...deployment, staged: undefined, version: deployment.version + 1 };
			});
			if (script) withdrawn.push(script);
		}
		return () => {
			for (const script of withdrawn) this.#tell(script, actor);
		};
	};

	/** Those of the groups that stand, and stay until the transaction ends. */
	holdGroups(trx: Trx, ids: readonly string[]): Promise<ReadonlySet<string>> {
		return this.#facts.holdGroups(trx, ids);
	}

	async #change(
		id: string,
		what: "configured" | "switched",
		actor: Actor | undefined,
		change: (trx: Trx, deployment: Deployment) => Promise<Deployment>,
		before?: (trx: Trx) => Promise<void>,
	): Promise<Deployment> {
		const { after, script } = await this.#kernel.database.change(async (trx) => {
			await before?.(trx);
			return this.#changeIn(trx, id, what, actor, (deployment) => change(trx, deployment));
		});
		if (script) this.#tell(script, actor);
		return after;
	}

	/** @returns with what is to be told after the commit (`#tell`) */
	async #changeIn(
		trx: Trx,
		id: string,
		what: "configured" | "switched",
		actor: Actor | undefined,
		change: (deployment: Deployment) => Promise<Deployment>,
	): Promise<{ after: Deployment; script: ScriptChange | undefined }> {
		const before = await this.#store.lock(trx, id);
		if (!before) throw notFound("integration", id);
		const now = { revision: before.revision + 1, updatedAt: this.#kernel.clock.now() };
		const after = { ...withoutSuperseded(before, await change(before)), ...now };
		await this.#store.save(trx, after).catch((error: unknown) => {
			throw isTakenName(error) ? partnerNameTaken(after.properties.partnerName ?? "") : error;
		});
		const script = scriptChangeOf(before, after);
		await this.#kernel.events.append(trx, [
			deploymentEvent(what, after, actor),
			...(script ? [scriptChanged(script, actor)] : []),
		]);
		return { after, script };
	}

	/**
	 * What the server itself puts in, such as the demo's script, comes with the server and is news to nobody. The script's hash
	 * stands in the event log: a line for operators takes it for a secret.
	 */
	#tell({ sha256: _hash, ...change }: ScriptChange, actor: Actor | undefined): void {
		if (!actor) return;
		this.#kernel.operators.warn({ event: "deployment.script.changed", ...change, ...actor }, scriptChangedText);
	}

	/** Keeps a script as a version of its own if it differs from the current one; returns the current version's number. */
	async #keepScript(
		trx: Trx,
		deployment: Deployment,
		source: string | undefined,
		actor?: Actor,
	): Promise<number | undefined> {
		if (source === undefined || source === "") return undefined;
		if (source === deployment.properties.frameworkJs) return deployment.scriptVersion;
		const version = await this.#store.nextScriptVersion(trx, deployment.id);
		await this.#store.addScript(trx, {
			deploymentId: deployment.id,
			version,
			source,
			sha256: sha256Of(source),
			uploadedBy: actor?.userId,
			uploadedAt: this.#kernel.clock.now(),
		});
		return version;
	}

	/** Administrators tell deployments apart by their names: nobody gives one that looks like another's (configuration guide). */
	async #refuseTakenName(trx: Trx, name: string, ownId?: string): Promise<void> {
		const others = await this.#store.namesForNaming(trx);
		const twin = others.find((other) => other.id !== ownId && lookAlike(other.name, name));
		if (twin) throw alreadyExists("integration", "name", twin.name);
	}

	/** What was there when the properties were checked may have gone since; what is named anew stays from here on. */
	async #requireReferred(trx: Trx, before: DeploymentProperties, after: DeploymentProperties): Promise<void> {
		const groups = (after.groups ?? []).filter((id) => !before.groups?.includes(id));
		const standing = await this.#facts.holdGroups(trx, groups);
		if (groups.some((id) => !standing.has(id))) throw badProperty("groups", "name a group that has just been deleted.");
		const { clientId } = after;
		if (!clientId || clientId === before.clientId) return;
		const clients = await this.#facts.holdClients(trx, [clientId]);
		if (!clients.has(clientId)) throw badProperty("clientId", "names an OAuth client that has just been deleted.");
	}

	/** The deployments that sign people in by an OAuth client. */
	ofClient: Referrer = async (trx, clientId) => {
		const seenBy = { permissions: ["integrations:integration:view"] };
		return (await this.#store.namesOfClient(trx, clientId)).map((what) => ({ what, seenBy }));
	};

	/** A group that the configuration names already, and that has been deleted since, may stay. */
	#propertyFacts({ id, properties: { groups: named = [] } }: Deployment): PropertyFacts {
		return {
			...this.#facts,
			unknownGroups: (ids) => this.#facts.unknownGroups(ids.filter((one) => !named.includes(one))),
			others: async () => (await this.overview()).filter((one) => one.id !== id).map((one) => one.properties),
			partnerNameTaken: async (name) => {
				const wanted = name.toLowerCase();
				return (await this.overview()).some(
					(one) => one.id !== id && one.properties.partnerName?.toLowerCase() === wanted,
				);
			},
		};
	}
}

function requireSeen({ id, revision }: Deployment, seen: number | undefined): void {
	if (seen !== undefined && seen !== revision) throw versionConflict("integration", id, seen, revision);
}

const scriptChangedText = "other code runs in the agents' panels from now on, or may reach other servers";

function scriptChangeOf(before: Deployment, after: Deployment): ScriptChange | undefined {
	const settings = changedReach(before.properties, after.properties);
	const { frameworkJs } = after.properties;
	const forEverybody = frameworkJs !== before.properties.frameworkJs || settings.length > 0;
	if (!forEverybody && isDeepStrictEqual(after.staged, before.staged)) return undefined;
	return {
		deploymentId: after.id,
		name: after.name,
		...(after.scriptVersion === undefined ? {} : { version: after.scriptVersion }),
		...(frameworkJs === undefined ? {} : { sha256: sha256Of(frameworkJs) }),
		...(after.staged ? { staged: after.staged } : {}),
		forEverybody,
		settings,
	};
}

function sha256Of(source: string): string {
	return createHash("sha256").update(source).digest("hex");
}

/** PostgreSQL's unique violation on the partner names. */
function isTakenName(error: unknown): boolean {
	return (error as { constraint?: unknown } | null)?.constraint === "deployments_partner_name";
}

/** 409: the console names the deployments too. */
function groupInUse(groupId: string, names: readonly string[]): ApiError {
	return new ApiError(
		409,
		"group.in.use",
		"Nobody could use {deployments} any more: this group alone may. Give it another group first, or none for everybody.",
		{ params: { deployments: names.join(", ") }, entityId: groupId, entityName: "group" },
	);
}

function tooMany(typeName: string, maximum: number): ApiError {
	return new ApiError(
		400,
		"max.integrations.reached",
		"{maximum} installations of {typeName} are the most that an organization may have. Delete one first.",
		{ params: { typeName, maximum: String(maximum) } },
	);
}
