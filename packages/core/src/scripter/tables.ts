import type { ScriptDocument, ScriptValue } from "@inlay/contract/scripter/agent-script";

declare module "../kernel/database/database.ts" {
	interface Tables {
		agent_scripts: {
			id: string;
			name: string;
			division_id: string;
			version: number;
			document: ScriptDocument;
			created_at: Date;
			modified_at: Date;
		};
		agent_script_versions: {
			id: string;
			script_id: string;
			name: string;
			number: number;
			document: ScriptDocument;
			published_at: Date;
			published_by: string | null;
		};
		agent_script_sessions: {
			conversation_id: string;
			user_id: string;
			version_id: string;
			page_id: string;
			values: Record<string, ScriptValue>;
			revision: number;
			saved_at: Date;
		};
	}
}
