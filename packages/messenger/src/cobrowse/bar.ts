import { barStyle } from "./bar-style.ts";
import { Layer } from "./layer.ts";
import type { Asked, ShareOptions, ShareWord } from "./protocol.ts";

/** How things stand, as the customer sees them. */
export interface BarState {
	isPaused: boolean;
	/** The page is one that is never shared. */
	byRule: boolean;
	asked: Asked | undefined;
	/** What the agent may do just now. */
	allowed: ReadonlySet<Asked>;
	/** The agent has it before their eyes. */
	isWatched: boolean;
	/** Frames of other origins are in the page. */
	hasFrames: boolean;
}

export interface BarPorts {
	pause(isPaused: boolean): void;
	stop(): void;
	answer(what: Asked, isAllowed: boolean): void;
}

const rightToLeft = /^(?:ar|fa|he|ur)\b/;

/** On every page that is shared: who sees it, and the ways out. Only the customer's own hand presses its buttons. */
export class Bar {
	readonly layer: Layer;
	readonly #host = document.createElement("inlay-cobrowse");
	readonly #bar = document.createElement("div");
	readonly #frame = document.createElement("div");
	readonly #agent: string;
	readonly #say: ShareOptions["say"];
	readonly #ports: BarPorts;
	#shown = "";

	constructor({ language, share, say }: ShareOptions, ports: BarPorts) {
		this.#agent = share.agent;
		this.#say = say;
		this.#ports = ports;
		this.layer = new Layer(share.agent);
		this.#host.lang = language;
		this.#host.dir = rightToLeft.test(language) ? "rtl" : "ltr";
		const root = this.#host.attachShadow({ mode: "open" });
		const sheet = new CSSStyleSheet();
		sheet.replaceSync(barStyle);
		root.adoptedStyleSheets = [sheet];
		this.#frame.className = "frame";
		this.#bar.className = "bar";
		this.#bar.setAttribute("role", "region");
		this.#bar.setAttribute("aria-label", this.#word("shareShared"));
		root.append(this.layer.element, this.#frame, this.#bar);
	}

	show(state: BarState): void {
		if (!this.#host.isConnected) document.documentElement.append(this.#host);
		const key = JSON.stringify([state, [...state.allowed]]);
		if (key === this.#shown) return;
		this.#shown = key;
		const { isPaused, byRule, asked, allowed, hasFrames } = state;
		this.#frame.className = isPaused || byRule ? "frame paused" : "frame";
		const parts: HTMLElement[] = [status(this.#word(sentenceOf(state)))];
		if (allowed.size > 0) parts.push(this.#button("shareTakeBack", () => this.#takeBack(allowed), "take-back"));
		if (!byRule)
			parts.push(this.#button(isPaused ? "shareResume" : "sharePause", () => this.#ports.pause(!isPaused), "pause"));
		parts.push(this.#button("shareStop", () => this.#ports.stop(), "stop"));
		if (hasFrames && !isPaused) parts.push(small(this.#word("shareFrames")));
		if (asked) parts.push(this.#question(asked));
		this.#bar.replaceChildren(...parts);
	}

	remove(): void {
		this.#host.remove();
	}

	#takeBack(allowed: ReadonlySet<Asked>): void {
		for (const what of [...allowed]) this.#ports.answer(what, false);
	}

	#question(asked: Asked): HTMLElement {
		const question = document.createElement("div");
		question.className = "ask";
		question.setAttribute("role", "alertdialog");
		const text = this.#word(asked === "control" ? "shareAskControl" : "shareAskNavigation");
		question.setAttribute("aria-label", text);
		question.append(
			status(text),
			this.#button("shareAllow", () => this.#ports.answer(asked, true), "allow"),
			this.#button("shareDeny", () => this.#ports.answer(asked, false), "deny"),
		);
		return question;
	}

	#button(word: ShareWord, press: () => void, name: string): HTMLButtonElement {
		const button = document.createElement("button");
		button.type = "button";
		button.className = name;
		button.textContent = this.#word(word);
		button.addEventListener("click", (event) => {
			if (event.isTrusted) press();
		});
		return button;
	}

	#word(word: ShareWord): string {
		return this.#say(word, { name: this.#agent });
	}
}

/** Who sees it: never more than is so, as people go by it. */
function sentenceOf({ byRule, isPaused, isWatched, allowed }: BarState): ShareWord {
	if (byRule) return "shareRulePaused";
	if (isPaused) return "sharePaused";
	if (!isWatched) return "shareUnseen";
	return allowed.size > 0 ? "shareControlled" : "shareBar";
}

function status(text: string): HTMLElement {
	const sentence = document.createElement("p");
	sentence.setAttribute("role", "status");
	sentence.textContent = text;
	return sentence;
}

function small(text: string): HTMLElement {
	const note = document.createElement("small");
	note.textContent = text;
	return note;
}
