/**
 * How the window of an interaction and its panel find each other: both are of one origin, and either may be loaded anew.
 * The window asks all whose it could be, takes the first that answers, and goes on asking that one every second.
 */
export interface WindowMessage {
	inlayWindow: /** Window: who works with me? */
		| "ask"
		/** Window: work with me; asked again and again. */
		| "take"
		/** Panel: I do, or would. */
		| "here"
		/** Panel: this page goes, and may come back. */
		| "going"
		/** Panel: nobody works here any more. */
		| "gone";
	/** What the window's address asks for (`address.ts`). */
	hash?: string;
}

/** Name by which a window that was left behind is found again. */
export const windowName = "inlay-interaction";

/**
 * What a window's page shows by itself: nothing (`with` a panel), that it waits for one that is loaded anew, that its agent has
 * left, that its panel's page is closed, or that there is no panel (`alone`).
 */
export type LinkState = "alone" | "waiting" | "left" | "closed" | "with";

/** Unanswered questions after which the panel is not there just now. */
const quietAfter = 3;
/** Unanswered questions after which nobody is expected any more: about a minute, longer than any reload. */
const patience = 60;

export interface LinkParts<Page> {
	/** Pages that may hold the panel. */
	panels: () => readonly Page[];
	send: (page: Page, message: WindowMessage) => void;
	show: (state: LinkState) => void;
	/** Nobody has come for a minute. */
	giveUp: () => void;
	/** The page that had the panel is there no more: nobody can answer. */
	isClosed?: () => boolean;
	/** What the address asks for, each time it is new. */
	hash?: () => string | undefined;
}

/** The window's side. */
export class WindowLink<Page> {
	readonly #parts: LinkParts<Page>;
	#panel: Page | undefined;
	#unanswered = 0;
	#shown: LinkState | undefined;

	constructor(parts: LinkParts<Page>) {
		this.#parts = parts;
	}

	/** Asks; to be called every second or so, and when there is something to ask for. */
	ask(): void {
		this.#unanswered += 1;
		if (this.#unanswered === patience) this.#parts.giveUp();
		if (this.#panel !== undefined && this.#unanswered <= quietAfter) {
			this.#take(this.#panel);
			return;
		}
		this.#lookAround();
		this.#panel = undefined;
		for (const page of this.#parts.panels()) this.#parts.send(page, { inlayWindow: "ask" });
	}

	/** The panel does not answer, or none ever has. */
	#lookAround(): void {
		if (this.#parts.isClosed?.()) this.#show("closed");
		else if (this.#panel !== undefined) this.#show("waiting");
		else if (this.#shown === undefined && this.#unanswered > quietAfter) this.#show("alone");
	}

	#show(state: LinkState): void {
		// What has the focus may be drawn after the panel has answered: `with` is said each time.
		if (state === this.#shown && state !== "with") return;
		this.#shown = state;
		this.#parts.show(state);
	}

	heard(from: Page, message: WindowMessage["inlayWindow"]): void {
		if (message === "here") this.#answered(from);
		else if (from === this.#panel && (message === "going" || message === "gone")) {
			this.#panel = undefined;
			this.#unanswered = 0;
			this.#show(message === "going" ? "waiting" : "left");
		}
	}

	#answered(from: Page): void {
		if (this.#panel === undefined) {
			this.#panel = from;
			this.#take(from);
			return;
		}
		if (from !== this.#panel) return;
		this.#unanswered = 0;
		this.#show("with");
	}

	#take(page: Page): void {
		const hash = this.#parts.hash?.();
		this.#parts.send(page, hash === undefined ? { inlayWindow: "take" } : { inlayWindow: "take", hash });
	}
}

/** Reads what another page has sent; undefined where it is something else. */
export function readWindowMessage(data: unknown): WindowMessage | undefined {
	if (typeof data !== "object" || data === null) return undefined;
	const { inlayWindow, hash } = data as Record<string, unknown>;
	if (!kinds.includes(inlayWindow as WindowMessage["inlayWindow"])) return undefined;
	const kind = inlayWindow as WindowMessage["inlayWindow"];
	return typeof hash === "string" ? { inlayWindow: kind, hash } : { inlayWindow: kind };
}

const kinds: readonly WindowMessage["inlayWindow"][] = ["ask", "take", "here", "going", "gone"];
