import { type Signal, signal } from "@preact/signals";
import type { Api } from "../../session/api.ts";
import { Task } from "../../session/load.ts";

interface Ref {
	id: string;
	name: string;
}

export interface PassedOver {
	user: Ref;
	/** See {@link reasonOf}. */
	reason: string;
}

/** Whom a conversation rang, and who was passed over and why (`getInlayRoutingConversationDecisions`). */
export interface Decisions {
	decisions: Array<{ at: string; queue: Ref; user: Ref; ring: number; considered: number; passed: PassedOver[] }>;
	/** While nobody is rung for it. */
	waiting?: { queue: Ref; since: string; members: PassedOver[] };
}

/** Why somebody was rung, and others were not. */
export class DecisionsModel {
	readonly conversationId = signal("");
	readonly found: Signal<Decisions | undefined> = signal(undefined);
	readonly looking = new Task();
	readonly #api: Api;

	constructor(api: Api) {
		this.#api = api;
	}

	async look(): Promise<void> {
		const id = this.conversationId.peek().trim();
		this.found.value = undefined;
		if (id === "") return;
		await this.looking.run(async () => {
			const path = `/api/inlay/v1/routing/conversations/${encodeURIComponent(id)}/decisions`;
			this.found.value = await this.#api.request<Decisions>("GET", path);
		});
	}
}

/** Reasons that have words; `ring:2` and `capacity:call` say more behind a colon. */
const reasons = [
	"later",
	"offQueue",
	"notResponding",
	"notJoined",
	"phone",
	"alerting",
	"capacity",
	"interrupt",
	"labelCapacity",
	"labelInterrupt",
	"ring",
	"previewsPaused",
	"reserved",
	"language",
	"skills",
] as const;
export type Reason = (typeof reasons)[number];

/** @returns the reason's name, or undefined for one that this console does not know */
export function reasonOf(code: string): Reason | undefined {
	return reasons.find((reason) => reason === code.split(":")[0]);
}
