import type { Interaction } from "@inlay/contract";

const key = "inlay.told";

export interface ToldLiveParts {
	window: Pick<Window, "sessionStorage">;
	tell: (event: "disconnect" | "acw" | "deallocate", interaction: Interaction) => void;
	/** An interaction that is not in the list any more, as the server has it. */
	past: (interactionId: string) => Promise<Interaction | undefined>;
	/** Whether this agent is the one who is signed in still. */
	isHere: (userId: string) => boolean;
}

/**
 * What pages have been told of that goes on. It outlives a reload of the panel, in which a call may end: whoever was told of
 * it is told the end as well. Where storage is blocked nothing is known of what was told before.
 */
export class ToldLive {
	readonly #parts: ToldLiveParts;
	#kept = "";
	/** Told before this page, by the same agent; none once they have been looked at. */
	#earlier: readonly string[] = [];

	constructor(parts: ToldLiveParts) {
		this.#parts = parts;
	}

	/** For this agent from now on. */
	open(userId: string): void {
		try {
			const [of, ...ids] = JSON.parse(this.#parts.window.sessionStorage.getItem(key) ?? "[]") as string[];
			this.#earlier = of === userId ? ids : [];
		} catch {
			this.#earlier = [];
		}
	}

	/** What scripts know of from now on. The first time, what the page before this one told of may have ended meanwhile. */
	told(userId: string, interactions: readonly Interaction[]): void {
		const earlier = this.#earlier;
		this.#earlier = [];
		this.#keep(userId, interactions);
		for (const id of earlier) {
			const now = interactions.find((each) => each.id === id);
			if (now?.isDisconnected) this.#parts.tell("disconnect", now);
			else if (!now) void this.#tellEnd(id, userId);
		}
	}

	async #tellEnd(interactionId: string, userId: string): Promise<void> {
		const ended = await this.#parts.past(interactionId);
		if (!ended?.isDisconnected || !this.#parts.isHere(userId)) return;
		const after = ended.disposition === undefined ? [] : (["acw"] as const);
		for (const event of ["disconnect", ...after, "deallocate"] as const) this.#parts.tell(event, ended);
	}

	#keep(userId: string, told: readonly Interaction[]): void {
		const live = told.filter(({ isDisconnected }) => !isDisconnected).map(({ id }) => id);
		const now = JSON.stringify([userId, ...live]);
		if (now === this.#kept) return;
		this.#kept = now;
		try {
			this.#parts.window.sessionStorage.setItem(key, now);
		} catch {
			// A browser that keeps nothing for frames.
		}
	}
}
