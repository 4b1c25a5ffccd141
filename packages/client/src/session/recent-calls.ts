import { type CallOutcome, outcomeOf } from "@inlay/contract";
import { computed, effect, type ReadonlySignal, signal } from "@preact/signals";
import type { ApiClient } from "./api.ts";
import { displayAddress, isOver, type LiveInteraction, talkedMs } from "./interaction.ts";
import type { WireList } from "./wire.ts";

/** A call of this agent that is over. */
export interface RecentCall {
	/** Conversation id. */
	id: string;
	direction: "inbound" | "outbound";
	name: string;
	address: string;
	queueName?: string;
	/** ISO times: when it rang or was dialled, and when the agent's part ended. */
	startTime: string;
	endTime?: string;
	/** ISO; absent: the agent was never connected. */
	connectedTime?: string;
	/** Milliseconds that the agent was connected, all their parts together. */
	talkedMs?: number;
	outcome: CallOutcome;
}

/** `CallHistoryConversation`, as far as it is read here. */
interface WirePast {
	id: string;
	direction?: string;
	startTime?: string;
	participants?: WirePastParticipant[];
}

interface WirePastParticipant {
	name?: string;
	address?: string;
	purpose?: string;
	startTime?: string;
	endTime?: string;
	direction?: string;
	disconnectType?: string;
	errorInfo?: { code?: string };
	didInteract?: boolean;
	connectedTime?: string;
	user?: { id?: string; name?: string };
	queue?: { name?: string };
}

const pageSize = 25;
const mostSeen = 100;

/** Whether the agent never came to talk to somebody who called them. */
export function isMissed({ outcome }: Pick<RecentCall, "outcome">): boolean {
	return outcome === "missed" || outcome === "declined" || outcome === "abandoned";
}

/** The agent's calls that are over: what was seen to end here, before what the server remembers. */
export class RecentCalls {
	/** Newest first. */
	readonly all: ReadonlySignal<readonly RecentCall[]>;
	/** What ended while the panel looked on, the newest; until the next call or {@link dismiss}. */
	readonly last = signal<RecentCall | undefined>(undefined);
	/** There is more on the server. */
	readonly more = signal(false);
	readonly #api: ApiClient;
	readonly #userId: string;
	readonly #past = signal<readonly RecentCall[]>([]);
	readonly #seen = signal<readonly RecentCall[]>([]);
	readonly #live = new Set<string>();
	readonly #stop: () => void;
	#pages = 0;

	constructor(api: ApiClient, userId: string, interactions: ReadonlySignal<readonly LiveInteraction[]>) {
		this.#api = api;
		this.#userId = userId;
		this.all = computed(() => merged(this.#seen.value, this.#past.value));
		this.#stop = effect(() => this.#follow(interactions.value));
	}

	/** Reads the first page, or the next one. Rejects with ApiError. */
	async load(next = false): Promise<void> {
		const page = next ? this.#pages + 1 : 1;
		const list = await this.#api.get<WireList<WirePast>>(
			`/conversations/calls/history?pageSize=${pageSize}&pageNumber=${page}`,
		);
		const read = (list.entities ?? []).flatMap((each) => readPast(each, this.#userId) ?? []);
		this.#past.value = next ? merged(this.#past.peek(), read) : read;
		this.#pages = page;
		this.more.value = (list.total ?? 0) > page * pageSize;
	}

	dismiss(): void {
		this.last.value = undefined;
	}

	dispose(): void {
		this.#stop();
	}

	#follow(interactions: readonly LiveInteraction[]): void {
		for (const interaction of interactions) {
			if (!isOver(interaction)) {
				if (!this.#live.has(interaction.id)) this.last.value = undefined;
				this.#live.add(interaction.id);
			} else if (interaction.outcome && this.#live.delete(interaction.id))
				this.#ended(interaction, interaction.outcome);
		}
	}

	#ended(interaction: LiveInteraction, outcome: CallOutcome): void {
		const { id, direction, remoteName, remoteAddress, queueName, startTime, connectedTime, endTime } = interaction;
		const ended = endTime ?? new Date().toISOString();
		const call: RecentCall = {
			id,
			direction,
			name: remoteName,
			address: remoteAddress,
			queueName,
			startTime: startTime ?? ended,
			endTime: ended,
			connectedTime,
			talkedMs: interaction.talkedMs,
			outcome,
		};
		this.#seen.value = [call, ...this.#seen.peek().filter((each) => each.id !== id)].slice(0, mostSeen);
		this.last.value = call;
	}
}

function merged(first: readonly RecentCall[], then: readonly RecentCall[]): readonly RecentCall[] {
	const known = new Set(first.map(({ id }) => id));
	const all = [...first, ...then.filter(({ id }) => !known.has(id))];
	return all.toSorted((a, b) => b.startTime.localeCompare(a.startTime));
}

/** The agent's own part of a past conversation: the one in which they talked, else the last. */
function readPast(past: WirePast, userId: string): RecentCall | undefined {
	const parts = past.participants ?? [];
	const own = parts.filter((each) => each.user?.id === userId);
	const part = own.findLast((each) => each.didInteract) ?? own.at(-1);
	if (!part?.endTime) return undefined;
	const connectedTime = part.didInteract ? (part.connectedTime ?? part.startTime) : undefined;
	const outcome = outcomeOf({ ...part, connectedTime });
	if (!outcome) return undefined;
	const others = parts.filter((each) => each.user?.id !== userId && each.purpose !== "acd");
	const other = others.findLast((each) => !each.user) ?? others.at(-1);
	const address = displayAddress(other?.address);
	return {
		id: past.id,
		direction: part.direction === "outbound" ? "outbound" : "inbound",
		name: other?.name || other?.user?.name || address,
		address,
		queueName: part.queue?.name,
		startTime: part.startTime ?? past.startTime ?? part.endTime,
		endTime: part.endTime,
		connectedTime,
		talkedMs: talkedMs(own.filter((each) => each.didInteract)),
		outcome,
	};
}
