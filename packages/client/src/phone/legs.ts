import { computed, type ReadonlySignal, signal } from "@preact/signals";
import { isOver, type LiveInteraction } from "../session/interaction.ts";
import type { CallMedia } from "./call-media.ts";
import type { Proposal } from "./stanza.ts";

/** How far a call's sound has come. */
export type LegState = "ringing" | "connecting" | "active" | "failed";

/** A media connection between this phone and the server, or the offer of one. */
export interface Leg {
	readonly proposal: Proposal;
	/** The call whose sound it carries; undefined while it is kept for the next one (persistent connection). */
	conversationId: string | undefined;
	state: LegState;
	media?: CallMedia;
	/** The microphone did not open: from now on only a click takes the call. */
	refused?: boolean;
	/** The call within a callback that it has carried: when that is over, the callback goes on without sound. */
	hasSpoken?: boolean;
	/** The server keeps the connection when the call ends. */
	isPersistent?: boolean;
}

/** States in which a call takes the connection that was kept for it: the agent speaks, or is about to. */
const speaks: readonly string[] = ["connected", "contacting", "dialing"];

/** The connections of one phone, by the server's session. */
export class Legs {
	/** Conversation id to the state of its sound. */
	readonly states: ReadonlySignal<ReadonlyMap<string, LegState>>;
	/** A connection waits for the next call. */
	readonly isKept: ReadonlySignal<boolean>;
	readonly #all = new Map<string, Leg>();
	readonly #shown = signal<readonly Leg[]>([]);

	constructor() {
		this.states = computed(
			() =>
				new Map(
					this.#shown.value.flatMap(({ conversationId, state }) =>
						conversationId === undefined ? [] : [[conversationId, state] as const],
					),
				),
		);
		this.isKept = computed(() => this.#shown.value.some(({ conversationId }) => conversationId === undefined));
	}

	all(): Leg[] {
		return [...this.#all.values()];
	}

	of(sessionId: string): Leg | undefined {
		return this.#all.get(sessionId);
	}

	/** The latest one of a call. */
	find(conversationId: string): Leg | undefined {
		return this.all().findLast((leg) => leg.conversationId === conversationId);
	}

	/** The one that waits for the next call. */
	kept(): Leg | undefined {
		return this.all().find((leg) => leg.conversationId === undefined);
	}

	add(leg: Leg): void {
		this.#all.set(leg.proposal.sessionId, leg);
		this.changed();
	}

	/** Something about a leg is another than before. */
	changed(): void {
		this.#shown.value = this.all();
	}

	drop(leg: Leg): void {
		leg.media?.close();
		this.#all.delete(leg.proposal.sessionId);
		this.changed();
	}

	dropAll(): void {
		for (const leg of this.all()) leg.media?.close();
		this.#all.clear();
		this.changed();
	}

	/** Whether the call that it carried is over. Within a callback that ends while the server is away nobody says so. */
	isDone(leg: Leg, interaction: LiveInteraction): boolean {
		if (isOver(interaction)) return true;
		if (interaction.media !== "callback") return false;
		if (interaction.call) leg.hasSpoken = true;
		return leg.hasSpoken === true && !interaction.call;
	}

	/** The call is over: a connection that the server keeps sends nothing until it has the next one; any other ends. */
	release(leg: Leg): void {
		if (!leg.isPersistent || leg.state !== "active" || this.kept()) {
			this.drop(leg);
			return;
		}
		leg.media?.setSending(false);
		leg.conversationId = undefined;
		leg.hasSpoken = false;
		this.changed();
	}

	/** Gives the connection that waits to the call that the agent has now, and for which none was offered. */
	connect(interactions: readonly LiveInteraction[]): void {
		const leg = this.kept();
		const call = interactions.find((each) => isSpoken(each) && !isOver(each) && !this.find(each.id));
		if (!leg || !call) return;
		leg.conversationId = call.id;
		leg.media?.setSending(!call.muted && !call.held);
		this.changed();
	}
}

function isSpoken({ media, state, call }: LiveInteraction): boolean {
	return speaks.includes((media === "call" ? state : call?.state) ?? "");
}
