import { locale } from "@inlay/ui";
import { computed, signal } from "@preact/signals";
import type { LiveInteraction } from "../../session/interaction.ts";
import type { Workspace } from "../../shell/workspace.ts";
import { filled, type KnownFacts, type OfferedResponse, type Searchable, search, searchable } from "./offered.ts";
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
	async load({ queueId }: LiveInteraction): Promise<void> {
		const asked = ++this.#asked;
		const query = new URLSearchParams({ medium: this.#medium, ...(queueId ? { queueId } : {}) });
		if (this.#all.peek().length === 0) this.state.value = "loading";
		try {
			const path = `/api/inlay/v1/responses/offered?${query}`;
			const { entities } = await this.#workspace.session.api.get<{ entities: OfferedResponse[] }>(path);
			if (asked !== this.#asked) return;
			this.#all.value = entities.map(searchable);
			this.state.value = "ready";
		} catch {
			if (asked === this.#asked) this.state.value = "failed";
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
		const { api } = this.#workspace.session;
		// The text is there; that it is counted nobody waits for.
		api.post(`/api/inlay/v1/responses/${response.id}/uses`, { conversationId: call.id }).catch(() => undefined);
	}

	dispose(): void {
		this.#asked += 1;
	}
}

function factsOf({ session }: Workspace, call: LiveInteraction): KnownFacts {
	const of = (id: string | undefined) => call.source.participants?.find((one) => one.id === id)?.attributes;
	return {
		agentName: session.me.name ?? "",
		customerName: call.remoteName === call.remoteAddress ? "" : call.remoteName,
		queueName: call.queueName ?? "",
		date: new Intl.DateTimeFormat(locale.value, { dateStyle: "long" }).format(session.now.value),
		conversationId: call.id,
		attributes: { ...of(call.participantId), ...of(call.outsideId) },
	};
}
