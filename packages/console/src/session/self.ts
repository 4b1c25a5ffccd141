import type { Signal } from "@preact/signals";
import { type Duty, lostDuties } from "./needs.ts";
import type { Rights } from "./rights.ts";

/** Who is signed in, as far as models ask: what they may do, and whether a change is about themselves. */
export class Self {
	readonly id: string;
	readonly rights: Signal<Rights>;
	readonly #readRights: () => Promise<void>;

	constructor(id: string, rights: Signal<Rights>, readRights: () => Promise<void>) {
		this.id = id;
		this.rights = rights;
		this.#readRights = readRights;
	}

	/** After a change that may be about one's own rights. One that took the right to read them leaves them as they were. */
	async refresh(): Promise<void> {
		await this.#readRights().catch(() => undefined);
	}

	/** What one could no longer do after a change of one's own rights. */
	losses(after: (now: Rights) => Rights): Duty[] {
		const now = this.rights.value;
		return lostDuties(now, after(now));
	}
}
