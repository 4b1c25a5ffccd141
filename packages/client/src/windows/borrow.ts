import { readWindowMessage, type WindowKind, type WindowMessage } from "./link.ts";
import { isSameDesk, type WindowOwner } from "./owner.ts";

export interface BorrowParts<Page extends Window> {
	kind: WindowKind;
	/** This panel. */
	self: WindowOwner;
	/** A window of the agent's, or nobody's, has no panel: this one would work in it. */
	takesIn: (page: Page, owner: WindowOwner) => boolean;
	/** It is this panel's. Told again and again. */
	take: (page: Page, hash: string) => void;
}

/** The panel's side: it hears the windows of one kind that are its own, or may become so. */
export class BorrowedWindows<Page extends Window> {
	readonly #parts: BorrowParts<Page>;
	readonly #listener = ({ origin, data, source }: MessageEvent) => {
		const message = origin === location.origin ? readWindowMessage(data) : undefined;
		if (message && source) this.#heard(source as Page, message);
	};

	constructor(parts: BorrowParts<Page>) {
		this.#parts = parts;
		window.addEventListener("message", this.#listener);
	}

	/** A page that has gone meanwhile hears nothing. */
	tell(page: Window, inlayWindow: WindowMessage["inlayWindow"]): void {
		const message: WindowMessage = { ...this.#parts.self, inlayWindow, kind: this.#parts.kind };
		page.postMessage(message, location.origin);
	}

	dispose(): void {
		window.removeEventListener("message", this.#listener);
	}

	#heard(from: Page, message: WindowMessage): void {
		const { inlayWindow: said, hash = "" } = message;
		const { kind, self, takesIn, take } = this.#parts;
		if (message.kind !== kind || (said !== "ask" && said !== "take")) return;
		if (!isForPanel(message, self, () => takesIn(from, message))) return;
		if (said === "take") take(from, hash);
		this.tell(from, "here");
	}
}

/** Whether a panel answers a window that asks for an owner. */
export function isForPanel(asked: WindowOwner, self: WindowOwner, takesIn: () => boolean): boolean {
	if (!isSameDesk(asked, self)) return false;
	return asked.panel === undefined ? takesIn() : asked.panel === self.panel;
}
