import { createHash, randomBytes, randomUUID } from "node:crypto";
import type { Conversation } from "../../conversations/model.ts";
import { ofSignIn, saidAttributes } from "../../conversations/said-attributes.ts";
import type { Conversations } from "../../conversations/service.ts";
import { agentOf, isClosed, livingCustomer } from "../../conversations/written/parties.ts";
import { cut } from "../../kernel/cut.ts";
import type { Kernel } from "../../kernel/domain.ts";
import { seenName, seenText } from "../../kernel/names.ts";
import { inSteps } from "../../kernel/time/pruning.ts";
import type { createExchanges } from "../exchanges.ts";
import { messageStore } from "../message-store.ts";
import { defaultMessenger, type Message, type MessageAddress, type MessageFile, type Thread } from "../model.ts";
import type { Outbox } from "../outbox.ts";
import { sessionEnded, sessionExpired, tooLong } from "../refusals.ts";
import { longestWebText } from "../sent-text.ts";
import { guestTyping } from "./events.ts";
import { type Guest, guestStore } from "./guest-store.ts";
import type { SignedIn } from "./signed-token.ts";

/** How a session stands, as its pages show it. */
export interface GuestState {
	phase: "new" | "waiting" | "answered" | "ended";
	/** Who answers, by name. */
	agent?: string;
	/** What is written is taken. */
	isWritable: boolean;
	/** ISO 8601; each message moves it. */
	expiresAt: string;
	/** Somebody asks to see the page: the session, and who it is. */
	cobrowse?: { id: string; agent: string };
}

/** Offers to co-browse, as the cobrowse domain has them. */
export interface CobrowseOffers {
	offerIn(conversationId: string): Promise<{ id: string; agent: string } | undefined>;
	/** @returns the secret by which the page shares, where they accept @throws ApiError 404 `cobrowse.code.unknown` */
	answerOffer(
		address: MessageAddress,
		conversationId: string,
		sessionId: string,
		isAccepted: boolean,
	): Promise<{ session: { id: string; agentName: string }; key: string } | undefined>;
}

/** What a customer writes by the messenger. */
export interface GuestMessage {
	/** Its name by the browser: the same again is the same message. */
	clientId: string;
	text: string;
	/** What was asked before the first message, and where the page is. */
	attributes?: Record<string, string>;
	/** It is a file, and the text its name. */
	file?: MessageFile;
}

export interface GuestDeps {
	conversations: Pick<Conversations, "get" | "partyLeft">;
	exchanges: ReturnType<typeof createExchanges>;
	outbox: Outbox;
	/** Nobody offers to co-browse unless told. */
	offers(): CobrowseOffers | undefined;
}

/** As many of the newest are looked at when a page says what it has shown. */
const mostSeen = 100;
/** No session can be set to last longer after its last message (`sessionMinutes`), and a day for clocks. */
const longestSessionMs = 31 * 24 * 3_600_000;
/** So many at once, and a pause between, ms. */
const pruned = { batch: 500, pauseMs: 50 };

/** Customers who write by a messenger: each has a session, which is an exchange of its own (agent-features 11). */
export function createGuests(kernel: Kernel, { conversations, exchanges, outbox, offers }: GuestDeps) {
	const { database, clock } = kernel;
	const { db } = database;

	function threadOf({ addressId, id }: Guest): Promise<Thread | undefined> {
		return messageStore.threadOf(db, addressId, id);
	}

	async function conversationOf(thread: Thread | undefined): Promise<Conversation | undefined> {
		return thread?.conversationId ? conversations.get(thread.conversationId) : undefined;
	}

	async function stateOf(address: MessageAddress, guest: Guest, thread: Thread | undefined): Promise<GuestState> {
		const { afterEnd } = messengerOf(address);
		const conversation = await conversationOf(thread);
		const isOver = conversation !== undefined && isClosed(conversation);
		const agent = conversation && !isOver ? agentOf(conversation)?.name : undefined;
		const cobrowse = agent && conversation ? await offers()?.offerIn(conversation.id) : undefined;
		return {
			phase: guest.endedAt || isOver ? "ended" : agent ? "answered" : conversation ? "waiting" : "new",
			...(agent ? { agent } : {}),
			isWritable: guest.endedAt === undefined && !(isOver && afterEnd === "startAnew"),
			expiresAt: expiryOf(address, guest, thread).toISOString(),
			...(cobrowse ? { cobrowse } : {}),
		};
	}

	return {
		/** A new session, with the secret that opens it again: it is kept as a hash alone. */
		async open(address: MessageAddress): Promise<{ guest: Guest; token: string }> {
			const token = randomBytes(24).toString("base64url");
			const guest = { id: randomUUID(), addressId: address.id, createdAt: clock.now() };
			await database.change((trx) => guestStore.add(trx, guest, hashOf(token)));
			return { guest, token };
		},

		/** The session of somebody who is signed in with the page: the one that they have, wherever it was begun, or a new one. */
		async enter(address: MessageAddress, signedIn: SignedIn): Promise<Guest> {
			return database.change(async (trx) => {
				const before = await guestStore.bySubject(trx, address.id, signedIn.subject);
				const thread = before && (await messageStore.threadOf(trx, address.id, before.id));
				if (before && expiryOf(address, before, thread) > clock.now()) return before;
				if (before) await guestStore.end(trx, before.id, clock.now());
				const guest = { id: randomUUID(), addressId: address.id, createdAt: clock.now(), signedIn };
				// Nobody has its secret: the page's sign-in opens it.
				await guestStore.add(trx, guest, hashOf(randomBytes(24).toString("base64url")));
				return guest;
			});
		},

		/** @throws ApiError 401 `message.session.expired` for a secret that opens nothing, or nothing any more */
		async resume(address: MessageAddress, token: string): Promise<Guest> {
			const guest = await guestStore.byToken(db, address.id, hashOf(token));
			if (!guest) throw sessionExpired();
			if (expiryOf(address, guest, await threadOf(guest)) <= clock.now()) throw sessionExpired();
			return guest;
		},

		/** The session as it stands by now, and its exchange. */
		async look(address: MessageAddress, { id }: Guest) {
			const guest = await guestStore.get(db, id);
			if (!guest) throw sessionExpired();
			const thread = await threadOf(guest);
			const state = await stateOf(address, guest, thread);
			return { guest, thread, state, isExpired: Date.parse(state.expiresAt) <= clock.now().getTime() };
		},

		/** @returns the message with its number in the session @throws ApiError 400, 401, 409 */
		async write(
			address: MessageAddress,
			{ id }: Guest,
			message: GuestMessage,
		): Promise<{ kept: Message; seq: number }> {
			const guest = await guestStore.get(db, id);
			const thread = guest && (await threadOf(guest));
			if (!guest || expiryOf(address, guest, thread) <= clock.now()) throw sessionExpired();
			if (guest.endedAt) throw sessionEnded();
			const text = message.text.trim();
			if ([...text].length > longestWebText) throw tooLong(`${longestWebText} characters long`);
			const attributes = attributesOf(message.attributes, guest);
			const kept = await exchanges.receive(address, {
				...{ their: guest.id, text, providerId: message.clientId },
				...nameFrom(attributes, guest, thread),
				...(attributes ? { attributes } : {}),
				...(message.file ? { file: message.file } : {}),
				endsWithAgent: messengerOf(address).afterEnd === "startAnew",
			});
			return { kept, seq: await messageStore.count(db, kept.threadId, kept.id) };
		},

		/** Whoever has the conversation in hand sees that the customer is writing. */
		async typing(guest: Guest): Promise<void> {
			const conversation = await conversationOf(await threadOf(guest));
			const userId = conversation && agentOf(conversation)?.userId;
			if (!userId) return;
			await database.change((trx) => kernel.events.append(trx, [guestTyping(conversation, userId, clock.now())]));
		},

		/** A page has got the first `seq` messages; the customer has them before their eyes. */
		async seen(guest: Guest, address: MessageAddress, seq: number, isRead: boolean): Promise<void> {
			const thread = await threadOf(guest);
			if (!thread) return;
			const states = isRead ? (["queued", "sent", "delivery-success"] as const) : (["queued", "sent"] as const);
			const status = isRead ? "read" : "delivery-success";
			for (const { id } of await messageStore.sentAmong(db, thread.id, seq, states, mostSeen))
				await outbox.receipt(address, id, { status });
		},

		/** The customer lets somebody see the page, or not. @returns the secret by which it is shared */
		async answerCobrowse(address: MessageAddress, guest: Guest, sessionId: string, isAccepted: boolean) {
			const conversation = await conversationOf(await threadOf(guest));
			return conversation && offers()?.answerOffer(address, conversation.id, sessionId, isAccepted);
		},

		/** Removes sessions that have been over for so long that no page can go on with one. @returns how many */
		async prune(signal?: AbortSignal): Promise<number> {
			const before = new Date(clock.now().getTime() - longestSessionMs);
			const step = async () => {
				const removed = await database.change((trx) => guestStore.prune(trx, before, pruned.batch));
				return { removed, done: removed < pruned.batch };
			};
			return inSteps(step, { pauseMs: pruned.pauseMs, signal });
		},

		/** The customer goes: whoever answers is let go, and nothing more is written in this session. */
		async end(guest: Guest): Promise<void> {
			await database.change((trx) => guestStore.end(trx, guest.id, clock.now()));
			const conversation = await conversationOf(await threadOf(guest));
			const customer = conversation && livingCustomer(conversation);
			if (customer) await conversations.partyLeft(conversation.id, customer.id, "peer");
		},
	};
}

export type Guests = ReturnType<typeof createGuests>;

export function messengerOf({ settings }: MessageAddress) {
	return { ...defaultMessenger, ...settings.messenger };
}

function expiryOf(address: MessageAddress, { createdAt }: Guest, thread: Thread | undefined): Date {
	const lastMs = Math.max(createdAt.getTime(), thread?.lastAt?.getTime() ?? 0);
	return new Date(lastMs + messengerOf(address).sessionMinutes * 60_000);
}

function hashOf(token: string): string {
	return createHash("sha256").update(token).digest("hex");
}

/** What they say, and who they are by the page's sign-in. */
function attributesOf(sent: Record<string, string> | undefined, { signedIn }: Guest) {
	const said = sent && saidAttributes(sent);
	if (!signedIn) return said;
	const { subject, email } = signedIn;
	const known = { [`${ofSignIn}id`]: seenText(subject), ...(email ? { [`${ofSignIn}email`]: seenText(email) } : {}) };
	return { ...said, ...known };
}

/** What they say that they are called; else something by which agents tell one from the other. */
function nameFrom(attributes: Record<string, string> | undefined, { id, signedIn }: Guest, thread: Thread | undefined) {
	const said = signedIn?.name ?? Object.entries(attributes ?? {}).find(([key]) => key.toLowerCase() === "name")?.[1];
	const name = said ? cut(seenName(said), 100) : "";
	if (name !== "") return { name };
	return thread?.name ? {} : { name: `Visitor ${id.slice(0, 4)}` };
}
