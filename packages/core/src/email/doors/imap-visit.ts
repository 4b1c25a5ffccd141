import type { Kernel } from "../../kernel/domain.ts";
import type { Inbound } from "../inbound.ts";
import type { KeptMailbox, MailboxesStore } from "../mailboxes-store.ts";
import { type EmailRoute, mostMailBytes } from "../model.ts";
import type { ImapClient } from "./imap-client.ts";
import { envelopeOf } from "./imap-envelope.ts";
import { ImapRefusal } from "./imap-wire.ts";

export interface VisitDeps {
	kernel: Pick<Kernel, "log" | "database">;
	mailboxes: MailboxesStore;
	route(id: string): Promise<EmailRoute | undefined>;
	inbound: Pick<Inbound, "take" | "taken">;
}

type VisitedFolder = Awaited<ReturnType<ImapClient["select"]>>;

/** Where what was taken is put (agent-features 8.1, 1). */
const importedFolder = "Imported";
/** Of more that was left the others have their turn at the next look. */
const mostLeft = 500;

/** What is done in a mailbox as long as its connection stands. */
export class ImapVisit {
	readonly #client: ImapClient;
	readonly #mailbox: KeptMailbox;
	readonly #validity: number;
	readonly #deps: VisitDeps;
	#isReadOnly: boolean | undefined;
	#hasToldRefusal = false;

	/** @param folder as it was opened */
	constructor(client: ImapClient, mailbox: KeptMailbox, folder: VisitedFolder, deps: VisitDeps) {
		this.#client = client;
		this.#mailbox = mailbox;
		this.#validity = folder.validity;
		this.#deps = deps;
		if (folder.isReadOnly) this.#stayAsIs();
	}

	/** What was brought stays as it is: the server lets us move and mark nothing. Undefined: nothing has shown it yet. */
	get isReadOnly(): boolean | undefined {
		return this.#isReadOnly;
	}

	/** Brings what is new. @returns false once the address, or its mailbox, is gone: nothing of it is asked for */
	async bring(end: AbortSignal): Promise<boolean> {
		const { routeId, since } = this.#mailbox;
		const before = await this.#deps.mailboxes.place(routeId);
		if (!before) return false;
		const from = before.validity === this.#validity ? before.uid : 0;
		await this.#putAside(await this.#left(from));
		// A mailbox that was in use before has years of mails in it; whoever has read one since may have done so by their own program.
		const wanted = `OR UNSEEN SINCE ${dayBefore(since)}`;
		// `n:*` names the last mail also where it is an older one (RFC 3501, 6.4.8).
		for (const uid of (await this.#client.search(`UID ${from + 1}:* ${wanted}`)).filter((one) => one > from)) {
			if (end.aborted) return true;
			const route = await this.#deps.route(routeId);
			if (!route) return false;
			await this.#take(uid, route);
		}
		return true;
	}

	/**
	 * What a kill has left between keeping and putting aside. What we have not taken is not ours to put aside: it was too large,
	 * or was passed over and has been marked as unread since.
	 */
	async #left(from: number): Promise<number[]> {
		// Of what may not be changed it was tried once: nobody asks for it each minute.
		if (from === 0 || this.#isReadOnly) return [];
		const unread = await this.#client.search(`UID 1:${from} UNSEEN UNFLAGGED`);
		if (unread.length === 0) return [];
		const sources = unread.map((uid) => this.#sourceOf(uid));
		const taken = await this.#deps.inbound.taken(this.#mailbox.routeId, sources);
		return unread.filter((uid) => taken.has(this.#sourceOf(uid))).slice(0, mostLeft);
	}

	async #take(uid: number, route: EmailRoute): Promise<void> {
		const { routeId, server } = this.#mailbox;
		const { kernel, mailboxes, inbound } = this.#deps;
		const place = { validity: this.#validity, uid };
		const size = await this.#client.sizeOf(uid);
		if (size === undefined) return;
		if (size > mostMailBytes) {
			await this.#mark([uid], "\\Flagged");
			const told = { routeId, uid, size, host: server.host };
			kernel.log.warn(told, "a mail in a mailbox is too large; it stays there");
			return kernel.database.change((trx) => mailboxes.advance(trx, routeId, place));
		}
		const raw = await this.#client.fetch(uid);
		if (!raw) {
			kernel.log.warn({ routeId, uid, host: server.host }, "a mailbox's server names a mail and does not give it");
			return;
		}
		await inbound.take({
			...envelopeOf(raw, route),
			raw,
			source: this.#sourceOf(uid),
			within: (trx) => mailboxes.advance(trx, routeId, place),
		});
		await this.#putAside([uid]);
	}

	/** Where it may not be moved, it is marked as seen: nobody takes it for a new one. */
	async #putAside(uids: readonly number[]): Promise<void> {
		if (uids.length === 0 || this.#isReadOnly) return;
		try {
			await this.#client.move(uids, importedFolder);
			this.#isReadOnly = false;
		} catch (error) {
			if (!(error instanceof ImapRefusal)) throw error;
			await this.#mark(uids, "\\Seen");
		}
	}

	/**
	 * Where nothing may be changed, mails stay as they are: by its place none is brought twice. What is refused for a while, by a
	 * mailbox that is in use, full or away, is tried again at the next look.
	 */
	async #mark(uids: readonly number[], flag: "\\Seen" | "\\Flagged"): Promise<void> {
		try {
			await this.#client.mark(uids, flag);
			this.#isReadOnly = false;
		} catch (error) {
			if (!(error instanceof ImapRefusal)) throw error;
			if (error.isLasting) return this.#stayAsIs(error);
			if (this.#hasToldRefusal) return;
			this.#hasToldRefusal = true;
			this.#warn("a mailbox's server refuses to have a mail put aside; it is tried again", error);
		}
	}

	#stayAsIs(error?: ImapRefusal): void {
		this.#isReadOnly = true;
		this.#warn("a mailbox may be read and not changed; what was brought stays in it as it is", error);
	}

	#warn(what: string, error: ImapRefusal | undefined): void {
		const { routeId, server } = this.#mailbox;
		this.#deps.kernel.log.warn({ ...(error ? { err: error } : {}), routeId, host: server.host }, what);
	}

	#sourceOf(uid: number): string {
		return `imap:${this.#validity}/${uid}`;
	}
}

/** As IMAP writes a day (RFC 3501, 9); the day before, as a server's days need not be ours. */
function dayBefore(time: Date): string {
	const [, day, month, year] =
		/^\w+, (\d\d) (\w{3}) (\d{4})/.exec(new Date(time.getTime() - 86_400_000).toUTCString()) ?? [];
	return `${Number(day)}-${month}-${year}`;
}
