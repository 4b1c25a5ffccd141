import { computed, signal } from "@preact/signals";
import type { ViewerText } from "../features/cobrowse/viewer-texts.ts";
import { isKeyAnswer, type KeyAnswer, type KeyRequest } from "./viewer-link.ts";

export type Asked = "control" | "navigation";

/** What the server sends. */
type Frame =
	| {
			type: "session";
			isThere: boolean;
			isPaused: boolean;
			control: boolean;
			navigation: boolean;
			may: { control: boolean; navigation: boolean; draw: boolean };
	  }
	| { type: "recorded"; events: RecordedEvent[] }
	| { type: "paused"; isPaused: boolean; byRule: boolean }
	| { type: "allow"; what: Asked; isAllowed: boolean }
	| { type: "refused"; why: string }
	| { type: "pace"; pace: "live" | "stills" | "tooBig" }
	| { type: "away" | "back" | "ended" | "error" };

export interface RecordedEvent {
	type: number;
	timestamp: number;
	data: Record<string, unknown>;
}

const keyEveryMs = 1_000;
const againMs = 1_000;
const refusedMs = 4_000;
/** The server's word for it: another viewer of the session has come (core's cobrowse/relay.ts). */
const replaced = 4002;

/** One session as its agent's viewer has it: the socket, and how things stand. What the page shows is the stage's. */
export class ViewerModel {
	readonly conversationId: string;
	readonly texts = signal<Partial<Record<ViewerText, string>>>({});
	/** `elsewhere`: another window of the agent's has it. */
	readonly state = signal<"asking" | "waiting" | "live" | "away" | "elsewhere" | "ended">("asking");
	readonly isOnline = signal(true);
	readonly pause = signal<"no" | "customer" | "rule">("no");
	readonly pace = signal<"live" | "stills" | "tooBig">("live");
	readonly may = signal({ control: false, navigation: false, draw: false });
	readonly allowed = signal<Readonly<Record<Asked, boolean>>>({ control: false, navigation: false });
	readonly asked = signal<Asked | undefined>(undefined);
	readonly refused = signal<ViewerText | undefined>(undefined);
	/** Where the customer is, as far as it may be told. */
	readonly address = signal("");
	readonly isControlling = computed(() => this.allowed.value.control && this.state.value === "live");
	/** What was recorded, in order. */
	onEvents: (events: RecordedEvent[]) => void = () => {};
	#socket: WebSocket | undefined;
	#refusedTimer: ReturnType<typeof setTimeout> | undefined;
	#asking: ReturnType<typeof setInterval> | undefined;
	readonly #host: Window | null;

	constructor(conversationId: string) {
		this.conversationId = conversationId;
		this.#host = window.parent === window ? window.opener : window.parent;
		addEventListener("message", ({ origin, data }) => {
			if (origin === location.origin && isKeyAnswer(data) && data.conversationId === conversationId)
				this.#answered(data);
		});
	}

	start(): void {
		clearInterval(this.#asking);
		this.#asking = setInterval(() => this.#ask(), keyEveryMs);
		this.#ask();
	}

	t(text: ViewerText, params: Readonly<Record<string, string>> = {}): string {
		return (this.texts.value[text] ?? "").replace(/\{(\w+)\}/g, (whole, name: string) => params[name] ?? whole);
	}

	/** @returns false where there is no connection */
	send(frame: object): boolean {
		if (this.#socket?.readyState !== WebSocket.OPEN) return false;
		this.#socket.send(JSON.stringify(frame));
		return true;
	}

	/** Who could not be asked is not waited for. */
	ask(what: Asked): void {
		if (this.send({ type: "ask", what })) this.asked.value = what;
	}

	/** The agent wants it in this window, and no longer in the other. */
	takeHere(): void {
		this.state.value = "asking";
		this.start();
	}

	#ask(): void {
		const request: KeyRequest = { type: "inlay.cobrowse.key", conversationId: this.conversationId };
		try {
			this.#host?.postMessage(request, location.origin);
		} catch {
			// The panel has gone; it is asked again.
		}
	}

	#answered({ session, texts, language }: KeyAnswer): void {
		this.texts.value = texts;
		document.documentElement.lang = language;
		document.documentElement.dir = /^ar\b/.test(language) ? "rtl" : "ltr";
		document.title = texts.viewTitle;
		if (this.#socket) return;
		clearInterval(this.#asking);
		if (session) this.#connect(session);
		else this.state.value = "ended";
	}

	#connect({ websocketUrl, key }: { websocketUrl: string; key: string }): void {
		const socket = new WebSocket(websocketUrl);
		this.#socket = socket;
		socket.onopen = () => socket.send(JSON.stringify({ type: "hello", key }));
		socket.onmessage = ({ data }) => this.#received(JSON.parse(String(data)));
		socket.onclose = ({ code }) => {
			this.#socket = undefined;
			if (this.state.peek() === "ended") return;
			// Two windows that both came again would take it from each other for ever.
			if (code === replaced) {
				this.state.value = "elsewhere";
				return;
			}
			this.isOnline.value = false;
			// With a new secret: the one before may be over.
			setTimeout(() => this.start(), againMs);
		};
	}

	#received(frame: Frame): void {
		if (frame.type === "session") this.#begin(frame);
		else if (frame.type === "recorded") this.#recorded(frame.events);
		else if (frame.type === "paused") this.#paused(frame);
		else if (frame.type === "allow") this.#answer(frame);
		else if (frame.type === "refused") this.#say(frame.why);
		else if (frame.type === "pace") this.pace.value = frame.pace;
		else if (frame.type === "ended") this.state.value = "ended";
		else if (frame.type === "away" || frame.type === "back") this.#moved(frame.type);
	}

	#begin({ isThere, isPaused, control, navigation, may }: Extract<Frame, { type: "session" }>): void {
		this.isOnline.value = true;
		this.state.value = isThere ? "waiting" : "away";
		this.pause.value = isPaused ? "customer" : "no";
		this.allowed.value = { control, navigation };
		this.asked.value = undefined;
		this.may.value = may;
	}

	#recorded(events: RecordedEvent[]): void {
		for (const { type, data } of events) if (type === 4) this.address.value = String(data.href);
		if (events.some(({ type }) => type === 2)) this.state.value = "live";
		this.onEvents(events);
	}

	#paused({ isPaused, byRule }: Extract<Frame, { type: "paused" }>): void {
		this.pause.value = isPaused ? (byRule ? "rule" : "customer") : "no";
		this.#forgetLeave();
	}

	#answer({ what, isAllowed }: Extract<Frame, { type: "allow" }>): void {
		if (this.asked.peek() === what) {
			this.asked.value = undefined;
			if (!isAllowed) this.#say("notAllowed");
		}
		this.allowed.value = { ...this.allowed.peek(), [what]: isAllowed };
	}

	#moved(how: "away" | "back"): void {
		this.state.value = how === "away" ? "away" : "waiting";
		this.pace.value = "live";
		this.pause.value = "no";
		this.#forgetLeave();
	}

	#forgetLeave(): void {
		this.allowed.value = { control: false, navigation: false };
		this.asked.value = undefined;
	}

	#say(why: string): void {
		this.refused.value = `refused_${why}` as ViewerText;
		clearTimeout(this.#refusedTimer);
		this.#refusedTimer = setTimeout(() => {
			this.refused.value = undefined;
		}, refusedMs);
	}
}
