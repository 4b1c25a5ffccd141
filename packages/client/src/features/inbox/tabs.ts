import type { ComponentType } from "preact";
import type { Workspace } from "../../shell/workspace.ts";
import { t } from "./strings.ts";

/** A tab of the inbox (agent-features 0.3): there only for who holds one of its permissions. */
export interface InboxTab {
	id: string;
	permissions: readonly string[];
	title: () => string;
	load: () => Promise<ComponentType<{ workspace: Workspace }>>;
}

export const tabs: readonly InboxTab[] = [
	{
		id: "voicemail",
		permissions: ["voicemail:voicemail:receive"],
		title: () => t("voicemail"),
		load: () => import("./voicemail/voicemail-tab.tsx").then((module) => module.VoicemailTab),
	},
];
