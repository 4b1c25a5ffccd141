import { permissionMatches } from "@inlay/contract";
import type { Trx } from "../kernel/database/database.ts";
import type { Kernel } from "../kernel/domain.ts";
import type { Actor } from "../kernel/events/event-log.ts";
import { ApiError, badField, notFound } from "../kernel/http/api-error.ts";
import type { GrantedPermission } from "../kernel/principal.ts";
import type { ActivityPart } from "../routing/activity.ts";
import type { DivisionDirectory } from "../routing/ports.ts";
import { activityPart, type RoutingStatuses } from "../routing/routing-status.ts";
import type { EndingUsers } from "../users/endings.ts";
import { createDefinitions, type Definitions } from "./definitions.ts";
import { presenceChanged, presenceWished } from "./events.ts";
import {
	type PresenceDefinition,
	type SystemPresence,
	systemPresenceNamed,
	type UserPresence,
	upperPresence,
	type WishedPresence,
} from "./model.ts";
import { presenceStore, type StoredPresence } from "./store.ts";

/** Needed to be On Queue; the string is inferred from the platform's help (platform-api 5.2, 8 no. 5). */
export const onQueuePermission = "routing:agent:onqueue";

/** Users' presence. */
export interface Presence {
	definitions: Definitions;
	/** Somebody who never set one is Offline. */
	get(userId: string): Promise<UserPresence>;
	find(userIds: readonly string[]): Promise<Map<string, UserPresence>>;
	/** Users who are not Offline. */
	attending(): Promise<string[]>;
	/**
	 * Takes a presence, and with it the routing status that follows (routing/availability.ts). Whoever owes after-call work
	 * and chooses another one for themselves has it wait in `next` until the work is done (agent-features section 1).
	 * @param wanted id of a definition, or a system presence in any spelling; absent: only the message changes
	 * @throws ApiError 404 `not.found`, 400 `invalid.value` for a deactivated one,
	 * 403 `presence.not.authorized.update.on.queue` when the user may not go on queue,
	 * 409 `presence.after.call.work` while the queue wants the whole time for after-call work used
	 */
	set(userId: string, wanted: string | undefined, options: { message?: string; actor: Actor }): Promise<UserPresence>;
	/**
	 * Takes from On Queue who may be there no more; one for whom it waits stays as they are. What they have in hand is theirs
	 * to finish.
	 */
	loseQueue(userId: string): Promise<void>;
	/** Whoever knows of after-call work says so; nobody owes any unless told. */
	useWork(work: AfterCallWork): void;
	/** In the transaction that ends these users' after-call work, their rows held: what they have wished for is taken. */
	workDone(trx: Trx, userIds: readonly string[]): Promise<void>;
}

/** What presence asks of conversations. */
export interface AfterCallWork {
	/** Asked with the user's row held. `forced`: the queue wants the whole time used. */
	owedBy(trx: Trx, userId: string): Promise<"forced" | "owed" | undefined>;
}

export interface PresenceDeps {
	routingStatus: RoutingStatuses;
	authorization: { grantsOf(subjectId: string): Promise<GrantedPermission[]> } & Pick<DivisionDirectory, "divisions">;
	users: EndingUsers;
}

export function createPresence(kernel: Kernel, deps: PresenceDeps): Presence {
	const { database, events, clock } = kernel;
	const { routingStatus } = deps;
	const definitions = createDefinitions(kernel, deps.authorization.divisions);
	let work: AfterCallWork | undefined;

	async function find(userIds: readonly string[]): Promise<Map<string, UserPresence>> {
		const [known, stored] = await Promise.all([definitions.every(), presenceStore.find(database.db, userIds)]);
		return presencesOf(userIds, stored, known);
	}

	async function findIn(trx: Trx, userIds: readonly string[]): Promise<Map<string, UserPresence>> {
		const [known, stored] = await Promise.all([definitions.everyIn(trx), presenceStore.find(trx, userIds)]);
		return presencesOf(userIds, stored, known);
	}

	/** Grants are looked up of the user who would take calls, whoever asks on their behalf. */
	async function requireOnQueue(userId: string): Promise<void> {
		const grants = await deps.authorization.grantsOf(userId);
		if (grants.some((grant) => permissionMatches(grant.permission, onQueuePermission))) return;
		throw new ApiError(
			403,
			"presence.not.authorized.update.on.queue",
			"Going On Queue needs the permission {permissions}.",
			{ params: { permissions: onQueuePermission } },
		);
	}

	routingStatus.activity.addPart("presence", async (trx, userIds) => {
		const found = await findIn(trx, userIds);
		return new Map([...found].map(([id, presence]) => [id, presencePart(presence)]));
	});

	async function set(
		userId: string,
		wanted: string | undefined,
		{ message, actor }: { message?: string; actor: Actor },
	) {
		const chosen = wanted === undefined ? undefined : selectable(await definitions.list(), wanted);
		if (chosen?.systemPresence === "OnQueue") await requireOnQueue(userId);
		return database.change((trx) => setIn(trx, userId, chosen, { message, actor }));
	}

	async function setIn(
		trx: Trx,
		userId: string,
		chosen: PresenceDefinition | undefined,
		{ message, actor, leaving }: { message?: string | undefined; actor: Actor; leaving?: SystemPresence },
	): Promise<UserPresence> {
		const isOnQueue = chosen?.systemPresence === "OnQueue";
		// First the availability row: the lock order of routing/routing-status.ts.
		const { held, read } = await routingStatus.hold(trx, userId, () =>
			Promise.all([
				findIn(trx, [userId]),
				routingStatus.activity.of(trx, [userId], ["routingStatus", "presence"]),
				isOnQueue ? deps.users.whichActive(trx, [userId]) : undefined,
				// An administrator's change, and the server's own, wait for nothing.
				chosen && actor.userId === userId ? work?.owedBy(trx, userId) : undefined,
			]),
		);
		// Whoever ends the user needs the row that is held now: nobody is on queue whom nobody could call any more.
		if (isOnQueue && !read[2]?.has(userId)) throw notActive();
		const before = read[0].get(userId) as UserPresence;
		// They have left by themselves meanwhile.
		if (leaving && before.definition.systemPresence !== leaving)
			return before.next?.definition.systemPresence === leaving ? wish(trx, before, undefined, actor) : before;
		if (chosen && read[3] && waits(before, chosen)) {
			if (read[3] === "forced") throw workFirst();
			return wish(trx, before, { definition: chosen, message: message ?? "" }, actor);
		}
		const activity = { id: userId, ...read[1].get(userId), ...presencePart(before) };
		const definition = chosen ?? before.definition;
		const kept = definition.id === before.definition.id ? before.message : "";
		const next = chosen || !before.next ? {} : { next: before.next };
		const now: UserPresence = { userId, definition, message: message ?? kept, modifiedDate: clock.now(), ...next };
		// Also for the presence that one has: choosing On Queue again takes back an unanswered offer.
		const status = chosen
			? await held.setOnQueue(definition.systemPresence === "OnQueue", { actor, activity })
			: held.status;
		if (before.modifiedDate && sameAs(before, now))
			return before.next && chosen ? wish(trx, before, undefined, actor) : before;
		await presenceStore.save(trx, stored(now, clock.now()));
		const after = { ...activity, ...activityPart(status), ...presencePart(now) };
		await events.append(trx, [presenceChanged(now, after, actor)]);
		return now;
	}

	/** Of several wishes the last one counts; none takes back what was wished for. */
	async function wish(trx: Trx, before: UserPresence, next: WishedPresence | undefined, actor: Actor) {
		const { next: earlier, ...present } = before;
		if (earlier?.definition.id === next?.definition.id && earlier?.message === next?.message) return before;
		const now: UserPresence = { ...present, ...(next ? { next } : {}) };
		await presenceStore.save(trx, stored(now, clock.now()));
		await events.append(trx, [presenceWished(now, actor)]);
		return now;
	}

	async function loseQueue(userId: string): Promise<void> {
		const available = selectable(await definitions.list(), "Available");
		await database.change((trx) => setIn(trx, userId, available, { actor: {}, leaving: "OnQueue" }));
	}

	async function workDone(trx: Trx, userIds: readonly string[]): Promise<void> {
		for (const userId of await presenceStore.wishing(trx, userIds)) await takeWish(trx, userId);
	}

	/** Whether they may be On Queue was asked when they chose it. A presence that can be taken no more is forgotten. */
	async function takeWish(trx: Trx, userId: string): Promise<void> {
		const before = (await findIn(trx, [userId])).get(userId) as UserPresence;
		const { definition, message } = before.next ?? {};
		const actor = { userId };
		try {
			if (!definition || definition.deleted || definition.deactivated) await wish(trx, before, undefined, actor);
			else await setIn(trx, userId, definition, { message, actor });
		} catch (error) {
			// The work is done whatever becomes of the wish.
			if (!(error instanceof ApiError)) throw error;
			await wish(trx, before, undefined, actor);
		}
	}

	// Whoever is deactivated or deleted takes no more work.
	deps.users.onEnded(async (trx, userId, actor) => {
		const offline = selectable(await definitions.everyIn(trx), "Offline");
		await setIn(trx, userId, offline, { actor });
		return () => {};
	});

	return {
		definitions,
		get: async (userId) => (await find([userId])).get(userId) as UserPresence,
		find,
		attending: () => presenceStore.withoutPresence(database.db, "Offline"),
		set,
		loseQueue,
		useWork(given) {
			work = given;
		},
		workDone,
	};
}

/** Signing out, and in again, waits for nothing; nor does staying what one is, which takes back what was wished for. */
function waits({ definition }: UserPresence, chosen: PresenceDefinition): boolean {
	const isOffline = [definition, chosen].some((one) => one.systemPresence === "Offline");
	return !isOffline && chosen.id !== definition.id;
}

function workFirst(): ApiError {
	return new ApiError(
		409,
		"presence.after.call.work",
		"Your queue wants the whole time for after-call work used. Change your status when it is over.",
	);
}

/** @param now for somebody who never set a presence */
function stored({ userId, definition, message, modifiedDate, next }: UserPresence, now: Date): StoredPresence {
	return {
		...{ userId, definitionId: definition.id, message, modifiedDate: modifiedDate ?? now },
		...(next ? { next: { definitionId: next.definition.id, message: next.message } } : {}),
	};
}

/** A presence as activity tells it. */
function presencePart({ definition, message, modifiedDate }: UserPresence): ActivityPart {
	return {
		presence: {
			presenceDefinition: { id: definition.id, systemPresence: upperPresence(definition.systemPresence) },
			presenceMessage: message,
			...(modifiedDate ? { modifiedDate: modifiedDate.toISOString() } : {}),
		},
	};
}

function presencesOf(
	userIds: readonly string[],
	stored: readonly StoredPresence[],
	known: PresenceDefinition[],
): Map<string, UserPresence> {
	const byUser = new Map(stored.map((one) => [one.userId, one]));
	return new Map(userIds.map((id) => [id, presenceOf(id, byUser.get(id), known)]));
}

function presenceOf(userId: string, stored: StoredPresence | undefined, known: PresenceDefinition[]): UserPresence {
	const definition =
		known.find((one) => one.id === stored?.definitionId) ??
		known.find((one) => one.primary && one.systemPresence === "Offline");
	const wished = known.find((one) => one.id === stored?.next?.definitionId);
	if (!definition) throw new Error("The system presence Offline is missing from the database.");
	return {
		userId,
		definition,
		message: stored?.message ?? "",
		...(stored ? { modifiedDate: stored.modifiedDate } : {}),
		...(wished ? { next: { definition: wished, message: stored?.next?.message ?? "" } } : {}),
	};
}

/** By id, else the system's own presence of that name. */
function selectable(all: PresenceDefinition[], wanted: string): PresenceDefinition {
	const name = systemPresenceNamed(wanted);
	const found = all.find((one) => one.id === wanted) ?? all.find((one) => one.primary && one.systemPresence === name);
	if (!found) throw notFound("presenceDefinition", wanted);
	if (found.deactivated) throw badField("presenceDefinition", "This presence is deactivated; choose another one.");
	return found;
}

function notActive(): ApiError {
	return badField("presenceDefinition", "The user is not active, and takes no work from queues.");
}

function sameAs(before: UserPresence, now: UserPresence): boolean {
	return before.definition.id === now.definition.id && before.message === now.message;
}
