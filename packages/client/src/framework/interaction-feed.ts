/** Turns snapshots of the interaction list into events, screen pops and call logs (framework-contract 5 and 8.1). */
import type { Interaction } from "@inlay/contract";
import type { InteractionEvent } from "./interaction/diff.ts";
import { diffInteractions } from "./interaction/diff.ts";
import { deservesScreenPop } from "./screen-pops.ts";

export interface InteractionFeedParts {
	emit: (event: InteractionEvent) => void;
	/** Called for each inbound alerting interaction, as often as it is seen alerting. */
	alerting: (interaction: Interaction) => void;
	/** Leaves out changes without a difference. */
	quiet: boolean;
}

/** Ended interactions whose logs may still be written; more than an agent has open. */
const MOST_REMEMBERED = 100;

export class InteractionFeed {
	readonly #parts: InteractionFeedParts;
	#started = false;
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
	update(list: readonly Interaction[]): void {
		this.#latest = list;
		for (const interaction of list) this.#remember(interaction);
		if (this.#started) this.#tell(false);
		else for (const interaction of list.filter(deservesScreenPop)) this.#owed.add(interaction.id);
	}

	/** The script is ready: what is there is announced as having been there. */
	start(): void {
		this.#started = true;
		this.#tell(true);
	}

	/** Nothing is announced any more, and nothing is known. */
	stop(): void {
		this.#started = false;
		this.#told = [];
		this.#latest = [];
		this.#owed.clear();
		this.#remembered.clear();
	}

	all(): readonly Interaction[] {
		return this.#latest;
	}

	/** The interaction as last seen, also when it has left the list. */
	get(interactionId: string): Interaction | undefined {
		return this.#remembered.get(interactionId);
	}

	#tell(settled: boolean): void {
		const before = this.#told;
		const after = this.#latest;
		this.#told = after;
		const events = diffInteractions(before, after, { settled, quiet: this.#parts.quiet });
		for (const event of events) this.#parts.emit(event);
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
