/**
 * How a window that lends itself and its panel find each other: both are of one origin, and either may be loaded anew.
 * The window asks all whose it could be, takes the first that answers, and goes on asking that one every second.
 */
import { isRecord } from "@inlay/contract";
import { isSameDesk, type WindowOwner } from "./owner.ts";

/** The phone's window, and the one with room for an interaction's work. */
export type WindowKind = "phone" | "interaction";

/** The owner is the one whom the window asks, or the panel that answers. */
export interface WindowMessage extends WindowOwner {
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
	kind: WindowKind;
	/** What the window's address asks for (`interaction-window/address.ts`). */
	hash?: string | undefined;
}

/**
 * What a window's page shows by itself: nothing (`with` a panel), that it waits for one that is loaded anew, that its agent has
 * left, that its panel's page is closed, or that there is no panel (`alone`).
 */
export type LinkState = "alone" | "waiting" | "left" | "closed" | "with";

/**
 * Unanswered questions after which any panel of the agent's that leads may take it: its own has gone, or is another page by now
 * that has lost its name, as browsers may forget what a frame kept when the page around goes.
 */
const loyalty = 1;
/** Unanswered questions after which the panel is not there just now. */
const quietAfter = 3;
/** Unanswered questions after which nobody is expected any more: about a minute, longer than any reload. */
const patience = 60;

export interface LinkParts<Page> {
	kind: WindowKind;
	/** Whose it is by its address. */
	owner: WindowOwner;
	/** Pages that may hold the panel. */
	panels: () => readonly Page[];
	send: (page: Page, message: WindowMessage) => void;
	/** Another panel works in it from now on: what outlives this page has to name that one. */
	owned?: (panel: string) => void;
	show?: (state: LinkState) => void;
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
	#owner: WindowOwner;
	#panel: Page | undefined;
	#unanswered = 0;
	#shown: LinkState | undefined;

	constructor(parts: LinkParts<Page>) {
		this.#parts = parts;
		this.#owner = parts.owner;
	}

	/** Asks; to be called every second or so, and when there is something to ask for. */
	ask(): void {
		this.#unanswered += 1;
		if (this.#unanswered === patience) this.#parts.giveUp();
		const panels = this.#parts.panels();
		if (this.#panel !== undefined && panels.includes(this.#panel) && this.#unanswered <= quietAfter) {
			this.#take(this.#panel);
			return;
		}
		this.#lookAround();
		this.#panel = undefined;
		for (const page of panels) this.#send(page, "ask");
	}

	/** Whose it is: of its panel's at first, of the agent's then, and of whom its address says where all of those are silent. */
	get #whose(): WindowOwner {
		if (this.#unanswered <= loyalty) return this.#owner;
		return { ...(this.#unanswered <= quietAfter ? this.#owner : this.#parts.owner), panel: undefined };
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
		this.#parts.show?.(state);
	}

	heard(from: Page, message: WindowMessage): void {
		const { inlayWindow: said, kind } = message;
		if (kind !== this.#parts.kind) return;
		if (said === "here") this.#answered(from, message);
		else if (from === this.#panel && (said === "going" || said === "gone")) {
			this.#panel = undefined;
			this.#unanswered = 0;
			// Who comes next may be another agent.
			if (said === "gone") this.#owner = this.#parts.owner;
			this.#show(said === "going" ? "waiting" : "left");
		}
	}

	#answered(from: Page, by: WindowMessage): void {
		const whose = this.#whose;
		if (!isSameDesk(whose, by) || (whose.panel !== undefined && whose.panel !== by.panel)) return;
		if (this.#panel === undefined) {
			this.#panel = from;
			this.#owns(by);
			this.#take(from);
			return;
		}
		if (from !== this.#panel) return;
		this.#owns(by);
		this.#unanswered = 0;
		this.#show("with");
	}

	#owns({ deployment, agent, panel }: WindowOwner): void {
		const before = this.#owner.panel;
		this.#owner = { deployment, agent, panel };
		if (panel !== undefined && panel !== before) this.#parts.owned?.(panel);
	}

	#take(page: Page): void {
		this.#send(page, "take", this.#parts.hash?.());
	}

	#send(page: Page, inlayWindow: WindowMessage["inlayWindow"], hash?: string): void {
		this.#parts.send(page, { ...this.#whose, inlayWindow, kind: this.#parts.kind, hash });
	}
}

/** Reads what another page has sent; undefined where it is something else. */
export function readWindowMessage(data: unknown): WindowMessage | undefined {
	if (!isRecord(data)) return undefined;
	const { deployment, agent } = data;
	const inlayWindow = words.find((each) => each === data.inlayWindow);
	const kind = kinds.find((each) => each === data.kind);
	if (!inlayWindow || !kind || typeof deployment !== "string" || typeof agent !== "string") return undefined;
	return { inlayWindow, kind, deployment, agent, panel: textOf(data.panel), hash: textOf(data.hash) };
}

const textOf = (value: unknown) => (typeof value === "string" ? value : undefined);

const words: readonly WindowMessage["inlayWindow"][] = ["ask", "take", "here", "going", "gone"];
const kinds: readonly WindowKind[] = ["phone", "interaction"];
