import type { DeskEntryView, DeskLeaderView } from "@inlay/contract";
import type { DeskEntry, DeskLease } from "./model.ts";

export function entryView({ conversationId, section, version, value, panelId, changedAt }: DeskEntry): DeskEntryView {
	return { conversationId, section, version, value, panelId, dateModified: changedAt.toISOString() };
}

export function leaseView({ panelId, since }: DeskLease): DeskLeaderView {
	return { panelId, since: since.toISOString() };
}
