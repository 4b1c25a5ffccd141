import { createHash, randomUUID } from "node:crypto";
import type { EmailWish } from "../conversations/email/service.ts";
import type { QueueFacts } from "../conversations/model.ts";
import type { Conversations } from "../conversations/service.ts";
import type { Trx } from "../kernel/database/database.ts";
import type { Kernel } from "../kernel/domain.ts";
import type { NewEvent } from "../kernel/events/event-log.ts";
import { KeptWork, type WorkPlace } from "../kernel/time/kept-work.ts";
import { blockedStore } from "./blocked-store.ts";
import type { MailFiles } from "./files.ts";
import { inboundStore, type WhyHeld } from "./inbound-store.ts";
import { holdRoute, mailStore as store } from "./mail-store.ts";
import { addressOfRoute, type EmailRoute, type EmailThread, type InboundMail, type Mail } from "./model.ts";
import type { Outbox } from "./outbox.ts";
import { isOwnMark } from "./own-mark.ts";
import type { PlacesStore } from "./places-store.ts";
import { MailHead } from "./reading/head.ts";
import type { ReadMail } from "./reading/model.ts";
import { nobodysAddress, readIds } from "./reading/plain.ts";
import { type MailReader, UnreadableMail } from "./reading/reader.ts";
import { threadOf } from "./thread-of.ts";

/** A mail at one of the doors. */
export interface Taken {
	/** Envelope: empty of what is no answer to anything. */
	mailFrom: string;
	/** Those of its recipients that are ours, as they were written. */
	recipients: ReadonlyArray<{ route: EmailRoute; rcptTo: string }>;
	raw: Buffer;
	/** Where the door has it from, for those who look for it. */
	source?: string;
	/** What the door keeps with it, in the same change. */
	within?(trx: Trx): Promise<void>;
}

/** A storage or database that is away is soon back; after a day somebody has to look, ms. */
const retryMs = [2_000, 10_000, 60_000, 300_000, 1_800_000, 7_200_000, 28_800_000, 57_600_000];
const readLine: Pick<WorkPlace, "line"> = { line: "in" };
/** More from one sender into one thread within so long are a loop: they are held back. */
const mostInWindow = 10;
const windowMs = 600_000;
const hourMs = 3_600_000;

export interface InboundDeps {
	conversations: Pick<Conversations, "emails">;
	places: PlacesStore;
	files: MailFiles;
	reader: Pick<MailReader, "read">;
	outbox: Pick<Outbox, "bounced">;
}

/** What comes in: kept as it came before the door says that it is, then read, and put where it belongs, each once. */
export class Inbound {
	readonly #kernel: Kernel;
	readonly #deps: InboundDeps;
	readonly #work: KeptWork<InboundMail>;

	constructor(kernel: Kernel, deps: InboundDeps) {
		this.#kernel = kernel;
		this.#deps = deps;
		this.#work = new KeptWork(kernel, {
			kind: "email.read",
			retryMs,
			waiting: async () => (await inboundStore.allNew(kernel.database.db)).map((key) => ({ key, ...readLine })),
			next: inboundStore.next,
			tries: ({ attempts, tryAt }) => ({ attempts, ...(tryAt ? { tryAt } : {}) }),
			hold: inboundStore.lock,
			work: (mail) => this.#read(mail),
			postpone: async (trx, { id }, next) => {
				if (!(await inboundStore.lock(trx, id))) return false;
				await inboundStore.postpone(trx, id, next);
				return true;
			},
			giveUp: (mail) => this.#hold(mail, "unread"),
		});
	}

	start(): Promise<void> {
		return this.#work.start();
	}

	idle(): Promise<void> {
		return this.#work.idle();
	}

	stop(): Promise<void> {
		return this.#work.stop();
	}

	/** Keeps a mail for each of its recipients. Once this has ended, it is ours; the same mail again is the first. */
	async take({ mailFrom, recipients, raw, source, within }: Taken): Promise<void> {
		const { database, clock } = this.#kernel;
		const hash = createHash("sha256").update(raw).digest("hex");
		const messageId = messageIdOf(raw);
		const rawKey = await this.#deps.files.put(raw, "message/rfc822");
		const added = await database.change(async (trx) => {
			let count = 0;
			for (const { route, rcptTo } of recipients) {
				const mail = { id: randomUUID(), routeId: route.id, rawKey, size: raw.length, mailFrom, rcptTo };
				const same = { messageId, hash, ...(source ? { source } : {}) };
				if (!(await inboundStore.add(trx, { ...mail, attempts: 0, at: clock.now() }, same))) continue;
				await this.#work.order(trx, { key: mail.id, ...readLine });
				count += 1;
			}
			await within?.(trx);
			return count;
		});
		if (added === 0) await this.#deps.files.remove(rawKey);
	}

	/** Which of these places of an address's mailbox we have a mail from. */
	taken(routeId: string, sources: readonly string[]): Promise<Set<string>> {
		return inboundStore.taken(this.#kernel.database.db, routeId, sources);
	}

	async #read(mail: InboundMail): Promise<void> {
		const route = await this.#deps.places.route(mail.routeId);
		if (!route) return this.#hold(mail, "noAddress");
		const read = await this.#parsed(mail);
		const queue = await this.#deps.conversations.emails.queue(route.queueId, "queueId");
		const attachments = await this.#deps.files.keepAll(read.files);
		const key = await this.#deps.places.signingKey();
		// Before the mail counts as read: told twice is told once, and a kill in between forgets nothing.
		if (read.report) await this.#deps.outbox.bounced(read.report.messageId, read.report.text);
		const end = await this.#kernel.database.change(async (trx) => {
			if (!(await inboundStore.lock(trx, mail.id))) return undefined;
			await holdRoute(trx, route.id);
			const isEcho = await isOurs(trx, read, key);
			const became = isEcho ? "echo" : await this.#arrive(trx, { mail, route, queue, read, attachments });
			if (became === "echo" || became === "kept") await inboundStore.end(trx, mail.id, became);
			else await inboundStore.hold(trx, mail.id, became, { from: read.from.email, subject: read.subject });
			return became;
		});
		if (end !== undefined && end !== "kept" && end !== "echo") this.#tellHeld(mail, end);
		if (end !== "kept") for (const { key: file } of attachments) if (file) await this.#deps.files.remove(file);
	}

	/** A mail that nobody can read is there all the same, with its raw form as a file. */
	async #parsed({ rawKey, mailFrom }: InboundMail): Promise<ReadMail> {
		const raw = await this.#deps.files.read(rawKey);
		try {
			return await this.#deps.reader.read(raw, mailFrom);
		} catch (error) {
			if (!(error instanceof UnreadableMail)) throw error;
			this.#kernel.log.warn({ err: error }, "a mail cannot be read; its raw form is kept");
			return unreadable(mailFrom, raw);
		}
	}

	async #arrive(
		trx: Trx,
		arrival: {
			mail: InboundMail;
			route: EmailRoute;
			queue: QueueFacts;
			read: ReadMail;
			attachments: Mail["attachments"];
		},
	): Promise<"kept" | WhyHeld> {
		const { mail, route, queue, read, attachments } = arrival;
		const { emails } = this.#deps.conversations;
		const now = this.#kernel.clock.now();
		const sender = read.from.email.toLowerCase();
		const found = await threadOf(trx, route.id, read, mail.rcptTo);
		const known = found && (await store.thread(trx, found.id));
		const why = mail.isWanted ? undefined : await this.#whyHeld(trx, route, known, read);
		if (why) return why;
		const thread = known ?? (await store.addThread(trx, route.id, sender));
		const id = randomUUID();
		const noted = {
			...{ messageId: id, autoGenerated: read.isAutomatic, spam: read.isSpam },
			...(read.isAutomatic ? {} : { subject: read.subject }),
		};
		const state = await emails.stateOf(trx, thread.conversationId);
		let conversationId = thread.conversationId;
		if (state.kind === "busy") await emails.note(trx, state.conversation.id, noted);
		else if (!read.isAutomatic || conversationId === undefined) {
			const before = state.kind === "ended" ? state.conversation : undefined;
			const endedMs = before?.endTime ? now.getTime() - Date.parse(before.endTime) : 0;
			const isRecent = endedMs < route.settings.threadingHours * hourMs;
			const wish = wishOf({ route, thread, queue, read });
			conversationId = (await emails.receive(trx, wish, noted, isRecent ? before : undefined)).id;
			await store.handOn(trx, thread, conversationId);
		}
		await store.add(trx, {
			...{ id, threadId: thread.id, routeId: route.id, conversationId: conversationId ?? "" },
			direction: "inbound",
			messageId: read.messageId ?? `<${id}@unnamed.invalid>`,
			references: read.references,
			from: read.from,
			...(read.replyTo ? { replyTo: read.replyTo } : {}),
			...{ to: read.to, cc: read.cc, bcc: [] },
			...{ subject: read.subject, text: read.text, hasRemote: read.hasRemote, remote: read.remote, attachments },
			...(read.html === undefined ? {} : { html: read.html }),
			...{ rawKey: mail.rawKey, state: "received", autoGenerated: read.isAutomatic, attempts: 0, at: mail.at },
		});
		await store.addAliases(trx, thread, [...(read.messageId ? [read.messageId] : []), ...read.answers]);
		return "kept";
	}

	/** What is kept aside, for who looks after the address to see; undefined: it comes to the queue. */
	async #whyHeld(
		trx: Trx,
		{ id, settings }: EmailRoute,
		known: EmailThread | undefined,
		{ from, isAutomatic, isSpam }: ReadMail,
	): Promise<WhyHeld | undefined> {
		const sender = from.email.toLowerCase();
		if (await blockedStore.has(trx, id, sender)) return "blocked";
		const since = new Date(this.#kernel.clock.now().getTime() - windowMs);
		if (known && (await store.countSince(trx, known.id, sender, since)) >= mostInWindow) return "many";
		// What a machine writes to us first nobody has asked for; nor for what a filter calls spam, unless we have written before.
		if (!known && isAutomatic) return "automatic";
		return !known && isSpam && settings.holdsSpam ? "spam" : undefined;
	}

	/** What was kept aside comes to the queue after all, and that is told. @returns whether it was */
	async letIn(routeId: string, mailId: string, told: NewEvent): Promise<boolean> {
		return this.#kernel.database.change(async (trx) => {
			if (!(await inboundStore.want(trx, routeId, mailId))) return false;
			await this.#work.order(trx, { key: mailId, ...readLine });
			await this.#kernel.events.append(trx, [told]);
			return true;
		});
	}

	async #hold(mail: InboundMail, why: WhyHeld): Promise<void> {
		await this.#kernel.database.change(async (trx) => {
			if (await inboundStore.lock(trx, mail.id)) await inboundStore.hold(trx, mail.id, why);
		});
		this.#tellHeld(mail, why);
	}

	#tellHeld({ id, routeId, rcptTo }: InboundMail, why: WhyHeld): void {
		this.#kernel.log.warn({ mail: id, routeId, rcptTo, why }, "a mail was kept aside");
	}
}

/** Our own mail has come back to us, by a rule of somebody's mailbox or a list. */
async function isOurs(trx: Trx, { ownMark, messageId, report }: ReadMail, key: Buffer): Promise<boolean> {
	if (report) return false;
	if (ownMark !== undefined && isOwnMark(ownMark, key)) return true;
	return messageId !== undefined && (await store.sentAs(trx, messageId)) !== undefined;
}

function wishOf({
	route,
	thread,
	queue,
	read,
}: {
	route: EmailRoute;
	thread: EmailThread;
	queue: QueueFacts;
	read: ReadMail;
}): EmailWish {
	const { priority, skillIds, languageId } = route.settings;
	const { name } = read.from;
	return {
		...{ threadId: thread.id, routeId: route.id, our: addressOfRoute(route), their: read.from.email, queue },
		...{ subject: read.subject, priority, skillIds },
		...(languageId ? { languageId } : {}),
		...(name ? { name } : {}),
	};
}

/** The mail's own id, found without reading it whole; empty where it has none. */
function messageIdOf(raw: Buffer): string {
	return readIds(new MailHead(raw).field("message-id"))[0] ?? "";
}

/** What stands for a mail that cannot be read (agent-features 8.1, 2). */
function unreadable(mailFrom: string, raw: Buffer): ReadMail {
	return {
		...{ answers: [], references: [], from: { email: mailFrom || nobodysAddress }, to: [], cc: [] },
		...{ subject: "Unreadable mail", text: "", hasRemote: false, remote: [], isAutomatic: false, isSpam: false },
		files: [{ name: "mail.eml", contentType: "message/rfc822", isInline: false, bytes: raw }],
	};
}
