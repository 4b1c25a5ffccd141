import type { FeatureManifest } from "../../shell/feature.ts";
import { inboxOf } from "./inbox.ts";
import { t } from "./strings.ts";
import { tabs } from "./tabs.ts";

export const manifest: FeatureManifest = {
	id: "inbox",
	permissions: tabs.flatMap(({ permissions }) => permissions),
	entry: {
		place: "view",
		icon: "inbox",
		title: () => t("title"),
		order: 33,
		name: "userInbox",
		menu: true,
		count: (workspace) => inboxOf(workspace).unread.value,
	},
	card: {
		shows: ({ voicemailId }) => voicemailId !== undefined,
		load: () => import("./voicemail/voicemail-card.tsx").then((module) => module.VoicemailCard),
	},
	load: () => import("./inbox-view.tsx").then((module) => ({ View: module.InboxView })),
};
