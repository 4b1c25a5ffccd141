import { signal } from "@preact/signals";
import type { Api } from "../../session/api.ts";
import { Loaded } from "../../session/load.ts";
import { DecisionsModel } from "./decisions.ts";

/** An interaction that rang a person, or did not though it might have (`getInlayRoutingUserDecisions`). */
export interface Offered {
	conversation: { id: string };
	queue: { id: string; name: string };
	at: string;
	rung: boolean;
	/** Why it did not ring; see `reasonOf`. */
	reason?: string;
}

/** What rang one person and what did not, around a time: for who asks why it did not ring, and knows no conversation's id. */
export class OffersModel {
	/** As a `datetime-local` field has it; empty: now. */
	readonly before = signal("");
	readonly found: Loaded<Offered[]>;
	/** The one of them of which more is shown. */
	readonly chosen = signal<string | undefined>(undefined);
	readonly whole: DecisionsModel;

	constructor(api: Api, userId: string) {
		this.whole = new DecisionsModel(api);
		this.found = new Loaded(async () => {
			const until = readLocal(this.before.peek());
			const query = until ? `?before=${encodeURIComponent(until)}` : "";
			const path = `/api/inlay/v1/routing/users/${encodeURIComponent(userId)}/decisions${query}`;
			return (await api.request<{ entities: Offered[] }>("GET", path)).entities;
		});
	}

	look(): Promise<void> {
		this.chosen.value = undefined;
		return this.found.load();
	}

	/** Shows whom the interaction rang, and who was passed over. */
	choose(conversationId: string): Promise<void> {
		this.chosen.value = conversationId;
		this.whole.conversationId.value = conversationId;
		return this.whole.look();
	}
}

/** A local time as an instant; what is no time yet, none. */
export function readLocal(text: string): string | undefined {
	const time = new Date(/^\d+-\d\d-\d\dT\d\d:\d\d/.test(text) ? text : Number.NaN);
	return Number.isNaN(time.getTime()) ? undefined : time.toISOString();
}
