import type { KeyValue } from "../boot/storage.ts";

/** Who a panel is. */
export interface PanelIdentity {
	/** This page; a reload makes another one. Names who wrote, and who claimed. */
	pageId: string;
	/** This panel, also over a reload where anything outlives the page. Names who leads. */
	panelId: string;
	/** A page before this one was the same panel. */
	cameBack: boolean;
}

const keptAs = "inlay.panel";

/**
 * The id that the page before has left, or a new one. It is kept only from the end of a page to the beginning of the
 * next, so that a tab that was made as a copy of this one is another panel.
 */
export function takeIdentity(store: KeyValue): PanelIdentity {
	const kept = store.getItem(keptAs);
	store.removeItem(keptAs);
	const isUsable = kept !== null && /^[\w-]{8,64}$/.test(kept);
	return { pageId: crypto.randomUUID(), panelId: isUsable ? kept : crypto.randomUUID(), cameBack: isUsable };
}

/** The page goes: the next one in this place is the same panel. */
export function leaveIdentity(store: KeyValue, { panelId }: PanelIdentity): void {
	store.setItem(keptAs, panelId);
}

/** The page has come back as it was (from the browser's page cache). */
export function keepIdentity(store: KeyValue): void {
	store.removeItem(keptAs);
}
