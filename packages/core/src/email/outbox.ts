import type { Conversations } from "../conversations/service.ts";
import type { Trx } from "../kernel/database/database.ts";
import type { Kernel } from "../kernel/domain.ts";
import { KeptWork, type WorkPlace } from "../kernel/time/kept-work.ts";
import { type MailCarrier, MailRefused, whomNot } from "./carrier.ts";
import { compose } from "./compose.ts";
import { noServer } from "./doors/smtp-carrier.ts";
import type { MailFiles } from "./files.ts";
import { mailStore as store } from "./mail-store.ts";
import type { Mail, MailError } from "./model.ts";
import { ownMark } from "./own-mark.ts";
import type { PlacesStore } from "./places-store.ts";

const minuteMs = 60_000;
/** Waits before each further try (agent-features 8.3): 1, 5 and 30 minutes, 2, 8 and 24 hours. */
const retryMs = [1, 5, 30, 120, 480, 1440].map((minutes) => minutes * minuteMs);
/** Of one address so many go at once. */
const lines = 4;

export interface OutboxDeps {
	conversations: Pick<Conversations, "emails">;
	places: PlacesStore;
	files: MailFiles;
	carrier: MailCarrier;
}

/** What is to be sent, as kept work: each mail by itself, so that one that has to wait holds up no other. */
export class Outbox {
	readonly #kernel: Kernel;
	readonly #deps: OutboxDeps;
	readonly #work: KeptWork<Mail>;

	constructor(kernel: Kernel, deps: OutboxDeps) {
		this.#kernel = kernel;
		this.#deps = deps;
		this.#work = new KeptWork(kernel, {
			kind: "email.send",
			retryMs,
			waiting: async () => (await store.allQueued(kernel.database.db)).map(placeOf),
			next: store.queued,
			tries: ({ attempts, tryAt }) => ({ attempts, ...(tryAt ? { tryAt } : {}) }),
			hold: store.lock,
			work: (mail) => this.#send(mail),
			postpone: (trx, { id }, next) => this.#postpone(trx, id, next),
			giveUp: ({ id }) => this.#failed(id, unreachable),
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

	/** In the transaction that keeps the mail. */
	order(trx: Trx, mail: Mail): Promise<void> {
		const inMs = mail.tryAt ? mail.tryAt.getTime() - this.#kernel.clock.now().getTime() : 0;
		return this.#work.order(trx, placeOf(mail), Math.max(0, inMs));
	}

	/** What was sent has come back: it has failed after all. */
	async bounced(messageId: string, text: string): Promise<void> {
		const mail = await store.sentAs(this.#kernel.database.db, messageId);
		if (mail) await this.#failed(mail.id, { code: "email.bounced", message: text });
	}

	/** Whoever takes it back has done so before now, or not at all: both hold it. @returns whether it is still to be sent */
	#isStillThere({ id }: Mail): Promise<boolean> {
		return this.#kernel.database.change(async (trx) => (await store.lock(trx, id))?.state === "queued");
	}

	async #send(mail: Mail): Promise<void> {
		if (mail.draft && mail.attempts === 0 && !(await this.#isStillThere(mail))) return;
		const { places, files, carrier } = this.#deps;
		const route = await places.route(mail.routeId);
		const domain = route && (await places.domain(route.domain));
		if (!route || !domain) return this.#failed(mail.id, noServer(mail.from.email.split("@").at(-1) ?? ""));
		const contents: Buffer[] = [];
		for (const { key } of mail.attachments) contents.push(key ? await files.read(key) : Buffer.alloc(0));
		const composed = await compose(mail, route, contents, ownMark(mail.conversationId, await places.signingKey()));
		try {
			const { refused } = await carrier.send(domain, composed);
			if (refused.length > 0) return this.#failed(mail.id, partly(refused));
		} catch (error) {
			if (error instanceof MailRefused) return this.#failed(mail.id, error.reason);
			throw error;
		}
		await this.#became(mail.id, { state: "sent" });
	}

	#failed(id: string, error: MailError): Promise<void> {
		return this.#became(id, { state: "failed", error });
	}

	/** Threads are held before mails, and both before conversations. */
	async #became(id: string, told: { state: "sent" | "failed"; error?: MailError }): Promise<void> {
		await this.#kernel.database.change(async (trx) => {
			const found = await store.get(trx, id);
			const thread = found && (await store.thread(trx, found.threadId));
			const mail = await store.lock(trx, id);
			if (!mail || !thread || (mail.state !== "queued" && told.state === "sent")) return;
			const { error: before, ...rest } = mail;
			// The same report, read again by a server that was killed before it could keep that it had read it.
			if (mail.state === "failed" && told.error?.code === before?.code && told.error?.message === before?.message)
				return;
			await store.setState(trx, { ...rest, ...told });
			const { emails } = this.#deps.conversations;
			const state = await emails.stateOf(trx, thread.conversationId);
			const { error } = told;
			if (state.kind === "none") return;
			if (error && state.kind === "ended") return this.#reopen(trx, mail, error);
			// Of one that is over, too: whoever has ended it right after sending looks at it still.
			await emails.tell(trx, state.conversation.id, {
				userId: mail.userId,
				isSent: told.state === "sent",
				...(error ? { error: { code: error.code, message: error.message } } : {}),
			});
		});
	}

	/** The conversation has ended already: whoever wrote in it gets it anew, to try again. */
	async #reopen(trx: Trx, mail: Mail, error: MailError): Promise<void> {
		const { emails } = this.#deps.conversations;
		const thread = await store.thread(trx, mail.threadId);
		const state = await emails.stateOf(trx, thread?.conversationId);
		if (!thread || state.kind !== "ended") return;
		const { email } = state.conversation.internal;
		if (!email) return;
		const noted = { messageId: mail.id, subject: mail.subject };
		const wish = { ...email, subject: mail.subject };
		const { id } = await emails.receive(trx, wish, noted, state.conversation);
		await emails.tell(trx, id, { error: { code: error.code, message: error.message } });
		await store.handOn(trx, thread, id);
	}

	async #postpone(trx: Trx, id: string, next: { attempts: number; tryAt: Date }): Promise<boolean> {
		const mail = await store.lock(trx, id);
		if (mail?.state !== "queued") return false;
		await store.setState(trx, { ...mail, ...next });
		return true;
	}
}

function placeOf({ id, routeId }: Pick<Mail, "id" | "routeId">): WorkPlace {
	return { key: id, line: `${routeId}:${Number.parseInt(id.slice(-2), 16) % lines}` };
}

function partly(refused: ReadonlyArray<{ email: string; text: string }>): MailError {
	return { code: "email.refused.partly", message: whomNot(refused), recipients: refused.map(({ email }) => email) };
}

const unreachable = {
	code: "email.unreachable",
	message: "The mail server could not be reached for more than a day.",
};
