import { signal } from "@preact/signals";
import type { LiveInteraction } from "../../session/interaction.ts";
import type { Workspace } from "../../shell/workspace.ts";

/** As the server tells it (core's conversations/timeline). */
export interface TimelineEntry {
	id: string;
	mediaType: "call" | "callback" | "email" | "message" | "webchat";
	direction: "inbound" | "outbound";
	startTime: string;
	endTime?: string;
	subject?: string;
	queue?: { name?: string };
	users: ReadonlyArray<{ id: string; name?: string }>;
	wrapup?: { name?: string; notes?: string };
}

/** What was read of each interaction: nothing comes before it afterwards. */
const kept = new WeakMap<Workspace, Map<string, Earlier>>();
const mostKept = 30;

interface Earlier {
	entries: readonly TimelineEntry[];
	/** There are no older ones. */
	isAll: boolean;
}

/** What there was with the customer of one interaction before it. */
export class TimelineModel {
	readonly earlier = signal<readonly TimelineEntry[] | "loading" | "failed">("loading");
	/** Why it did not load. */
	readonly why = signal<unknown>(undefined);
	readonly #workspace: Workspace;
	readonly #callId: string;
	/** There are no older ones than it has read. */
	#isAll = true;
	#isOver = false;

	/** @param isKept what was read before of this interaction is good enough */
	constructor(workspace: Workspace, { id }: Pick<LiveInteraction, "id">, { isKept = false } = {}) {
		this.#workspace = workspace;
		this.#callId = id;
		const known = isKept ? kept.get(workspace)?.get(id) : undefined;
		if (known) this.#show(known);
		else void this.load();
	}

	/** As it is told; where older ones were left out, that there are more. */
	get count(): string {
		const { value } = this.earlier;
		return `${typeof value === "string" ? 0 : value.length}${this.#isAll ? "" : "+"}`;
	}

	/** Never rejects. */
	async load(): Promise<void> {
		this.earlier.value = "loading";
		this.why.value = undefined;
		const path = `/inlay/conversations/${this.#callId}/timeline`;
		const found = await this.#workspace.session.api
			.get<{ entities: readonly TimelineEntry[]; isAll: boolean }>(path)
			.then(({ entities, isAll }) => ({ entries: entities.filter(({ id }) => id !== this.#callId), isAll }))
			.catch((error: unknown) => {
				this.why.value = error;
				return undefined;
			});
		if (found) this.#keep(found);
		if (this.#isOver) return;
		if (found) this.#show(found);
		else this.earlier.value = "failed";
	}

	#show({ entries, isAll }: Earlier): void {
		this.#isAll = isAll;
		this.earlier.value = entries;
	}

	#keep(found: Earlier): void {
		const all = kept.get(this.#workspace) ?? new Map<string, Earlier>();
		kept.set(this.#workspace, all);
		all.delete(this.#callId);
		all.set(this.#callId, found);
		const [oldest] = all.size > mostKept ? all.keys() : [];
		if (oldest !== undefined) all.delete(oldest);
	}

	dispose(): void {
		this.#isOver = true;
	}
}
