import { randomUUID } from "node:crypto";
import type { Trx } from "../kernel/database/database.ts";
import type { Referable } from "../kernel/database/references.ts";
import type { Kernel } from "../kernel/domain.ts";
import type { Actor } from "../kernel/events/event-log.ts";
import { notFound } from "../kernel/http/api-error.ts";
import { type Appearances, LinesNeeded, type LineWish, setAside, usersOnLine, usersRung } from "./call/lines.ts";
import { adjustTimers, adjustUsers, usersConcerned } from "./effects.ts";
import { conversationChanged } from "./events.ts";
import { holdLabels } from "./label-references.ts";
import { type MediumContext, mediaIn } from "./media.ts";
import type { Book } from "./medium.ts";
import { metricFacts } from "./metric-facts.ts";
import type { Conversation } from "./model.ts";
import type { ContactDirectory, MetricFacts, QueueDirectory, RoutingStatuses, WorkDone } from "./ports.ts";
import { holdQueues } from "./queue-references.ts";
import { recognise } from "./recognition.ts";
import type { Change, ConversationStore } from "./store.ts";
import type { TransitionContext } from "./transitions/context.ts";
import { type Command, transition } from "./transitions/transition.ts";

/** What is to be done to one conversation; several commands count as one change. */
export interface Order {
	conversationId: string;
	/** Chosen when the conversation is held, so that it can be checked first. */
	commands(conversation: Conversation): Command[];
	/** Whose lines the commands may take or ring. What is not foreseen here is found out, at the cost of a second try. */
	lines?: LineWish;
}

interface Deps {
	store: ConversationStore;
	queues: Pick<QueueDirectory, "hold">;
	/** Utilization labels; whatever is given is one unless told. */
	labels?: Pick<Referable, "hold">;
	routingStatus: RoutingStatuses;
	facts?: MetricFacts;
	workDone?: WorkDone;
	contacts?: ContactDirectory;
	isReachable(userId: string): boolean;
	appearances: Appearances;
	/** What transitions know of the world by their medium, just now. */
	mediumContext(): MediumContext;
	books: readonly Book[];
}

/** A change with what caused it, e.g. `answer`, or `set.aside` for a call that another one put on hold. */
interface Caused extends Change {
	cause: string;
}

/** A change whose lines are not foreseen takes them in the second try; more are for who came meanwhile. */
const maxTries = 5;

/**
 * The only way in which conversations change: lines and rows held, documents moved by pure transitions, then saved
 * together with timers, routing status and events. Lock order: users' lines by key, then conversations by id, then the
 * queues that they enter, their labels, then users by id (see routing-status.ts).
 */
export function createChanges(kernel: Kernel, deps: Deps) {
	const { store } = deps;

	function context(ringing: ReadonlySet<string> = nobody): TransitionContext {
		return {
			now: kernel.clock.now(),
			newId: randomUUID,
			isRinging: (userId) => ringing.has(userId),
			isReachable: deps.isReachable,
			...deps.mediumContext(),
		};
	}

	async function commit(trx: Trx, changes: readonly Caused[], actor?: Actor): Promise<void> {
		const real = changes.filter(({ before, after }) => JSON.stringify(before) !== JSON.stringify(after));
		if (real.length === 0) return;
		if (deps.contacts) await recognise(trx, deps.contacts, real);
		await holdQueues(trx, deps.queues, real);
		await holdLabels(trx, deps.labels, real);
		await store.save(trx, real);
		await adjustTimers(trx, kernel.jobs, real);
		await measure(trx, real);
		for (const book of deps.books) await book.follow(trx, real);
		const events = real.map((change) => conversationChanged(change, usersConcerned(change), change.cause, actor));
		await kernel.events.append(trx, [
			...events,
			...real.flatMap((change) => mediaIn(change.after).flatMap(({ events }) => events?.(change) ?? [])),
			...(await adjustUsers(trx, { ...deps, kernel }, real)),
		]);
	}

	async function measure(trx: Trx, changes: readonly Change[]): Promise<void> {
		const now = kernel.clock.now().toISOString();
		await deps.facts?.add(
			trx,
			changes.flatMap((change) => metricFacts(change, now)),
		);
	}

	/** Saves a change together with what it sets aside. */
	async function finish(trx: Trx, change: Caused, held: ReadonlyMap<string, Conversation>, actor?: Actor) {
		const aside = await setAside(trx, [change], held, deps.appearances, context());
		const others = aside.map(({ before, after }) => ({ before, after: plain(after), cause: "set.aside" }));
		await commit(trx, [change, ...others], actor);
	}

	/** The change that an order makes of a held conversation. */
	function changeOf(order: Order, held: ReadonlyMap<string, Conversation>, ringing?: ReadonlySet<string>): Caused {
		const before = held.get(order.conversationId);
		if (!before) throw notFound("conversation", order.conversationId);
		const commands = order.commands(before);
		const after = commands.reduce((now, command) => transition(now, command, context(ringing)), before);
		const cause = [...new Set(commands.map((one) => one.type))].join("+");
		return { before, after: after === before ? before : plain(after), cause };
	}

	/** @throws ApiError 404 `not.found`, and what the transitions refuse; LinesNeeded */
	async function apply(trx: Trx, order: Order, actor?: Actor): Promise<Conversation> {
		const { conversationId } = order;
		const { lines, held } = await store.hold(trx, [conversationId], order.lines);
		let change = changeOf(order, held);
		const rung = usersRung(change);
		const needed = [...rung, ...usersOnLine(change)];
		if (!needed.every((userId) => lines.includes(userId))) throw new LinesNeeded(needed);
		const ringing = rung.length > 0 ? await store.ringing(trx, rung) : nobody;
		if (ringing.size > 0) change = changeOf(order, held, ringing);
		await finish(trx, change, held, actor);
		return change.after;
	}

	return {
		context,
		apply,

		/** One change of one conversation in a transaction of its own. */
		async run(order: Order, actor?: Actor): Promise<Conversation> {
			let { lines } = order;
			for (let tries = 1; ; tries++) {
				try {
					return await kernel.database.change((trx) => apply(trx, { ...order, ...(lines ? { lines } : {}) }, actor));
				} catch (error) {
					if (!(error instanceof LinesNeeded) || tries === maxTries) throw error;
					lines = { everybody: true, userIds: error.userIds };
				}
			}
		},

		/** A new conversation that takes nobody's line. */
		async add(trx: Trx, conversation: Conversation, cause: string, actor?: Actor): Promise<Conversation> {
			const after = plain(conversation);
			await commit(trx, [{ after, cause }], actor);
			return after;
		},

		/** A new conversation of a user who calls, unless `same` finds that they are calling already: then that one. */
		async addCall(
			trx: Trx,
			conversation: Conversation,
			userId: string,
			same: (other: Conversation) => boolean,
		): Promise<Conversation> {
			const { held } = await store.hold(trx, [], { userIds: [userId] });
			const underWay = [...held.values()].find(same);
			if (underWay) return underWay;
			const after = plain(conversation);
			await finish(trx, { after, cause: "dial" }, held, { userId });
			return after;
		},

		/** Rings agents for waiting conversations; whoever asks holds them, and has seen that they have nothing in hand. */
		async offerAll(trx: Trx, orders: readonly Order[]): Promise<Conversation[]> {
			const held = await store.lock(
				trx,
				orders.map((one) => one.conversationId),
			);
			const changes = orders.map((order) => changeOf(order, held));
			await commit(trx, changes);
			return changes.map((one) => one.after);
		},
	};
}

const nobody: ReadonlySet<string> = new Set();

/** As it is stored: without keys that are undefined. */
function plain(conversation: Conversation): Conversation {
	return JSON.parse(JSON.stringify(conversation)) as Conversation;
}
