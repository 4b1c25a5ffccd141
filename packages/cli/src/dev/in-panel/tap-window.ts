/** Follows what the script does with its window: messages, listeners, timers, and what it throws there. */
import { safeGet } from "@inlay/contract";
import { opensApart } from "@inlay/contract/opened-windows";
import { noWindow } from "../page-names.ts";
import type { Entry } from "../protocol.ts";
import { versionIn } from "./caller.ts";
import type { Recorder } from "./recorder.ts";
import type { Traces } from "./traces.ts";

type Listener = (this: unknown, event: Event) => unknown;

export interface TapWindowParts {
	window: Window & typeof globalThis;
	recorder: Recorder;
	traces: Traces;
	/** The version that calls; undefined for the panel's own code. */
	version: () => number | undefined;
}

export class TapWindow {
	readonly #parts: TapWindowParts;
	/** By the event as the browser has made it. */
	readonly #messages = new WeakMap<Event, Entry>();
	/** Of the script; each with what the browser calls for it. */
	readonly #listeners = new Map<Listener, Listener>();

	constructor(parts: TapWindowParts) {
		this.#parts = parts;
		const { window } = parts;
		window.addEventListener("message", (event) => this.#messageCame(event));
		window.addEventListener("error", ({ error, message, filename }) => {
			if (versionIn(filename) !== undefined) this.#threw(error ?? message);
		});
		window.addEventListener("unhandledrejection", ({ reason }) => {
			if (versionIn(String(safeGet(reason, "stack"))) !== undefined) this.#threw(reason);
		});
		this.#followListeners(window);
		this.#followListeners(window.document);
		this.#followTimers();
		this.#followWindows();
	}

	/** In the place of `target.postMessage`. */
	post(target: unknown): (...given: unknown[]) => unknown {
		return (...given) => {
			const [data, origin] = given;
			if (target === this.#parts.window.parent) {
				const about = { kind: "message", direction: "out", ...messageOf(data) } as const;
				this.#parts.recorder.note({ ...about, origin: String(safeGet(origin, "targetOrigin") ?? origin ?? "/") });
			}
			return (target as Window).postMessage(...(given as Parameters<Window["postMessage"]>));
		};
	}

	/** A message of the page's once more, to the script alone. */
	replay({ payload, origin = "", isObject }: Pick<Entry, "payload" | "origin" | "isObject">): void {
		const { window, recorder } = this.#parts;
		const data = isObject || typeof payload === "string" ? payload : JSON.stringify(payload);
		const event = new MessageEvent("message", { data, origin, source: window.parent });
		const about = { kind: "message", direction: "in", isReplay: true, heard: 0, origin, ...messageOf(data) } as const;
		this.#messages.set(event, recorder.note(about));
		for (const [listener, wrapped] of this.#listeners)
			if (this.#isOfMessages.has(listener)) wrapped.call(window, event);
		const { onmessage } = window;
		if (onmessage) onmessage.call(window, event);
	}

	readonly #isOfMessages = new WeakSet<Listener>();

	#messageCame(event: MessageEvent): void {
		const { window, recorder } = this.#parts;
		if (event.source !== window.parent || event.source === window) return;
		const about = {
			kind: "message",
			direction: "in",
			heard: 0,
			origin: event.origin,
			...messageOf(event.data),
		} as const;
		this.#messages.set(event, recorder.note(about));
	}

	#threw(thrown: unknown): void {
		const { recorder } = this.#parts;
		recorder.failed(recorder.note({ kind: "error", name: "uncaught", payload: null }), thrown);
	}

	#followListeners(target: EventTarget): void {
		const { traces, version } = this.#parts;
		const own = { add: target.addEventListener, remove: target.removeEventListener };
		target.addEventListener = (
			type: string,
			listener: Listener | null,
			options?: boolean | AddEventListenerOptions,
		) => {
			const by = version();
			if (by === undefined || typeof listener !== "function")
				return own.add.call(target, type, listener as never, options);
			const wrapped = this.#wrapped(type, listener);
			own.add.call(target, type, wrapped, options);
			traces.add(by, () => {
				own.remove.call(target, type, wrapped, options);
				this.#listeners.delete(listener);
			});
		};
		target.removeEventListener = (type: string, listener: Listener | null, options?: boolean | EventListenerOptions) =>
			own.remove.call(target, type, ((listener && this.#listeners.get(listener)) ?? listener) as never, options);
	}

	#wrapped(type: string, listener: Listener): Listener {
		const known = this.#listeners.get(listener);
		if (known) return known;
		const { recorder } = this.#parts;
		const messages = this.#messages;
		const wrapped: Listener = function (event) {
			const entry = messages.get(event);
			if (!entry) return listener.call(this, event);
			recorder.heard(entry);
			return recorder.during(entry, () => listener.call(this, event));
		};
		if (type === "message") this.#isOfMessages.add(listener);
		this.#listeners.set(listener, wrapped);
		return wrapped;
	}

	/** Windows that the script opens; the panel's own are not its doing. */
	#followWindows(): void {
		const { window, recorder, version } = this.#parts;
		const { open } = window;
		window.open = (...given: Parameters<Window["open"]>) => {
			// The panel puts a function of its own between, which hears of windows that the browser blocks.
			const by = version() ?? versionIn(new Error().stack ?? "");
			if (by === undefined) return open.apply(window, given);
			const entry = recorder.note({ kind: "action", name: "window.open", payload: given, version: by });
			const opened = recorder.during(entry, () => open.apply(window, given));
			if (!opened && !opensApart.test(String(given[2] ?? ""))) recorder.answered(entry, noWindow, null);
			return opened;
		};
	}

	#followTimers(): void {
		const { window, traces, version } = this.#parts;
		type Set = (task: unknown, ms?: number, ...more: unknown[]) => number;
		const following = (set: Set, isOnce: boolean): Set => {
			return (task, ms, ...more) => {
				const by = version();
				if (by === undefined || typeof task !== "function") return set.call(window, task, ms, ...more);
				let forget = () => {};
				const run = (...given: unknown[]) => {
					if (isOnce) forget();
					return task(...given);
				};
				const handle = set.call(window, run, ms, ...more);
				forget = traces.add(by, () => window.clearInterval(handle));
				return handle;
			};
		};
		const own = { setInterval: window.setInterval as unknown as Set, setTimeout: window.setTimeout as unknown as Set };
		Object.assign(window, {
			setInterval: following(own.setInterval, false),
			setTimeout: following(own.setTimeout, true),
		});
	}
}

function messageOf(data: unknown): Pick<Entry, "name" | "payload" | "isObject"> {
	let read = data;
	try {
		if (typeof data === "string") read = JSON.parse(data) as unknown;
	} catch {
		// No JSON: shown as it is.
	}
	const type = safeGet(read, "type");
	const isObject = typeof data === "string" ? {} : ({ isObject: true } as const);
	return { name: typeof type === "string" ? type : typeof read, payload: read, ...isObject };
}
