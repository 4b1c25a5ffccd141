/** Turns snapshots of the interaction list into events, screen pops and call logs (framework-contract 5 and 8.1). */
import { deservesScreenPop, type Interaction } from "@inlay/contract";
import type { InteractionEvent } from "./interaction/diff.ts";
import { diffInteractions } from "./interaction/diff.ts";
import { type RecordingEvent, recordingEvents } from "./interaction/recording-events.ts";

export interface InteractionFeedParts {
	emit: (event: InteractionEvent | RecordingEvent) => void;
	/** Called for each inbound alerting interaction, as often as it is seen alerting. */
	alerting: (interaction: Interaction) => void;
	/** Leaves out changes without a difference. */
	quiet: () => boolean;
	/** What scripts know of from now on. */
	told: (interactions: readonly Interaction[]) => void;
	/** The first list is told, once: none of what it holds has been announced as connected, though it may be. */
	settled: (interactions: readonly Interaction[]) => void;
}

/** Ended interactions whose logs may still be written; more than an agent has open. */
const MOST_REMEMBERED = 100;

export class InteractionFeed {
	readonly #parts: InteractionFeedParts;
	#started = false;
	/** True once scripts know the list: what came before is announced as having been there. */
	#settled = false;
	#received = false;
	/** What scripts have been told. */
	#told: readonly Interaction[] = [];
	#latest: readonly Interaction[] = [];
	/** Inbound work seen alerting before the script was ready: it is owed a screen pop. */
	readonly #owed = new Set<string>();
	readonly #remembered = new Map<string, Interaction>();

	constructor(parts: InteractionFeedParts) {
		this.#parts = parts;
	}

	/** The whole list as it is now. Before {@link start} it is only kept. */
	update(given: readonly Interaction[]): void {
		const list = given.filter((interaction) => this.#belongs(interaction));
		this.#latest = list;
		this.#received = true;
		for (const interaction of list) this.#remember(interaction);
		if (this.#started) this.#tell();
		else for (const interaction of list.filter(deservesScreenPop)) this.#owed.add(interaction.id);
	}

	/** The script is ready. The first list it hears of, now or later, has been there already: a reload is no new call. */
	start(): void {
		this.#started = true;
		if (this.#received) this.#tell();
	}

	/** Nothing is announced any more, and nothing is known. */
	stop(): void {
		this.#started = false;
		this.#settled = false;
		this.#received = false;
		this.#told = [];
		this.#latest = [];
		this.#owed.clear();
		this.#remembered.clear();
	}

	all(): readonly Interaction[] {
		return this.#latest;
	}

	/** Knows an interaction that is over and has never been in the list here. */
	recall(interaction: Interaction): void {
		this.#remember(interaction);
	}

	/** The interaction as last seen, also when it has left the list. */
	get(interactionId: string): Interaction | undefined {
		return this.#remembered.get(interactionId);
	}

	/** What is done leaves the list once scripts know that it is; it never enters it. */
	#belongs(interaction: Interaction): boolean {
		return !interaction.isDone || this.#told.some((known) => known.id === interaction.id);
	}

	/** Scripts may act while they are told, so the new state stands before the first event goes out. */
	#tell(): void {
		const settled = !this.#settled;
		this.#settled = true;
		const before = this.#told;
		const after = this.#latest;
		this.#told = after.filter((interaction) => !interaction.isDone);
		this.#latest = this.#told;
		const events = [
			...diffInteractions(before, after, { settled, quiet: this.#parts.quiet() }),
			...recordingEvents(before, after),
			...diffInteractions(after, this.#told),
		];
		for (const event of events) this.#parts.emit(event);
		this.#parts.told(this.#told);
		if (settled) this.#parts.settled(this.#told);
		const alerting = after.filter(
			(each) => deservesScreenPop(each) || (this.#owed.has(each.id) && !each.isDisconnected),
		);
		this.#owed.clear();
		for (const interaction of alerting) this.#parts.alerting(interaction);
	}

	#remember(interaction: Interaction): void {
		this.#remembered.delete(interaction.id);
		this.#remembered.set(interaction.id, interaction);
		const oldest = this.#remembered.keys().next().value;
		if (this.#remembered.size > MOST_REMEMBERED && oldest !== undefined) this.#remembered.delete(oldest);
	}
}
