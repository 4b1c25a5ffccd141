import type { ReadonlySignal } from "@preact/signals";

/** A page's own things, as a view in it needs them: its devices, its size, what may be asked in it. */
export type WindowPage = Window & typeof globalThis;

/** A window that has lent itself, with what the panel has drawn in it. */
export interface WindowPlace {
	page: WindowPage;
	document: Document;
	/** On top of its own window; else a frame of the host's page. */
	isPopup: boolean;
	/** A frame that the host does not show has no room. */
	isShown: ReadonlySignal<boolean>;
	/** Takes away what was drawn; whatever was typed there is kept first. */
	leave: () => void;
}
