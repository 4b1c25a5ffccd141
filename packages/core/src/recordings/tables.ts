import type { Annotation, Part, PartMark, RecordingState } from "./model.ts";
import type { StoredPolicy } from "./policy-model.ts";

declare module "../kernel/database/database.ts" {
	interface Tables {
		recordings: {
			id: string;
			conversation_id: string;
			kind: "user" | "policy" | "consult" | "voicemail";
			agent_id: string | null;
			policy_id: string | null;
			/** Who of the organization took part. */
			user_ids: string[];
			state: RecordingState;
			started_at: Date;
			ended_at: Date | null;
			/** It ended before the call: nothing more could be written. */
			broke_off: boolean;
			retention_days: number | null;
			parts: Part[];
			marks: PartMark[];
			key: string | null;
			type: string | null;
			bytes: number | null;
			duration_ms: number | null;
			annotations: Annotation[];
			waveform: number[] | null;
			retention_until: Date | null;
			deleted_at: Date | null;
		};
		recording_policies: { id: string; position: number; version: number; policy: StoredPolicy };
		/** One row. */
	}
}
