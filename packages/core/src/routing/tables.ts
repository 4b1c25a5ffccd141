import type { QueueSettings } from "./queue-model.ts";
import type { LabelUtilizations, Utilization } from "./utilization-model.ts";

/** A skill or a language. */
interface NamedRow {
	id: string;
	name: string;
	created_at: Date;
	modified_at: Date;
	version: number;
}

declare module "../kernel/database/database.ts" {
	interface Tables {
		routing_statuses: {
			user_id: string;
			on_queue: boolean;
			work: string;
			not_responding: boolean;
			status: string;
			start_time: Date | null;
			/** When they last were done with an item of a queue. */
			acd_ended_at: Date | null;
			/** No previews of campaigns until they go on, or leave their queues. */
			previews_paused: boolean;
		};
		queues: {
			id: string;
			name: string;
			description: string | null;
			division_id: string;
			settings: QueueSettings;
			created_at: Date;
			modified_at: Date;
			created_by: string | null;
			modified_by: string | null;
			version: number;
		};
		queue_members: {
			queue_id: string;
			user_id: string;
			ring_number: number;
			joined: boolean;
			changed_at: Date;
		};
		wrapup_codes: {
			id: string;
			name: string;
			description: string | null;
			/** `*`: for all divisions. */
			division_id: string;
			created_at: Date;
			modified_at: Date;
			created_by: string | null;
			modified_by: string | null;
			version: number;
			/** Kept, as past conversations name it. */
			deleted: boolean;
		};
		routing_skills: NamedRow;
		routing_languages: NamedRow;
		/** 0 to 5. */
		user_skills: { user_id: string; skill_id: string; proficiency: number };
		user_languages: { user_id: string; language_id: string; proficiency: number };
		/** How much is taken at a time: by the organization where `user_id` is empty. */
		utilizations: { user_id: string; rule: Utilization; labels: LabelUtilizations; version: number };
		utilization_labels: NamedRow;
		queue_wrapup_codes: { queue_id: string; code_id: string };
	}
}
