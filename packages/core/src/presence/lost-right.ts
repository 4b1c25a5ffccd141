import { permissionMatches } from "@inlay/contract";
import { grantChangingEvents } from "../authorization/events.ts";
import { isAway } from "../kernel/database/database-errors.ts";
import type { Kernel } from "../kernel/domain.ts";
import type { GrantedPermission } from "../kernel/principal.ts";
import { onQueuePermission, type Presence } from "./presence.ts";
import { presenceStore } from "./store.ts";

/** An open panel leaves by itself, and says why, within five seconds (agent-features 0.1-3): it goes first. */
const graceMs = 5000;

/**
 * Takes from On Queue whoever may be there no more, with no panel open to do it (agent-features 0.1-3): what they have in
 * hand goes on, and nothing new is offered.
 */
export class LostQueueRight {
	readonly #kernel: Pick<Kernel, "database" | "feed" | "log">;
	readonly #presence: Pick<Presence, "loseQueue">;
	readonly #grantsOf: (userId: string) => Promise<GrantedPermission[]>;
	#timer: NodeJS.Timeout | undefined;
	#looking: Promise<void> = Promise.resolve();
	#unsubscribe = () => {};

	constructor(
		kernel: Pick<Kernel, "database" | "feed" | "log">,
		presence: Pick<Presence, "loseQueue">,
		grantsOf: (userId: string) => Promise<GrantedPermission[]>,
	) {
		this.#kernel = kernel;
		this.#presence = presence;
		this.#grantsOf = grantsOf;
	}

	/** Rights may have been taken while no server was there. */
	start(): void {
		this.#unsubscribe = this.#kernel.feed.subscribe(({ type }) => {
			if (changesRights(type)) this.#soon();
		});
		this.#soon();
	}

	async lookNow(): Promise<void> {
		for (const userId of await presenceStore.wantingOnQueue(this.#kernel.database.db)) {
			const grants = await this.#grantsOf(userId);
			if (!grants.some((one) => permissionMatches(one.permission, onQueuePermission)))
				await this.#presence.loseQueue(userId);
		}
	}

	async stop(): Promise<void> {
		this.#unsubscribe();
		clearTimeout(this.#timer);
		await this.#looking;
	}

	#soon(): void {
		clearTimeout(this.#timer);
		this.#timer = setTimeout(() => {
			this.#looking = this.#looking.then(() => this.lookNow()).catch((err) => this.#failed(err));
		}, graceMs);
		this.#timer.unref();
	}

	#failed(err: unknown): void {
		if (!isAway(err)) this.#kernel.log.error({ err }, "who may be On Queue could not be looked at");
		// Nobody stays there because the database was away.
		this.#soon();
	}
}

/** Members of a group hold what it was granted. */
function changesRights(type: string): boolean {
	return grantChangingEvents.has(type) || type === "group.deleted" || type === "group.members.changed";
}
