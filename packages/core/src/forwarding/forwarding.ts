import type { Forwarding } from "../conversations/call/forwarding/model.ts";
import type { ConversationUser } from "../conversations/ports.ts";
import type { Trx } from "../kernel/database/database.ts";
import type { Kernel } from "../kernel/domain.ts";
import type { Actor } from "../kernel/events/event-log.ts";
import { ApiError } from "../kernel/http/api-error.ts";
import { followChain } from "./chain.ts";
import { forwardingChanged } from "./events.ts";
import { createLimits } from "./limits.ts";
import { loop, reached, refuseLoops } from "./loops.ts";
import {
	type CallForwarding,
	type ForwardingLimits,
	mostHops,
	notCalled,
	type StoredRoute,
	targetsOf,
} from "./model.ts";
import { forwardingStore } from "./store.ts";
import { type ForwardingWish, type Reach, readOnce, readSteps, requireCalled } from "./wishes.ts";

interface Deps extends Pick<Reach, "isServiceNumber" | "userOfNumber" | "userOfStation"> {
	country(): Promise<string>;
	users: { find(ids: readonly string[]): Promise<readonly ConversationUser[]> };
}

/** Where users' direct calls go instead of their phones (agent-features 4, platform-api 5.14). */
export function createForwarding(kernel: Pick<Kernel, "database" | "events" | "feed" | "clock">, deps: Deps) {
	const { database, events, clock } = kernel;
	const store = forwardingStore;
	const limits = createLimits(kernel, tellWhomItNarrows);

	/** Whose calls go to a number that is called no longer, or again, is told so. */
	async function tellWhomItNarrows(
		trx: Trx,
		before: ForwardingLimits,
		after: ForwardingLimits,
		actor: Actor,
	): Promise<void> {
		for (const one of await store.enabled(trx)) {
			const [now, then] = [notCalled(one.calls, after), notCalled(one.calls, before)];
			if (now.join() !== then.join()) await events.append(trx, [forwardingChanged(one, now, actor)]);
		}
	}

	async function get(userId: string): Promise<CallForwarding> {
		return (await store.find(database.db, [userId])).get(userId) ?? none(userId);
	}

	/** The user's setting, and those of everybody to whom it leads. */
	async function chainFrom(userId: string): Promise<Map<string, CallForwarding>> {
		const known = await store.find(database.db, [userId]);
		let next = [...known.values()].filter((one) => one.enabled).flatMap((one) => reached(one.calls, userId));
		for (let hops = 0; hops < mostHops && next.length > 0; hops++) {
			const found = await store.find(database.db, next);
			for (const [id, one] of found) known.set(id, one);
			next = [...found.values()]
				.filter((one) => one.enabled)
				.flatMap((one) => reached(one.calls, one.userId).filter((id) => !known.has(id)));
		}
		return known;
	}

	async function peopleIn(steps: readonly StoredRoute[]) {
		const ids = [...new Set(steps.flatMap(({ targets }) => targets.flatMap((one) => one.userId ?? [])))];
		const found = ids.length > 0 ? await deps.users.find(ids) : [];
		const active = found.filter((one) => one.state === undefined || one.state === "active");
		return new Map(
			active.map(({ id, name, divisionId }) => [id, { name, ...(divisionId === undefined ? {} : { divisionId }) }]),
		);
	}

	const reachNow = async () => ({ ...deps, limits: await limits.current(), country: await deps.country() });

	return {
		limits,
		get,

		/**
		 * Where one call goes that rings at the user just now (agent-features 4, "forward this ringing call"). Nobody takes it
		 * there: it goes to the user's voicemail.
		 * @throws ApiError 400 `forwarding.target.invalid` naming `address`, 409 `forwarding.loop`
		 */
		async once(userId: string, address: string): Promise<Forwarding> {
			const reach = await reachNow();
			const target = await readOnce(address, "address", reach);
			if (target.userId === userId) throw loop("own", "The number is your own: calls to it come back here.");
			const { ringSeconds, confirm } = reach.limits;
			const step = { targets: [target] };
			const targets = targetsOf(step, reach.limits, await peopleIn([step]));
			return { steps: [{ targets }], ringMs: ringSeconds * 1000, confirm, voicemail: "PURECLOUD" };
		},

		/** Numbers of it that the organization lets nobody forward to any more. */
		notCalled: async ({ calls }: CallForwarding) => notCalled(calls, await limits.current()),

		/** Who of these has their calls forwarded. */
		forwarding: (userIds: readonly string[]) => store.forwarding(database.db, userIds),

		/**
		 * @param whole what is absent is set back to what it is at first; otherwise it stays
		 * @throws ApiError 400 `forwarding.target.invalid`, 409 `forwarding.loop`; nothing is saved
		 */
		async set(userId: string, wish: ForwardingWish, whole: boolean, actor: Actor): Promise<CallForwarding> {
			const reach = await reachNow();
			const steps = await readSteps(wish, reach);
			return database.change(async (trx) => {
				await store.lock(trx);
				const before = (await store.find(trx, [userId])).get(userId) ?? none(userId);
				const kept = whole ? none(userId) : before;
				const after: CallForwarding = {
					userId,
					enabled: wish.enabled ?? kept.enabled,
					// "Disabling keeps the steps": also where whole settings are sent without any.
					calls: steps ?? before.calls,
					voicemail: wish.voicemail ?? kept.voicemail,
					modifiedAt: clock.now(),
				};
				if (after.enabled) {
					if (!after.calls.some((step) => step.targets.length > 0)) throw nowhere();
					if (!before.enabled) requireCalled(after.calls, reach.limits);
					await refuseLoops(userId, after.calls, {
						find: (ids) => store.find(trx, ids),
						leadingTo: (ids) => store.leadingTo(trx, ids),
					});
				}
				await store.save(trx, after);
				await events.append(trx, [forwardingChanged(after, notCalled(after.calls, reach.limits), actor)]);
				return after;
			});
		},

		/** Where a call for the user goes now; undefined where it rings at their phone. */
		async of(userId: string): Promise<Forwarding | undefined> {
			const known = await chainFrom(userId);
			const own = known.get(userId);
			if (!own?.enabled) return undefined;
			const { ringSeconds, confirm, ...allowed } = await limits.current();
			const steps = followChain(own, known);
			const people = await peopleIn(steps);
			const called = steps.map((step) => ({ targets: targetsOf(step, { ringSeconds, confirm, ...allowed }, people) }));
			return {
				steps: called.filter((step) => step.targets.length > 0),
				ringMs: ringSeconds * 1000,
				confirm,
				voicemail: own.voicemail,
			};
		},
	};
}

export type CallForwardings = ReturnType<typeof createForwarding>;

function nowhere(): ApiError {
	const errorCode = "forwarding.target.invalid";
	const text = "Say where calls go, a number or a station, before you switch it on.";
	return new ApiError(400, errorCode, text, {
		params: { reason: "nowhere" },
		details: [{ errorCode, fieldName: "enabled" }],
	});
}

function none(userId: string): CallForwarding {
	return { userId, enabled: false, calls: [], voicemail: "PURECLOUD", modifiedAt: new Date(0) };
}
