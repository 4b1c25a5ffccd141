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

/** What there was with the customer of one interaction before it. */
export class TimelineModel {
	readonly earlier = signal<readonly TimelineEntry[] | "loading" | "failed">("loading");
	readonly #workspace: Workspace;
	readonly #callId: string;
	#isOver = false;

	constructor(workspace: Workspace, { id }: Pick<LiveInteraction, "id">) {
		this.#workspace = workspace;
		this.#callId = id;
		void this.load();
	}

	/** Never rejects. */
	async load(): Promise<void> {
		this.earlier.value = "loading";
		const path = `/inlay/conversations/${this.#callId}/timeline`;
		const found = await this.#workspace.session.api
			.get<{ entities: readonly TimelineEntry[] }>(path)
			.then(({ entities }) => entities.filter(({ id }) => id !== this.#callId))
			.catch(() => "failed" as const);
		if (!this.#isOver) this.earlier.value = found;
	}

	dispose(): void {
		this.#isOver = true;
	}
}
