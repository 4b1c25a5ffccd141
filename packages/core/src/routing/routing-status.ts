import { ApiError } from "../kernel/api-error.ts";
import type { Trx } from "../kernel/database.ts";
import type { Kernel } from "../kernel/domain.ts";
import type { Actor } from "../kernel/event-log.ts";
import { type Activity, type ActivityPart, createActivity } from "./activity.ts";
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
import { routingStatusStore, type StoredStatus } from "./routing-status-store.ts";

/** `RoutingStatus` of the platform. */
export interface RoutingStatus {
	userId: string;
	status: RoutingStatusName;
	/** Since when; the longest-idle rule goes by it. Absent for somebody who was never on queue. */
	startTime?: Date;
}

/**
 * Users' routing status. Lock order of the whole server: conversation rows, then users' availability rows by
 * ascending user id (`lock`), then everything else of the user (presence, memberships). Whoever changes a user's
 * presence or routing status holds their availability row first, so the two never wait for each other.
 */
export interface RoutingStatuses {
	get(userId: string): Promise<RoutingStatus>;
	/** In the order asked; somebody unknown is OFF_QUEUE. */
	find(userIds: readonly string[]): Promise<RoutingStatus[]>;
	/** Holds the user's availability until the transaction ends. */
	lock(trx: Trx, userId: string): Promise<RoutingStatus>;
	/** As `lock`, for one change of presence that goes on from the row without reading it again. */
	hold(trx: Trx, userId: string): Promise<HeldStatus>;
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
	/** Parts of the activity that the caller knows. */
	known?: ActivityPart;
}

type Next = (now: Availability) => Availability;

export function createRoutingStatus(kernel: Kernel): RoutingStatuses {
	const store = routingStatusStore(kernel.database.db);
	const activity = createActivity();

	/** Goes on from a row that this transaction holds. */
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
		if (!isSame(availability, before.availability)) await store.save(trx, { userId, availability, status, startTime });
		const now: RoutingStatus = { userId, status, startTime };
		if (changed) {
			const known = { ...options.known, ...activityPart(now) };
			const body = await activity.of(trx, userId, known);
			await kernel.events.append(trx, [routingStatusChanged(now, body, options.actor)]);
		}
		return now;
	}

	async function change(trx: Trx, userId: string, next: Next, actor?: Actor): Promise<RoutingStatus> {
		return changeHeld(trx, await store.lock(trx, userId), next, actor ? { actor } : {});
	}

	activity.addPart("routingStatus", async (trx, userId) => activityPart(await store.read(trx, userId)));

	return {
		activity,
		get: async (userId) => publicPart(await store.read(kernel.database.db, userId)),
		find: async (userIds) => (await store.find(userIds)).map(publicPart),
		lock: async (trx, userId) => publicPart(await store.lock(trx, userId)),
		async hold(trx, userId) {
			const before = await store.lock(trx, userId);
			return {
				status: publicPart(before),
				setOnQueue: (onQueue, options) => changeHeld(trx, before, (now) => withPresence(now, onQueue), options),
			};
		},
		set: (trx, userId, status, actor) => change(trx, userId, (now) => withReport(now, status), actor),
		setOnQueue: (trx, userId, onQueue, actor) => change(trx, userId, (now) => withPresence(now, onQueue), actor),
		request: (userId, status, actor) =>
			kernel.database.change((trx) => change(trx, userId, (now) => granted(now, status), actor)),
	};
}

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
