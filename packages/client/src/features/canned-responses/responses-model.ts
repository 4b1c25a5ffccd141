import { computed, signal } from "@preact/signals";
import type { LiveInteraction } from "../../session/interaction.ts";
import type { Workspace } from "../../shell/workspace.ts";
import { filled, type OfferedResponse, type Searchable, search, searchable } from "./offered.ts";
import { factsOf, noteUse, readOffered } from "./offered-here.ts";
import type { WritingPlace } from "./place.ts";

/** How the list came to be open: by the slash, whose word is the search, or by the button. */
type Opened = "slash" | "button";

/** Responses that a composer offers, as the agent looks for one. */
export class ResponsesModel {
	readonly opened = signal<Opened | undefined>(undefined);
	readonly query = signal("");
	/** Place of the one that Enter takes. */
	readonly at = signal(0);
	readonly state = signal<"loading" | "ready" | "failed">("loading");
	/** Why it did not load. */
	readonly why = signal<unknown>(undefined);
	readonly #all = signal<readonly Searchable[]>([]);
	readonly found = computed(() => search(this.#all.value, this.query.value));
	readonly chosen = computed<OfferedResponse | undefined>(() => this.found.value[this.at.value]);
	readonly isEmpty = computed(() => this.#all.value.length === 0);
	readonly #workspace: Workspace;
	readonly #medium: string;
	#asked = 0;

	constructor(workspace: Workspace, medium: string) {
		this.#workspace = workspace;
		this.#medium = medium;
	}

	open(how: Opened, call: LiveInteraction): void {
		if (this.opened.peek() === undefined) void this.load(call);
		this.opened.value = how;
		this.look("");
	}

	close(): void {
		this.opened.value = undefined;
	}

	look(text: string): void {
		this.query.value = text;
		this.at.value = 0;
	}

	move(by: number): void {
		const count = this.found.peek().length;
		if (count > 0) this.at.value = (this.at.peek() + by + count) % count;
	}

	/** What administrators have changed meanwhile is there with the next opening. Never rejects. */
	async load(call: LiveInteraction): Promise<void> {
		const asked = ++this.#asked;
		if (this.#all.peek().length === 0) this.state.value = "loading";
		this.why.value = undefined;
		try {
			const found = await readOffered(this.#workspace, call, this.#medium);
			if (asked !== this.#asked) return;
			this.#all.value = found.map(searchable);
			this.state.value = "ready";
		} catch (error) {
			if (asked !== this.#asked) return;
			this.state.value = "failed";
			this.why.value = error;
		}
	}

	/** The response with what is known of the conversation. */
	filled(response: OfferedResponse, call: LiveInteraction) {
		return filled(response, factsOf(this.#workspace, call));
	}

	/** Puts it where the agent writes, and counts it. */
	take(response: OfferedResponse, call: LiveInteraction, place: WritingPlace): void {
		const back = this.opened.peek() === "slash" ? this.query.peek().length + 1 : 0;
		place.put(this.filled(response, call), back);
		this.close();
		noteUse(this.#workspace, call, response);
	}

	dispose(): void {
		this.#asked += 1;
	}
}
