import type { Trx } from "../kernel/database/database.ts";
import type { Kernel } from "../kernel/domain.ts";
import type { Actor } from "../kernel/events/event-log.ts";
import { ApiError } from "../kernel/http/api-error.ts";
import { type Activity, type ActivityBody, type ActivityPart, createActivity } from "./activity.ts";
import {
	type Availability,
	type RoutingStatusName,
	routingStatusNames,
	routingStatusOf,
	withPresence,
	withReport,
	withWish,
} from "./availability.ts";
import { routingStatusChanged } from "./events.ts";
import { type RoutingStatusStore, routingStatusStore, type StoredStatus } from "./routing-status-store.ts";

/** `RoutingStatus` of the platform. */
export interface RoutingStatus {
	userId: string;
	status: RoutingStatusName;
	/** Since when. Absent for somebody who was never on queue. */
	startTime?: Date;
}

/**
 * Users' routing status. Lock order of the whole server: conversation rows, then queues, then memberships, then users'
 * availability rows by ascending user id (`lock`), then everything else of the user (presence). Whoever changes a user's
 * presence or routing status holds their availability row first, so the two never wait for each other.
 */
export interface RoutingStatuses {
	get(userId: string): Promise<RoutingStatus>;
	/** In the order asked; somebody unknown is OFF_QUEUE. */
	find(userIds: readonly string[]): Promise<RoutingStatus[]>;
	/** Holds the user's availability until the transaction ends. */
	lock(trx: Trx, userId: string): Promise<RoutingStatus>;
	/**
	 * As `lock` for several, with what `read` asks once they are held: whoever tells what users do holds them first, so that
	 * of two who do the later one knows of the other.
	 */
	holdAll<T>(trx: Trx, userIds: readonly string[], read: () => Promise<T>): Promise<T>;
	/**
	 * As `lock`, for one change of presence that goes on from the row without reading it again.
	 * @param read asks what is to be known once the row is held; both cost one round trip
	 */
	hold<T>(trx: Trx, userId: string, read: () => Promise<T>): Promise<{ held: HeldStatus; read: T }>;
	/**
	 * The server reports the work of several users (see `withReport`), whose rows are held first.
	 * @param read asks what they do, once their rows are held: of two changes at once the later one sees both
	 * @param reportsOf what that comes to for one of them, each after the other
	 * @param doneWithAcd whoever of them is done with an item of a queue: their next turn counts from now on
	 */
	report<W>(
		trx: Trx,
		userIds: readonly string[],
		read: () => Promise<W>,
		reportsOf: (userId: string, work: W) => readonly RoutingStatusName[],
		doneWithAcd?: ReadonlySet<string>,
	): Promise<W>;
	/** The server reports work (see `withReport`): off queue stays OFF_QUEUE whatever is reported. */
	set(trx: Trx, userId: string, status: RoutingStatusName, actor?: Actor): Promise<RoutingStatus>;
	/** The user's presence became On Queue, or ceased to be. */
	setOnQueue(trx: Trx, userId: string, onQueue: boolean, actor?: Actor): Promise<RoutingStatus>;
	/**
	 * A client's wish (see `withWish`).
	 * @throws ApiError 400 `invalid.value`, 409 `request.conflict` for IDLE while off queue
	 */
	request(userId: string, status: string, actor: Actor): Promise<RoutingStatus>;
	/** What `v2.users.{id}.activity` says; other domains add their part. */
	activity: Activity;
}

/** The routing status that a transaction holds; good for one change. */
export interface HeldStatus {
	status: RoutingStatus;
	/** The user's presence became On Queue, or ceased to be. */
	setOnQueue(onQueue: boolean, options: ChangeOptions): Promise<RoutingStatus>;
}

interface ChangeOptions {
	actor?: Actor;
	/** What the user does besides, read with the row held. */
	activity: ActivityBody;
	/** They are done with an item of a queue. */
	isDoneWithAcd?: boolean;
}

type Next = (now: Availability) => Availability;

/** @param store where statuses are kept; the database unless told */
export function createRoutingStatus(kernel: Kernel, store: RoutingStatusStore = routingStatusStore): RoutingStatuses {
	const activity = createActivity();

	/** Goes on from a row that this transaction holds; asks the database nothing. */
	async function changeHeld(
		trx: Trx,
		before: StoredStatus,
		next: Next,
		options: ChangeOptions,
	): Promise<RoutingStatus> {
		const { userId } = before;
		const availability = next(before.availability);
		const status = routingStatusOf(availability);
		const changed = status !== before.status;
		const startTime = changed ? kernel.clock.now() : before.startTime;
		const acdEndedAt = options.isDoneWithAcd ? kernel.clock.now() : before.acdEndedAt;
		if (options.isDoneWithAcd || !isSame(availability, before.availability))
			await store.save(trx, { userId, availability, status, startTime, acdEndedAt });
		const now: RoutingStatus = { userId, status, startTime };
		if (changed) {
			const activity = { ...options.activity, ...activityPart(now) };
			await kernel.events.append(trx, [routingStatusChanged(now, activity, options.actor)]);
		}
		return now;
	}

	/** Changes of several users, with what `read` asks once their rows are held. */
	async function changeAll<T>(
		trx: Trx,
		userIds: readonly string[],
		read: () => Promise<T>,
		next: (userId: string, read: T) => Next,
		{ actor, doneWithAcd }: { actor?: Actor | undefined; doneWithAcd?: ReadonlySet<string> | undefined } = {},
	): Promise<{ now: RoutingStatus[]; read: T }> {
		const locked = await store.lock(trx, userIds, () =>
			Promise.all([activity.of(trx, userIds, ["routingStatus"]), read()]),
		);
		const [activities, found] = locked.read;
		const now: RoutingStatus[] = [];
		for (const held of locked.held) {
			const { userId } = held;
			const options = {
				activity: activities.get(userId) ?? { id: userId },
				isDoneWithAcd: doneWithAcd?.has(userId) ?? false,
				...(actor ? { actor } : {}),
			};
			now.push(await changeHeld(trx, held, next(userId, found), options));
		}
		return { now, read: found };
	}

	async function change(trx: Trx, userId: string, next: Next, actor?: Actor): Promise<RoutingStatus> {
		const { now } = await changeAll(trx, [userId], nothing, () => next, { actor });
		return now[0] as RoutingStatus;
	}

	async function hold<T>(trx: Trx, userId: string, read: () => Promise<T>) {
		const { held, read: found } = await store.lock(trx, [userId], read);
		const before = held[0] as StoredStatus;
		const setOnQueue: HeldStatus["setOnQueue"] = (onQueue, options) =>
			changeHeld(trx, before, (now) => withPresence(now, onQueue), options);
		return { held: { status: publicPart(before), setOnQueue }, read: found };
	}

	activity.addPart("routingStatus", async (trx, userIds) => {
		const found = await store.find(trx, userIds);
		return new Map(found.map((one) => [one.userId, activityPart(one)]));
	});

	return {
		activity,
		get: async (userId) => publicPart((await store.find(kernel.database.db, [userId]))[0] as StoredStatus),
		find: async (userIds) => (await store.find(kernel.database.db, userIds)).map(publicPart),
		lock: async (trx, userId) => (await hold(trx, userId, nothing)).held.status,
		holdAll: async (trx, userIds, read) => (await store.lock(trx, userIds, read)).read,
		hold,
		async report(trx, userIds, read, reportsOf, doneWithAcd) {
			const all = await changeAll(
				trx,
				userIds,
				read,
				(id, work) => (now) => reportsOf(id, work).reduce(withReport, now),
				{ doneWithAcd },
			);
			return all.read;
		},
		set: (trx, userId, status, actor) => change(trx, userId, (now) => withReport(now, status), actor),
		setOnQueue: (trx, userId, onQueue, actor) => change(trx, userId, (now) => withPresence(now, onQueue), actor),
		request: (userId, status, actor) =>
			kernel.database.change((trx) => change(trx, userId, (now) => granted(now, status), actor)),
	};
}

async function nothing(): Promise<void> {}

/** A routing status as activity tells it. */
export function activityPart({ status, startTime }: Pick<RoutingStatus, "status" | "startTime">): ActivityPart {
	return { routingStatus: { status, ...(startTime ? { startTime: startTime.toISOString() } : {}) } };
}

function isSame(a: Availability, b: Availability): boolean {
	return a.onQueue === b.onQueue && a.work === b.work && a.notResponding === b.notResponding;
}

function publicPart({ userId, status, startTime }: RoutingStatus): RoutingStatus {
	return { userId, status, startTime };
}

function granted(now: Availability, wished: string): Availability {
	const name = routingStatusNames.find((one) => one === wished);
	const next = name ? withWish(now, name) : "not.settable";
	if (next === "off.queue") {
		throw new ApiError(409, "request.conflict", "Routing status IDLE needs the presence On Queue; set that first.", {
			details: [{ errorCode: "request.conflict", fieldName: "status" }],
		});
	}
	if (next === "not.settable") {
		throw new ApiError(
			400,
			"invalid.value",
			"A client may set the routing status to IDLE only; the others follow from presence and conversations.",
			{ details: [{ errorCode: "invalid.value", fieldName: "status" }] },
		);
	}
	return next;
}
