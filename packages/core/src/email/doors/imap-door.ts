import type { Kernel } from "../../kernel/domain.ts";
import type { KeptMailbox } from "../mailboxes-store.ts";
import { plainLine } from "../reading/plain.ts";
import { ImapClient } from "./imap-client.ts";
import { ImapVisit, type VisitDeps } from "./imap-visit.ts";

/** How a mailbox stands. */
export interface MailboxState {
	isOpen: boolean;
	/** Why not, in the server's words. */
	trouble?: string;
	/** Since when. */
	troubleSince?: Date;
	/** Nothing in it may be changed. */
	isReadOnly?: boolean;
	/** When it was looked into last. */
	lookedAt?: Date;
}

export type ImapDoorDeps = Omit<VisitDeps, "kernel">;

/** Looked into so often, whatever the server says by itself; and so long after it was away, ms. */
const usualTiming = { pollMs: 60_000, waitMs: [1_000, 5_000, 30_000, 60_000] };

interface Watch {
	end: AbortController;
	over: Promise<void>;
	state: MailboxState;
}

/** Brings mails from the mailboxes of our addresses (IMAP): each is kept before it is put aside there, and kept once. */
export class ImapDoor {
	readonly #kernel: Pick<Kernel, "outgoing" | "log" | "clock" | "database">;
	readonly #deps: ImapDoorDeps;
	readonly #timing: typeof usualTiming;
	/** One per mailbox. */
	readonly #watches = new Map<string, Watch>();
	/** The latest change of each mailbox that is under way: one after the other. */
	readonly #changes = new Map<string, Promise<void>>();
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
		for (const { end } of this.#watches.values()) end.abort();
		await Promise.all(this.#changes.values());
		await Promise.all([...this.#watches.keys()].map((id) => this.#leave(id)));
	}

	/** A mailbox was set, changed or taken away, or its address was. */
	async changed(routeId: string): Promise<void> {
		const before = this.#changes.get(routeId);
		const change = (async () => {
			await before;
			await this.#leave(routeId);
			this.#watch(routeId);
		})();
		this.#changes.set(routeId, change);
		await change;
		if (this.#changes.get(routeId) === change) this.#changes.delete(routeId);
	}

	stateOf(routeId: string): MailboxState {
		return this.#watches.get(routeId)?.state ?? { isOpen: false };
	}

	/** Until it is left, or there is no such mailbox. */
	#watch(routeId: string): void {
		if (this.#isStopped || this.#watches.has(routeId)) return;
		const end = new AbortController();
		const state: MailboxState = { isOpen: false };
		const over = this.#follow(routeId, state, end.signal).then(() => {
			if (this.#watches.get(routeId)?.state === state) this.#watches.delete(routeId);
		});
		this.#watches.set(routeId, { end, state, over });
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
				const good = () => {
					failures = 0;
				};
				if (!(await this.#visit(mailbox, state, end, good))) return;
			} catch (error) {
				if (end.aborted) return;
				state.isOpen = false;
				state.troubleSince ??= this.#kernel.clock.now();
				const trouble = plainLine(error instanceof Error ? error.message : String(error), 300);
				// A server that is away for a night is told of once, and not each minute.
				if (trouble !== state.trouble)
					this.#kernel.log.warn({ routeId, trouble }, "a mailbox cannot be read; it is tried again until it can");
				state.trouble = trouble;
				const { waitMs } = this.#timing;
				await pause(waitMs[Math.min(failures, waitMs.length - 1)] ?? 0, end);
			}
		}
	}

	/** Stays until the connection breaks, or is not wanted any more. @returns false once there is no such mailbox */
	async #visit(mailbox: KeptMailbox, state: MailboxState, end: AbortSignal, good: () => void): Promise<boolean> {
		const client = await ImapClient.open(mailbox.server, this.#kernel.outgoing, { end });
		try {
			const folder = await client.select(mailbox.server.folder);
			const visit = new ImapVisit(client, mailbox, folder, { ...this.#deps, kernel: this.#kernel });
			while (!end.aborted) {
				if (!(await visit.bring(end))) return false;
				good();
				state.isOpen = true;
				delete state.trouble;
				delete state.troubleSince;
				// What has not shown yet is as it was before the connection broke.
				state.isReadOnly = visit.isReadOnly ?? state.isReadOnly ?? false;
				state.lookedAt = this.#kernel.clock.now();
				if (client.idles) await client.idle(this.#timing.pollMs);
				else await pause(this.#timing.pollMs, end);
			}
			return true;
		} finally {
			client.close();
		}
	}
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
