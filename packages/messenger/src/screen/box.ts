import type { Standing } from "./protocol.ts";
import { style } from "./style.ts";
import type { Word } from "./words.ts";

/** What the customer can do in the box. */
export interface BoxActs {
	accept(): void;
	decline(): void;
	pause(paused: boolean): void;
	another(): void;
	stop(): void;
}

type Say = (word: Word, params?: Readonly<Record<string, string>>) => string;

/** The box in the page, in a shadow root: the page's styles stay out, and ours in. Only text of ours and plain names stand in it. */
export class Box {
	readonly #host = document.createElement("inlay-screen");
	readonly #say: Say;
	readonly #acts: BoxActs;
	readonly #text = element("p", { role: "status" });
	readonly #buttons = element("div", { class: "buttons" });
	readonly #video = document.createElement("video");
	readonly #box: HTMLElement;
	#shown = "";

	constructor(language: string, say: Say, acts: BoxActs) {
		this.#say = say;
		this.#acts = acts;
		this.#host.lang = language;
		this.#host.dir = /^(?:ar|fa|he|ur)\b/.test(language) ? "rtl" : "ltr";
		const root = this.#host.attachShadow({ mode: "open" });
		const sheet = new CSSStyleSheet();
		sheet.replaceSync(style);
		root.adoptedStyleSheets = [sheet];
		this.#video.muted = true;
		this.#video.playsInline = true;
		this.#video.autoplay = true;
		this.#video.hidden = true;
		this.#box = element("section", { class: "box", "aria-label": say("title") });
		this.#box.append(this.#text, this.#video, this.#buttons);
		root.append(this.#box);
		document.body.append(this.#host);
	}

	/** @param isAway the server is: what it said last need not be so any more */
	show(standing: Standing, isAway: boolean): void {
		const name = standing.agentName || this.#say("somebody");
		const { text, buttons } = this.#contents(standing, isAway);
		const shown = JSON.stringify([text, name, buttons.map(([word]) => word)]);
		if (shown === this.#shown) return;
		this.#shown = shown;
		const isAsked = standing.state === "requested" && this.#box.dataset.state !== "requested";
		this.#text.textContent = this.#say(text, { name });
		this.#box.dataset.state = standing.state;
		this.#box.dataset.shows = standing.shows;
		const hadFocus = this.#buttons.contains((this.#host.shadowRoot as ShadowRoot).activeElement);
		this.#buttons.replaceChildren(...buttons.map(([word, act], index) => this.#button(word, act, index === 0)));
		if (hadFocus || (isAsked && !isAway)) this.#buttons.querySelector("button")?.focus();
	}

	picture(stream: MediaStream | undefined): void {
		this.#video.srcObject = stream ?? null;
		this.#video.hidden = !stream;
		if (stream) void this.#video.play().catch(() => {});
	}

	remove(): void {
		this.#host.remove();
	}

	#contents(
		{ state, shows, isMine, end }: Standing,
		isAway: boolean,
	): { text: Word; buttons: ReadonlyArray<[Word, () => void]> } {
		const acts = this.#acts;
		const stop: [Word, () => void] = ["stop", acts.stop];
		const close: [Word, () => void] = ["close", () => this.remove()];
		if (state === "ended") return { text: end === "unsupported" ? "unsupported" : "over", buttons: [close] };
		if (isAway) return { text: "away", buttons: [stop] };
		if (shows === "agent") {
			if (state === "choosing") return { text: "prepares", buttons: [["decline", acts.decline]] };
			const large: [Word, () => void] = ["large", () => void this.#video.requestFullscreen?.()];
			return { text: state === "paused" ? "agentPaused" : "shown", buttons: [large, ["close", acts.stop]] };
		}
		if (state === "requested")
			return {
				text: "asks",
				buttons: [
					["accept", acts.accept],
					["decline", acts.decline],
				],
			};
		if (!isMine) return { text: "elsewhere", buttons: [stop] };
		if (state === "choosing") return { text: "choosing", buttons: [stop] };
		const another: [Word, () => void] = ["another", acts.another];
		if (state === "paused") return { text: "paused", buttons: [["goOn", () => acts.pause(false)], another, stop] };
		return { text: "showing", buttons: [["pause", () => acts.pause(true)], another, stop] };
	}

	#button(word: Word, act: () => void, isFirst: boolean): HTMLElement {
		const button = element("button", { type: "button", "data-act": word, ...(isFirst ? { class: "first" } : {}) });
		button.textContent = this.#say(word);
		// An agent who acts in the page by co-browsing takes back no pause of the customer's.
		button.addEventListener("click", (event) => event.isTrusted && act());
		return button;
	}
}

function element(name: string, attributes: Record<string, string>): HTMLElement {
	const made = document.createElement(name);
	for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
	return made;
}
