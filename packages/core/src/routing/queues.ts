import { randomUUID } from "node:crypto";
import type { Db, Trx } from "../kernel/database/database.ts";
import { derived } from "../kernel/database/derived.ts";
import { RememberedById } from "../kernel/database/remembered-by-id.ts";
import { RememberedTotals } from "../kernel/database/remembered-totals.ts";
import type { Kernel } from "../kernel/domain.ts";
import type { Actor, LoggedEvent } from "../kernel/events/event-log.ts";
import { ApiError, badField, notFound, versionConflict } from "../kernel/http/api-error.ts";
import { readName } from "../kernel/names.ts";
import { type Asker, type Use, usesParams } from "../kernel/sight.ts";
import { queueChanged } from "./events.ts";
import type { UtilizationLabels } from "./labels.ts";
import { memberStore } from "./member-store.ts";
import { createMemberships, type Memberships } from "./memberships.ts";
import { createMoving } from "./moving.ts";
import { chosenDivision, type DivisionDirectory, divisionIdOf, type People, type ReferredScripts } from "./ports.ts";
import type { CountedQueue, MemberCounts, Queue, QueueInput } from "./queue-model.ts";
import {
	callAlertingSeconds,
	defaultQueueSettings,
	queueSettings,
	skillsRemovedBy,
	withoutSkill,
} from "./queue-rules.ts";
import {
	type QueueFilter,
	queueNames,
	queueStore,
	queuesInDivisions,
	referredQueues,
	type Slice,
} from "./queue-store.ts";
import type { RoutingStatuses } from "./routing-status.ts";
import type { Abilities } from "./skills.ts";
import { isUniqueViolation } from "./unique.ts";
import type { WrapupCode } from "./wrapup-model.ts";
import { queueCodeStore } from "./wrapup-store.ts";

export type JoinableQueue = CountedQueue & { joined: boolean };

/** Queues, who works in them and how their work ends. */
export interface Queues extends Memberships {
	/** @param db the transaction in which the caller is, if it is in one */
	get(queueId: string, db?: Db): Promise<Queue | undefined>;
	/** @throws ApiError 404 `not.found` */
	require(queueId: string): Promise<Queue>;
	/** By id, from memory where they are known; who does not exist is left out. Not within a transaction. */
	all(queueIds: readonly string[]): Promise<Map<string, Queue>>;
	/** With how many work in it, which is asked for showing it alone. Not within a transaction. */
	counted(queue: Queue): Promise<CountedQueue>;
	/** By name. */
	list(filter: QueueFilter, slice?: Slice): Promise<{ queues: JoinableQueue[]; total: number }>;
	/** The queues that a user is a member of, by name. */
	queuesOfUser(userId: string, joined?: boolean): Promise<JoinableQueue[]>;
	/**
	 * In the home division unless the input names another.
	 * @throws ApiError 409 `general.conflict` when the name is taken, 400 `invalid.value`
	 */
	create(input: QueueInput, actor: Actor): Promise<Queue>;
	/**
	 * What the input leaves away stays, `null` clears.
	 * @param version the one that the caller has seen @throws ApiError 409 `version.conflict`
	 */
	update(queueId: string, input: QueueInput, actor: Actor, version?: number): Promise<Queue>;
	/** Those of the queues that stand, held so until the transaction ends: for what keeps their ids. */
	hold(trx: Trx, queueIds: readonly string[]): Promise<ReadonlySet<string>>;
	/** Ids of all members' users, joined or not, as the transaction sees it. */
	everyMember(trx: Trx, queueId: string): Promise<string[]>;
	/** The same, as it is now. */
	memberIds(queueId: string): Promise<string[]>;
	/** Registers what leads into a queue, and ends with it. */
	onRemove(ending: QueueEnding): void;
	/**
	 * @throws ApiError 409 `general.conflict` while an interaction that came through it is under way, or while it has members
	 * or a number leads into it, unless forced; `version.conflict`
	 */
	remove(queueId: string, actor: Actor, options?: QueueRemoval): Promise<void>;
	/** The wrap-up codes that may be given in the queue, by name. */
	wrapupCodesOf(queueId: string): Promise<WrapupCode[]>;
	/** @throws ApiError 404 `not.found` for an unknown code: then none is added */
	/** @param mayUse refuses a code that is not the caller's to use */
	addWrapupCodes(
		queueId: string,
		codeIds: string[],
		actor: Actor,
		mayUse?: (code: WrapupCode) => void,
	): Promise<WrapupCode[]>;
	removeWrapupCode(queueId: string, codeId: string, actor: Actor): Promise<void>;
}

/** How a queue is deleted. */
interface QueueRemoval {
	force?: boolean;
	/** The one that the wish is based on. */
	version?: number;
	/** Reads by name what they may see; the server itself where absent. */
	asker?: Asker;
}

/** What another domain lets lead into a queue. Asked in the transaction that deletes the queue, in which it is held. */
export interface QueueEnding {
	/** The numbers and addresses by which one comes into the queue: they keep it from being deleted unless that is forced. */
	numbersInto(trx: Trx, queueId: string): Promise<readonly Use[]>;
	/** What works for the queue, and stands still without one: it keeps it, too, unless that is forced. */
	workingFor?(trx: Trx, queueId: string): Promise<readonly Use[]>;
	/** Takes them out of service with the queue. */
	endQueue(trx: Trx, queueId: string): Promise<void>;
}

export interface QueueDeps {
	users: People;
	authorization: DivisionDirectory;
	routingStatus: RoutingStatuses;
	/** What rings may do without; none is known unless told. */
	skills?: Pick<Abilities, "hold" | "onRemove">;
	/** By which utilization tells interactions apart; none is known unless told. */
	labels?: Pick<UtilizationLabels, "hold" | "onRemove">;
	/** Scripts that agents follow, by which a queue's interactions are shown. */
	scripts?: ReferredScripts;
}

export function createQueues(kernel: Kernel, deps: QueueDeps): Queues {
	const { database, events, clock } = kernel;
	const store = queueStore(database.db);
	const codes = queueCodeStore;
	const remembered = new RememberedById(
		async (ids) => new Map((await store.find(database.db, ids)).map((queue) => [queue.id, queue])),
		kernel.feed,
		(event) => (event.type === "queue.member.changed" ? undefined : queueOf(event)),
	);
	// A page of queues would count thousands of members, most of them as they were a moment ago.
	const memberCounts = new RememberedById(store.memberCounts, kernel.feed, queueOf);
	const totals = new RememberedTotals(kernel.feed, (event) => event.entityType === "queue");
	const endings: QueueEnding[] = [];
	const membersChanged = (queueId: string) => {
		memberCounts.forget(queueId);
		totals.forget();
	};
	const changed = (queueId: string) => {
		remembered.forget(queueId);
		membersChanged(queueId);
	};
	deps.authorization.divisions.addCounter("QUEUE", queuesInDivisions);
	const moving = createMoving<Queue>(kernel, deps.authorization, {
		...{ entity: "queue", permission: "routing:queue:edit", lock: store.lock },
		async save(trx, queue, actor) {
			await store.update(trx, queue);
			await events.append(trx, [queueChanged(queue, "updated", actor)]);
		},
		moved: (ids) => ids.forEach(changed),
	});
	deps.authorization.divisions.addMover?.("QUEUE", moving);

	async function require(queueId: string): Promise<Queue> {
		const queue = await remembered.get(queueId);
		if (!queue) throw notFound("queue", queueId);
		return queue;
	}

	/** @param version the one that the caller has seen; a stale one is refused */
	async function locked(trx: Trx, queueId: string, version?: number): Promise<Queue> {
		const queue = await store.lock(trx, queueId);
		if (!queue) throw notFound("queue", queueId);
		if (version !== undefined && version !== queue.version)
			throw versionConflict("queue", queueId, version, queue.version);
		return queue;
	}

	async function create(input: QueueInput, actor: Actor): Promise<Queue> {
		const divisionId = await chosenDivision(deps.authorization, input.division);
		const base = input.sourceQueueId ? (await require(input.sourceQueueId)).settings : defaultQueueSettings;
		const now = clock.now();
		const queue = assembled(
			{ id: randomUUID(), dateCreated: now, ...(actor.userId ? { createdBy: actor.userId } : {}) },
			{ input, settings: queueSettings(input, base), divisionId, now, actor },
		);
		await saving(queue.name, async (trx) => {
			await deps.authorization.divisions.requireStanding(trx, divisionId, "division.id");
			await queueNames.refuseTwin(trx, queue, nameTaken);
			await requireSkills(trx, queue.settings);
			await requireScripts(trx, queue.settings);
			await requireLabel(trx, queue.settings);
			await store.insert(trx, queue);
			await events.append(trx, [queueChanged(queue, "created", actor)]);
		});
		changed(queue.id);
		return queue;
	}

	async function update(queueId: string, input: QueueInput, actor: Actor, version?: number): Promise<Queue> {
		const chosen = divisionIdOf(input.division) ? await chosenDivision(deps.authorization, input.division) : undefined;
		const after = await saving(input.name, async (trx) => {
			const before = await locked(trx, queueId, version);
			if (chosen) await deps.authorization.divisions.requireStanding(trx, chosen, "division.id");
			const queue = assembled(before, {
				input,
				settings: queueSettings(input, before.settings),
				divisionId: chosen ?? before.divisionId,
				now: clock.now(),
				actor,
			});
			await queueNames.refuseTwin(trx, { ...queue, before: before.name }, nameTaken);
			await requireSkills(trx, queue.settings);
			await requireScripts(trx, queue.settings);
			await requireLabel(trx, queue.settings);
			await store.update(trx, queue);
			await events.append(trx, [queueChanged(queue, "updated", actor)]);
			return queue;
		});
		changed(queueId);
		return after;
	}

	/** Rings do without skills that exist. */
	async function requireSkills(trx: Trx, settings: Queue["settings"]): Promise<void> {
		const wanted = skillsRemovedBy(settings);
		if (wanted.length === 0) return;
		const standing = await deps.skills?.hold(trx, wanted);
		const missing = wanted.find((id) => !standing?.has(id));
		if (missing !== undefined)
			throw badField("bullseye.rings", `A ring does without the skill ${missing}, which does not exist.`);
	}

	/** The scripts that it shows exist. */
	async function requireScripts(trx: Trx, { defaultScripts = {} }: Queue["settings"]): Promise<void> {
		const named = Object.entries(defaultScripts);
		const standing = await deps.scripts?.hold(
			trx,
			named.map(([, { id }]) => id),
		);
		const missing = named.find(([, { id }]) => !standing?.has(id));
		if (missing) throw badField(`defaultScripts.${missing[0]}`, `No script with id ${missing[1].id}.`);
	}

	/** What comes in is labelled by what exists. */
	async function requireLabel(trx: Trx, { inlayUtilizationLabel: label }: Queue["settings"]): Promise<void> {
		if (!label || (await deps.labels?.hold(trx, [label.id]))?.has(label.id)) return;
		throw badField("inlayUtilizationLabel.id", `There is no utilization label with the id ${label.id}.`);
	}

	deps.labels?.onRemove({
		hold: async (trx, id) => void (await store.labelling(trx, id)),
		using: async (trx, id) => (await store.labelling(trx, id)).map(asUse),
		async end(trx, id, actor) {
			for (const queue of await store.labelling(trx, id)) {
				const { inlayUtilizationLabel: _gone, ...settings } = queue.settings;
				await store.update(trx, { ...queue, settings, dateModified: clock.now(), version: queue.version + 1 });
				await events.append(trx, [queueChanged(queue, "updated", actor)]);
			}
		},
	});

	deps.scripts?.onRemove(async (trx, id) => (await store.showingScript(trx, id)).map(asUse));

	/** As wrap-up codes are taken from all queues, a skill is. */
	deps.skills?.onRemove({
		hold: async (trx, skillId) => void (await store.removingSkill(trx, skillId)),
		async end(trx, skillId, actor) {
			for (const queue of await store.removingSkill(trx, skillId)) {
				const settings = withoutSkill(queue.settings, skillId);
				await store.update(trx, { ...queue, settings, dateModified: clock.now(), version: queue.version + 1 });
				await events.append(trx, [queueChanged(queue, "updated", actor)]);
			}
		},
	});

	async function remove(
		queueId: string,
		actor: Actor,
		{ force = false, version, asker = "server" }: QueueRemoval = {},
	): Promise<void> {
		await database.change(async (trx) => {
			const queue = await locked(trx, queueId, version);
			const underWay = await store.underWayIn(trx, queueId);
			if (underWay > 0) throw stillHasCalls(queue, underWay);
			if (!force) await requireUnused(trx, queue, asker);
			for (const ending of endings) await ending.endQueue(trx, queueId);
			const members = await memberStore.everyId(trx, queueId);
			await store.delete(trx, queueId);
			await events.append(trx, [queueChanged(queue, "deleted", actor, members)]);
		});
		changed(queueId);
	}

	/** One refusal tells of everything that forcing would take, by name or by number: nobody forces away what they were not told of. */
	async function requireUnused(trx: Trx, queue: Queue, asker: Asker): Promise<void> {
		const numbers: Use[] = [];
		for (const ending of endings) numbers.push(...(await ending.numbersInto(trx, queue.id)));
		const { memberCount } = (await store.memberCounts([queue.id], trx)).get(queue.id) ?? noMembers;
		if (memberCount > 0 || numbers.length > 0) throw stillUsed(queue, memberCount, usesParams(numbers, asker).by);
		const working: Use[] = [];
		for (const ending of endings) working.push(...((await ending.workingFor?.(trx, queue.id)) ?? []));
		if (working.length > 0) throw stillWorkedFor(queue, usesParams(working, asker));
	}

	async function addWrapupCodes(
		queueId: string,
		codeIds: string[],
		actor: Actor,
		mayUse?: (code: WrapupCode) => void,
	): Promise<WrapupCode[]> {
		return database.change(async (trx) => {
			const queue = await locked(trx, queueId);
			const known = await codes.hold(trx, codeIds);
			const missing = codeIds.find((id) => !known.some((code) => code.id === id));
			if (missing !== undefined) throw notFound("wrapupCode", missing);
			for (const code of known) mayUse?.(code);
			await codes.assign(trx, queueId, codeIds);
			await events.append(trx, [queueChanged(queue, "wrapupCodes", actor)]);
			return known;
		});
	}

	async function removeWrapupCode(queueId: string, codeId: string, actor: Actor): Promise<void> {
		await database.change(async (trx) => {
			const queue = await locked(trx, queueId);
			if (!(await codes.unassign(trx, queueId, codeId))) throw notFound("wrapupCode", codeId);
			await events.append(trx, [queueChanged(queue, "wrapupCodes", actor)]);
		});
	}

	/** The same object as long as neither the queue nor its members have changed. */
	const counted = derived((queue: Queue, counts: MemberCounts): CountedQueue => ({ ...queue, ...counts }));

	async function listed(filter: QueueFilter, slice?: Slice): Promise<JoinableQueue[]> {
		const found = await store.list(filter, slice);
		const counts = await memberCounts.all(found.map((queue) => queue.id));
		return found.map((queue) => ({ ...queue, ...(counts.get(queue.id) ?? noMembers) }));
	}

	function saving<T>(name: string, work: (trx: Trx) => Promise<T>): Promise<T> {
		return database.change(work).catch((error: unknown) => {
			throw isUniqueViolation(error, "queues_name") ? nameTaken(name) : error;
		});
	}

	return {
		...createMemberships(kernel, { ...deps, changed: membersChanged }),
		get: (queueId, db = database.db) => store.get(db, queueId),
		require,
		all: (queueIds) => remembered.all(queueIds),
		counted: async (queue) => counted(queue, (await memberCounts.get(queue.id)) ?? noMembers),
		async list(filter, slice) {
			const { divisions, descending: _order, ...rest } = filter;
			const key = { ...rest, divisions: divisions instanceof Set ? [...divisions].sort() : divisions };
			// A queue is given codes without being changed itself: how many have one is counted each time.
			const count = () => store.count(filter);
			const counted = filter.wrapupCodeId === undefined ? totals.of(key, count) : count();
			const [queues, total] = await Promise.all([listed(filter, slice), counted]);
			return { queues, total };
		},
		queuesOfUser: (userId, joined) => listed({ member: { userId, ...(joined === undefined ? {} : { joined }) } }),
		create,
		update,
		hold: referredQueues.hold,
		everyMember: memberStore.everyId,
		memberIds: (queueId) => memberStore.everyId(database.db, queueId),
		onRemove: (ending) => void endings.push(ending),
		remove,
		wrapupCodesOf: (queueId) => codes.of(database.db, queueId),
		addWrapupCodes,
		removeWrapupCode,
	};
}

function asUse({ name, divisionId }: Pick<Queue, "name" | "divisionId">): Use {
	return { what: `the queue ${name}`, seenBy: { permissions: ["routing:queue:view"], divisionId } };
}

const noMembers: MemberCounts = { memberCount: 0, joinedMemberCount: 0 };

/** The queue that an event is about; its members are counted in it. */
function queueOf({ entityType, entityId }: LoggedEvent): string | undefined {
	return entityType === "queue" ? entityId : undefined;
}

type Kept = Pick<Queue, "id" | "dateCreated" | "createdBy" | "description"> & Partial<Queue>;

interface Change {
	input: QueueInput;
	settings: Queue["settings"];
	divisionId: string;
	now: Date;
	actor: Actor;
}

function assembled(kept: Kept, { input, settings, divisionId, now, actor }: Change): Queue {
	const description = input.description === undefined ? kept.description : (input.description ?? undefined);
	return {
		id: kept.id,
		name: readName(input.name, { before: kept.name }),
		...(description === undefined ? {} : { description }),
		divisionId,
		settings,
		alertingTimeoutSeconds: callAlertingSeconds(settings),
		acwSettings: settings.acwSettings,
		dateCreated: kept.dateCreated,
		...(kept.createdBy ? { createdBy: kept.createdBy } : {}),
		dateModified: now,
		...(actor.userId ? { modifiedBy: actor.userId } : {}),
		version: (kept.version ?? 0) + 1,
	};
}

function nameTaken(name: string): ApiError {
	return new ApiError(409, "general.conflict", "A queue with the name {name} exists already; choose another name.", {
		params: { name },
		details: [{ errorCode: "general.conflict", fieldName: "name", entityName: "queue" }],
		entityName: "queue",
	});
}

/** @param numbers as far as who is refused may see them */
function stillUsed({ id, name }: Queue, memberCount: number, numbers: string): ApiError {
	const params = { name, count: String(memberCount), numbers };
	const options = { params, entityId: id, entityName: "queue" };
	return new ApiError(409, "general.conflict", stillUsedText(memberCount > 0, numbers !== ""), options);
}

function stillWorkedFor({ id, name }: Queue, uses: ReturnType<typeof usesParams>): ApiError {
	const options = { params: { name, ...uses }, entityId: id, entityName: "queue" };
	const text =
		"The queue {name} is used by {by}. Give them another queue first, or delete with forceDelete=true, which leaves them without one.";
	return new ApiError(409, "general.conflict", text, options);
}

function stillUsedText(hasMembers: boolean, hasNumbers: boolean): string {
	if (!hasNumbers) {
		return "The queue {name} has members: {count}. Remove them first, or delete with forceDelete=true, which removes them with it.";
	}
	if (!hasMembers) {
		return "Calls to {numbers} lead into the queue {name}. Delete with forceDelete=true to take the numbers out of service with it.";
	}
	return "The queue {name} has members: {count}, and calls to {numbers} lead into it. Deleting with forceDelete=true removes the members from it and takes the numbers out of service.";
}

/** Who waits in a queue, or may come back to it, would wait for ever once it has gone: forced or not. */
function stillHasCalls(queue: Queue, count: number): ApiError {
	return new ApiError(
		409,
		"general.conflict",
		"Interactions that came through the queue {name} are under way, and may come back to it: {count}. Let them end, or end them, first.",
		{ params: { name: queue.name, count: String(count) }, entityId: queue.id, entityName: "queue" },
	);
}
