import { emailFactsOf, emailOf } from "../conversations/email/model.ts";
import { type Conversation, isStaff } from "../conversations/model.ts";
import type { Controller, Conversations } from "../conversations/service.ts";
import type { Db, Trx } from "../kernel/database/database.ts";
import type { Kernel } from "../kernel/domain.ts";
import type { Actor } from "../kernel/events/event-log.ts";
import { notFound } from "../kernel/http/api-error.ts";
import type { PageRequest } from "../kernel/http/paging.ts";
import { inSteps, type PruneStep } from "../kernel/time/pruning.ts";
import { blockedStore } from "./blocked-store.ts";
import type { MailFiles } from "./files.ts";
import type { Inbound } from "./inbound.ts";
import { inboundStore } from "./inbound-store.ts";
import { mailStore as store } from "./mail-store.ts";
import { addressOfRoute } from "./model.ts";
import { type Places, placeChanged } from "./places.ts";
import { nobodysAddress } from "./reading/plain.ts";

export interface SpamDeps {
	conversations: Pick<Conversations, "emails">;
	places: Places;
	inbound: Pick<Inbound, "letIn">;
	files: Pick<MailFiles, "remove">;
}

/** What was kept aside for so long nobody has missed, days. */
const keepDays = 90;
const dayMs = 24 * 3_600_000;
/** So many of one sender's are kept aside for an address, the latest. */
const ofSender = 100;
/** And so much of all senders for all addresses: whoever has many names, or invents them, fills no disk. */
const inAll = { mails: 5_000, bytes: 2 ** 30 };
/** Removed at once, and a pause between. */
const batch = 50;
const pauseMs = 50;

/**
 * What nobody wants to read (agent-features 8.2): an agent says so, the conversation ends with that as its reason, and what
 * its sender writes to the address from then on is kept aside. Who looks after the address sees that, lets mails in, and
 * takes the sender off the list.
 */
export function createSpam(kernel: Kernel, { conversations, places, inbound, files }: SpamDeps) {
	const { database, events, clock, operators } = kernel;
	/** When operators heard that more is kept aside than may be. */
	let toldAt = 0;

	/** @returns whether what they write to the address is kept aside from now on */
	async function block(trx: Trx, routeId: string, sender: string, { userId }: Controller): Promise<boolean> {
		const routes = await places.store.routes(trx);
		const route = routes.find(({ id }) => id === routeId);
		// What is ours is nobody's to close; an address that is gone keeps nobody off; and nobody's name is many people's.
		if (!route || sender === nobodysAddress || routes.some((one) => addressOfRoute(one) === sender)) return false;
		const actor = userId ? { userId } : {};
		if (await blockedStore.add(trx, routeId, { sender, ...actor, at: clock.now() })) {
			const told = { name: route.pattern, blocked: sender };
			const event = { ...placeChanged("email.route", routeId, told, actor), type: "email.sender.blocked" };
			await events.append(trx, [event]);
		}
		return true;
	}

	/** Whoever wrote last in it, else in its thread: whom we wrote to first has done nothing. */
	async function blockSender(trx: Trx, conversation: Conversation, by: Controller): Promise<string | undefined> {
		const { threadId, routeId } = emailFactsOf(conversation);
		const sender = await store.lastSender(trx, threadId, conversation.id);
		return sender !== undefined && (await block(trx, routeId, sender, by)) ? sender : undefined;
	}

	async function nameOf(routeId: string, db?: Db): Promise<{ name?: string }> {
		const route = await places.store.route(routeId, db);
		return route ? { name: route.pattern } : {};
	}

	/** The raw forms of what was let go, and then that they are gone: killed in between, the next round does both. */
	async function clear(): Promise<PruneStep> {
		const gone = await inboundStore.dropping(database.db, batch);
		if (gone.length === 0) return { removed: 0, done: true };
		// A mail to two addresses has one: it goes with the last. Whoever lets that go looks here after it.
		const forms = [...new Set(gone.map(({ rawKey }) => rawKey))];
		const wanted = await inboundStore.wantedForms(database.db, forms);
		for (const form of forms) if (!wanted.has(form)) await files.remove(form);
		const ids = gone.map(({ id }) => id);
		await database.change((trx) => inboundStore.dropped(trx, ids));
		return { removed: gone.length, done: gone.length < batch };
	}

	/** @param find some of those that nobody wants, until there is none */
	function drop(find: () => Promise<string[]>, signal: AbortSignal | undefined): Promise<number> {
		const step = async () => {
			const found = await find();
			const removed = found.length > 0 ? await database.change((trx) => inboundStore.letGo(trx, found)) : 0;
			await inSteps(clear, { pauseMs, signal });
			return { removed, done: found.length < batch };
		};
		return inSteps(step, { pauseMs, signal });
	}

	/** Once a day: it may be a flood that goes on. */
	function tellFull(): void {
		const now = clock.now().getTime();
		if (now - toldAt < dayMs) return;
		toldAt = now;
		const told = { event: "email.held.full", ...inAll, unverified: true };
		operators.warn(told, "more emails are kept aside than may be: the oldest of them go");
	}

	return {
		/**
		 * For who has it in hand; for who has said so before, it is so.
		 * @returns whose mails to the address are kept aside from now on, if anybody's are
		 * @throws ApiError 404, 403
		 */
		async mark(conversationId: string, by: Controller): Promise<string | undefined> {
			const { emails } = conversations;
			const known = await emails.conversation(conversationId);
			if (!hasSaidSo(known, by))
				await emails.requireOwn(conversationId, by).catch(async (error: unknown) => {
					// A second click may have been told so while the first one ended it.
					if (!hasSaidSo(await emails.conversation(conversationId), by)) throw error;
				});
			return database.change(async (trx) => {
				await store.thread(trx, emailFactsOf(known).threadId);
				const now = await emails.conversation(conversationId, trx);
				const { routeId, threadId } = emailFactsOf(now);
				if (hasSaidSo(now, by)) {
					const sender = await store.lastSender(trx, threadId, conversationId);
					return sender !== undefined && (await blockedStore.has(trx, routeId, sender)) ? sender : undefined;
				}
				const blocked = await blockSender(trx, now, by);
				await emails.endAsSpam(trx, conversationId, by);
				return blocked;
			});
		},

		blocked: (routeId: string) => blockedStore.of(database.db, routeId),

		/** @throws ApiError 404 where they are not blocked */
		async unblock(routeId: string, sender: string, actor: Actor): Promise<void> {
			await database.change(async (trx) => {
				const unblocked = sender.toLowerCase();
				if (!(await blockedStore.remove(trx, routeId, unblocked))) throw notFound("sender", sender);
				const told = { ...(await nameOf(routeId, trx)), unblocked };
				const event = { ...placeChanged("email.route", routeId, told, actor), type: "email.sender.unblocked" };
				await events.append(trx, [event]);
			});
		},

		/** What an address has kept aside, the latest first. */
		held: (routeId: string, page: PageRequest) => inboundStore.held(database.db, routeId, page),

		/**
		 * Removes what was kept aside for too long, a sender's oldest where there are too many, and the oldest of all where there is
		 * too much, in small steps. @returns how many
		 */
		async prune(signal?: AbortSignal): Promise<number> {
			const { db } = database;
			const before = new Date(clock.now().getTime() - keepDays * dayMs);
			let removed = await drop(() => inboundStore.heldBefore(db, before, batch), signal);
			for (const crowd of await inboundStore.crowds(db, ofSender)) {
				removed += await drop(() => inboundStore.beyond(db, crowd, ofSender, batch), signal);
			}
			const cut = await inboundStore.fullUpTo(db, inAll);
			if (cut === undefined) return removed;
			tellFull();
			return removed + (await drop(() => inboundStore.heldUpTo(db, cut, batch), signal));
		},

		/** It comes to the queue after all. @throws ApiError 404 for what is not kept aside there */
		async letIn(routeId: string, mailId: string, actor: Actor): Promise<void> {
			const told = { ...(await nameOf(routeId)), released: mailId };
			const event = { ...placeChanged("email.route", routeId, told, actor), type: "email.mail.released" };
			if (!(await inbound.letIn(routeId, mailId, event))) throw notFound("mail", mailId);
		},
	};
}

function hasSaidSo({ participants }: Conversation, { userId }: Controller): boolean {
	const own = participants.findLast((one) => isStaff(one) && one.userId !== undefined && one.userId === userId);
	return own?.emails?.[0] !== undefined && emailOf(own).disconnectType === "spam";
}
