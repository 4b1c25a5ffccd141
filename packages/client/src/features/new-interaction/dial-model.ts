import type { ContactSearchResult } from "@inlay/contract";
import { effect, signal } from "@preact/signals";
import type { Workspace } from "../../shell/workspace.ts";

export type SearchState = "off" | "searching" | "found" | "failed";

const searchAfterMs = 350;

/** True for what can be dialled as it stands: digits with the usual punctuation, or a SIP address. */
export function isDialable(text: string): boolean {
	const bare = text.trim();
	return /^sips?:\S+@?\S+$/i.test(bare) || (/^\+?[\d\s().\-/*#]+$/.test(bare) && /\d/.test(bare));
}

/** A number without what people write for their eyes. */
export function cleanNumber(text: string): string {
	const bare = text.trim();
	return /^sips?:/i.test(bare) ? bare : bare.replace(/[\s().\-/]/g, "");
}

/** What the agent is about to dial. */
export class DialModel {
	readonly text = signal("");
	readonly queueId = signal("");
	readonly attributes = signal<Record<string, string>>({});
	readonly invalid = signal(false);
	readonly search = signal<SearchState>("off");
	readonly contacts = signal<readonly ContactSearchResult[]>([]);
	readonly #workspace: Workspace;
	readonly #stopFilling: () => void;
	#cancelSearch = () => {};
	#searches = 0;

	constructor(workspace: Workspace) {
		this.#workspace = workspace;
		this.#stopFilling = effect(() => {
			const draft = workspace.draft.value;
			if (!draft) return;
			this.text.value = draft.address;
			this.queueId.value = draft.queueId ?? "";
			this.attributes.value = draft.attributes;
		});
	}

	get searches(): boolean {
		return this.#workspace.config.value.settings.searchTargets.includes("frameworkContacts");
	}

	input(text: string): void {
		this.text.value = text;
		this.attributes.value = {};
		this.invalid.value = false;
		this.#searchSoon(text.trim());
	}

	press(key: string): void {
		this.input(this.text.value + key);
	}

	erase(): void {
		this.input(this.text.value.slice(0, -1));
	}

	/** Takes one of a contact's numbers, and dials it. */
	choose(contact: ContactSearchResult, number: string): void {
		this.text.value = number;
		this.attributes.value = contact.attributes;
		void this.call();
	}

	async call(): Promise<void> {
		if (!isDialable(this.text.value)) {
			this.invalid.value = true;
			return;
		}
		const placed = await this.#workspace.attempt("dial", () =>
			this.#workspace.place({
				phoneNumber: cleanNumber(this.text.value),
				queueId: this.queueId.value,
				attributes: this.attributes.value,
			}),
		);
		if (placed) this.#clear();
	}

	dispose(): void {
		this.#cancelSearch();
		this.#stopFilling();
	}

	#clear(): void {
		this.#workspace.draft.value = undefined;
		this.input("");
	}

	#searchSoon(value: string): void {
		this.#cancelSearch();
		this.#searches += 1;
		if (!this.searches || value.length < 2) {
			this.search.value = "off";
			return;
		}
		this.#cancelSearch = this.#workspace.session.clock.after(searchAfterMs, () => void this.#find(value));
	}

	/** Answers of an older search are dropped when a newer one has begun. */
	async #find(value: string): Promise<void> {
		const mine = this.#searches;
		this.search.value = "searching";
		const outcome = await this.#workspace.runtime.searchContacts(value);
		if (mine !== this.#searches) return;
		this.contacts.value = outcome.results;
		this.search.value = outcome.status === "found" ? "found" : outcome.status === "unavailable" ? "off" : "failed";
	}
}
