import type { CopyRecord, OwnerType } from "./model.ts";
import type { OwnerPolicy, StoredPolicy } from "./policy.ts";

/** A greeting of an owner's own, as it lies in storage. */
export interface StoredGreeting {
	key: string;
	bytes: number;
	durationMs: number;
}

declare module "../kernel/database/database.ts" {
	interface Tables {
		voicemails: {
			id: string;
			owner_type: OwnerType;
			owner_id: string;
			conversation_id: string;
			caller_address: string | null;
			caller_name: string | null;
			caller_user_id: string | null;
			key: string;
			bytes: number;
			duration_ms: number;
			waveform: number[];
			created_at: Date;
			modified_at: Date;
			modified_by: string | null;
			read_by: string | null;
			read_at: Date | null;
			claimed_by: string | null;
			note: string | null;
			copied_from: CopyRecord | null;
			copied_to: CopyRecord[];
			deleted_at: Date | null;
			expires_at: Date | null;
			item_id: string | null;
			transcription: string | null;
		};
		/** Who is still to be told of which message by email. */
		voicemail_notices: { voicemail_id: string; user_id: string; attempts: number; try_at: Date | null };
		/** One row. */
		voicemail_policy: { id: number; version: number; policy: StoredPolicy; modified_at: Date };
		/** Of owners who have something of their own. */
		voicemail_owners: {
			owner_type: OwnerType;
			owner_id: string;
			policy: OwnerPolicy;
			greeting: StoredGreeting | null;
			modified_at: Date;
			version: number;
		};
	}
}
