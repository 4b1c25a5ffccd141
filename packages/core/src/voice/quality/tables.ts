declare module "../../kernel/database/database.ts" {
	interface Tables {
		call_quality: {
			conversation_id: string;
			user_id: string;
			part_id: string;
			figures: unknown;
			changed_at: Date;
			/** What was wrong, as `soundFaultsOf` says. */
			faults: string[];
			browser: string | null;
			/** Where the conversation had been when its figures last came: whose readers find it. */
			division_ids: string[];
		};
	}
}
