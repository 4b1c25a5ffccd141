import type { Kernel } from "../../kernel/domain.ts";
import type { Inbound } from "../inbound.ts";
import type { KeptMailbox, MailboxesStore } from "../mailboxes-store.ts";
import { type EmailRoute, mostMailBytes } from "../model.ts";
import { plainLine } from "../reading/plain.ts";
import { ImapClient } from "./imap-client.ts";
import { envelopeOf } from "./imap-envelope.ts";
import { ImapRefusal } from "./imap-wire.ts";

/** How a mailbox stands. */
export interface MailboxState {
	isOpen: boolean;
	/** Why not, in the server's words. */
	trouble?: string;
	/** When it was looked into last. */
	lookedAt?: Date;
}

export interface ImapDoorDeps {
	mailboxes: MailboxesStore;
	route(id: string): Promise<EmailRoute | undefined>;
	inbound: Pick<Inbound, "take">;
}

/** Where what was taken is put (agent-features 8.1, 1). */
const importedFolder = "Imported";
/** Looked into so often, whatever the server says by itself; and so long after it was away, ms. */
const usualTiming = { pollMs: 60_000, waitMs: [1_000, 5_000, 30_000, 60_000] };

/** Brings mails from the mailboxes of our addresses (IMAP): each is kept before it is put aside there, and kept once. */
export class ImapDoor {
	readonly #kernel: Pick<Kernel, "outgoing" | "log" | "clock" | "database">;
	readonly #deps: ImapDoorDeps;
	readonly #timing: typeof usualTiming;
	readonly #watches = new Map<string, { end: AbortController; over: Promise<void>; state: MailboxState }>();
	#isStopped = true;

	constructor(
		kernel: Pick<Kernel, "outgoing" | "log" | "clock" | "database">,
		deps: ImapDoorDeps,
		timing = usualTiming,
	) {
		this.#kernel = kernel;
		this.#deps = deps;
		this.#timing = timing;
	}

	async start(): Promise<void> {
		this.#isStopped = false;
		for (const { routeId } of await this.#deps.mailboxes.all()) this.#watch(routeId);
	}

	async stop(): Promise<void> {
		this.#isStopped = true;
		await Promise.all([...this.#watches.keys()].map((id) => this.#leave(id)));
	}

	/** A mailbox was set, changed or taken away. */
	async changed(routeId: string): Promise<void> {
		await this.#leave(routeId);
		if (!this.#isStopped && !this.#watches.has(routeId) && (await this.#deps.mailboxes.of(routeId)))
			this.#watch(routeId);
	}

	stateOf(routeId: string): MailboxState {
		return this.#watches.get(routeId)?.state ?? { isOpen: false };
	}

	#watch(routeId: string): void {
		const end = new AbortController();
		const state: MailboxState = { isOpen: false };
		this.#watches.set(routeId, { end, state, over: this.#follow(routeId, state, end.signal) });
	}

	async #leave(routeId: string): Promise<void> {
		const watch = this.#watches.get(routeId);
		this.#watches.delete(routeId);
		watch?.end.abort();
		await watch?.over;
	}

	/** Never rejects: a server that is away is asked again. */
	async #follow(routeId: string, state: MailboxState, end: AbortSignal): Promise<void> {
		for (let failures = 0; !end.aborted; failures += 1) {
			try {
				const mailbox = await this.#deps.mailboxes.of(routeId);
				if (!mailbox) return;
				await this.#visit(mailbox, state, end, () => {
					failures = 0;
				});
			} catch (error) {
				if (end.aborted) return;
				state.isOpen = false;
				state.trouble = plainLine(error instanceof Error ? error.message : String(error), 300);
				this.#kernel.log.warn({ err: error, routeId }, "a mailbox cannot be read; trying again");
				const { waitMs } = this.#timing;
				await pause(waitMs[Math.min(failures, waitMs.length - 1)] ?? 0, end);
			}
		}
	}

	/** Stays until the connection breaks, or is not wanted any more. */
	async #visit(mailbox: KeptMailbox, state: MailboxState, end: AbortSignal, good: () => void): Promise<void> {
		const client = await ImapClient.open(mailbox.server, this.#kernel.outgoing);
		const leave = () => client.close();
		end.addEventListener("abort", leave);
		try {
			const validity = await client.select(mailbox.server.folder);
			while (!end.aborted) {
				await this.#bring(client, mailbox, validity, end);
				good();
				state.isOpen = true;
				delete state.trouble;
				state.lookedAt = this.#kernel.clock.now();
				if (client.idles) await client.idle(this.#timing.pollMs, end);
				else await pause(this.#timing.pollMs, end);
			}
		} finally {
			end.removeEventListener("abort", leave);
			client.close();
		}
	}

	async #bring(
		client: ImapClient,
		{ routeId, server, since }: KeptMailbox,
		validity: number,
		end: AbortSignal,
	): Promise<void> {
		const before = await this.#deps.mailboxes.place(routeId);
		const from = before.validity === validity ? before.uid : 0;
		// What a kill has left between keeping and putting aside; what is too large stays, and is flagged.
		const left = from > 0 ? await client.search(`UID 1:${from} UNSEEN UNFLAGGED`) : [];
		if (left.length > 0) await putAside(client, left);
		// A mailbox that was in use before has years of mails in it; whoever has read one since may have done so by their own program.
		const wanted = `OR UNSEEN SINCE ${dayBefore(since)}`;
		// `n:*` names the last mail also where it is an older one (RFC 3501, 6.4.8).
		for (const uid of (await client.search(`UID ${from + 1}:* ${wanted}`)).filter((one) => one > from)) {
			if (end.aborted) return;
			const size = await client.sizeOf(uid);
			if (size !== undefined && size > mostMailBytes) {
				await client.mark([uid], "\\Flagged");
				this.#kernel.log.warn(
					{ routeId, uid, size, host: server.host },
					"a mail in a mailbox is too large; it stays there",
				);
				await this.#kernel.database.change((trx) => this.#deps.mailboxes.advance(trx, routeId, { validity, uid }));
				continue;
			}
			const raw = size === undefined ? undefined : await client.fetch(uid);
			const route = raw && (await this.#deps.route(routeId));
			if (!raw || !route) continue;
			await this.#deps.inbound.take({
				...envelopeOf(raw, route),
				raw,
				source: `imap:${validity}/${uid}`,
				within: (trx) => this.#deps.mailboxes.advance(trx, routeId, { validity, uid }),
			});
			await putAside(client, [uid]);
		}
	}
}

/** Where it may not be moved, it is marked as seen: nobody takes it for a new one. */
async function putAside(client: ImapClient, uids: readonly number[]): Promise<void> {
	try {
		await client.move(uids, importedFolder);
	} catch (error) {
		if (!(error instanceof ImapRefusal)) throw error;
		await client.mark(uids, "\\Seen");
	}
}

/** As IMAP writes a day (RFC 3501, 9); the day before, as a server's days need not be ours. */
function dayBefore(time: Date): string {
	const [, day, month, year] =
		/^\w+, (\d\d) (\w{3}) (\d{4})/.exec(new Date(time.getTime() - 86_400_000).toUTCString()) ?? [];
	return `${Number(day)}-${month}-${year}`;
}

function pause(ms: number, end: AbortSignal): Promise<void> {
	return new Promise((done) => {
		if (end.aborted) return done();
		const timer = setTimeout(over, ms);
		end.addEventListener("abort", over);
		function over() {
			clearTimeout(timer);
			end.removeEventListener("abort", over);
			done();
		}
	});
}
