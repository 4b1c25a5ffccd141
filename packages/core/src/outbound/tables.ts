import type { CampaignStatus, ContactNumber, Tries } from "./model.ts";

declare module "../kernel/database/database.ts" {
	interface Tables {
		outbound_things: {
			id: string;
			kind: string;
			name: string;
			division_id: string | null;
			version: number;
			created_at: Date;
			modified_at: Date;
			value: unknown;
		};
		outbound_contacts: {
			list_id: string;
			id: string;
			/** In the order in which they came. */
			position: string;
			key: string | null;
			data: Record<string, string>;
			callable: boolean;
			numbers: Record<string, ContactNumber>;
			import_id: string | null;
			created_at: Date;
		};
		/** Rows of an upload that are good, until all of it has been read. */
		outbound_uploads: {
			list_id: string;
			row_number: number;
			key: string | null;
			data: Record<string, string>;
			numbers: Record<string, ContactNumber>;
		};
		outbound_dnc_numbers: { list_id: string; number: string; added_at: Date };
		outbound_runs: {
			campaign_id: string;
			status: CampaignStatus;
			run: number;
			position: string;
			calls_per_agent: number;
		};
		outbound_tries: {
			campaign_id: string;
			contact_id: string;
			run: number;
			/** `taken`: a conversation has it; `open`: to be looked at again at `again_at`; `done`: not in this run. */
			state: "open" | "taken" | "done";
			why: string | null;
			again_at: Date | null;
			conversation_id: string | null;
			waits_for: string | null;
			skip_reason: string | null;
			tries: Tries;
		};
		outbound_attempts: {
			id: string;
			campaign_id: string;
			run: number;
			contact_list_id: string;
			contact_id: string;
			conversation_id: string;
			/** Of the conversation, from 1. */
			nth: number;
			column_name: string;
			number: string;
			at: Date;
			answered_at: Date | null;
			agent_at: Date | null;
			ended_at: Date | null;
			result: string | null;
			user_id: string | null;
			wrapup_code: string | null;
		};
		/** `settings` and `mapping`. */
		outbound_rules: { id: string; version: number; modified_at: Date; value: unknown };
	}
}
