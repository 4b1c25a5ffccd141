import type { RoutingRequest } from "../routing/offer-rules.ts";
import type { Conversation } from "./model.ts";

declare module "../kernel/database/database.ts" {
	interface Tables {
		conversations: {
			id: string;
			version: number;
			document: Conversation;
			/** By which medium it takes place, as in paths: `calls`. */
			medium: string;
			division_id: string;
			started_at: Date;
			ended_at: Date | null;
			/** Set while an agent is wanted: the customer waits there and nobody is being rung. */
			waiting_queue_id: string | null;
			waiting_since: Date | null;
			/** Set with `waiting_queue_id`: `waiting_since`, earlier by a minute for each step of priority. */
			waiting_rank: Date | null;
			/** What is asked of whoever answers, if anything is. */
			waiting_request: RoutingRequest | null;
			priority: number;
		};
		/** One row. */
		/** One row per party, for look-ups; the document is the truth. */
		conversation_participants: {
			conversation_id: string;
			participant_id: string;
			/** By which the party takes part. */
			medium: string;
			purpose: string;
			user_id: string | null;
			queue_id: string | null;
			state: string;
			live: boolean;
			/** Counts as INTERACTING. */
			acd: boolean;
			/** After-call work is open. */
			needs_wrapup: boolean;
			/** It is open, and counts as nothing in hand. */
			wrapup_optional: boolean;
			/** When the conversation began. */
			started_at: Date;
			/** The conversation's utilization label. */
			label_id: string | null;
		};
	}
}
