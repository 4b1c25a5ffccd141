/** A window in a realm of its own, in which a classic script runs as it would in the panel's frame. */
import vm from "node:vm";
import type { FakeHost } from "./fake-host.ts";

export interface FakeWindowOptions {
	/** Query string of the panel's address, e.g. `?crm_domain=https://crm.example`. */
	search?: string;
	/** `document.referrer`. */
	referrer?: string;
	language?: string;
	/** What the script's window has from the start besides, such as a `fetch` of the test's own. */
	globals?: Record<string, unknown>;
}

export interface FakeWindow {
	/** The script's globals; what it assigns appears here. */
	globals: Record<string, unknown>;
	/** Runs a script in sloppy mode; throws what it throws. */
	run(source: string): void;
}

/** A window that the script has opened. */
export interface OpenedWindow {
	url: string;
	name: string;
}

/** @param opened hears of each window that the script opens; no browser is there, so nothing loads */
export function createFakeWindow(
	host: FakeHost,
	options: FakeWindowOptions,
	opened: (window: OpenedWindow) => void = () => {},
): FakeWindow {
	const events = new EventTarget();
	const parent = { postMessage: (data: unknown, targetOrigin?: unknown) => host.take(data, targetOrigin) };
	const globals: Record<string, unknown> = {
		parent,
		location: { search: options.search ?? "", href: `https://panel.example/crm/${options.search ?? ""}` },
		document: { referrer: options.referrer ?? "", readyState: "complete" },
		navigator: { language: options.language ?? "en-US" },
		localStorage: memoryStorage(),
		sessionStorage: memoryStorage(),
		open: (url: unknown = "", name: unknown = "") => {
			opened({ url: String(url), name: String(name) });
			return fakePopup(String(url));
		},
		addEventListener: events.addEventListener.bind(events),
		removeEventListener: events.removeEventListener.bind(events),
		URL,
		URLSearchParams,
		console,
		setTimeout,
		clearTimeout,
		setInterval,
		clearInterval,
		queueMicrotask,
		...ofBrowsersAndNode(),
		fetch: noNetwork,
		...options.globals,
	};
	globals.window = globals;
	globals.self = globals;
	host.deliver = (data) => {
		const event = Object.assign(new Event("message"), { data, origin: host.origin, source: parent });
		events.dispatchEvent(event);
		if (typeof globals.onmessage === "function") globals.onmessage(event);
	};
	vm.createContext(globals);
	return {
		globals,
		run: (source) => {
			vm.runInContext(source, globals, { filename: "framework.js" });
		},
	};
}

/** What a browser's window has and Node has too, by the same name. */
function ofBrowsersAndNode(): Record<string, unknown> {
	const {
		AbortController,
		AbortSignal,
		Blob,
		CustomEvent,
		DOMException,
		Event,
		EventTarget,
		FormData,
		Headers,
		Request,
		Response,
		TextDecoder,
		TextEncoder,
		atob,
		btoa,
		crypto,
		performance,
		structuredClone,
	} = globalThis;
	const built = { AbortController, AbortSignal, Blob, CustomEvent, DOMException, Event, EventTarget, FormData };
	const network = { Headers, Request, Response };
	return { ...built, ...network, TextDecoder, TextEncoder, atob, btoa, crypto, performance, structuredClone };
}

/** A test asks no server: which answers, and what, is for the test to say. */
function noNetwork(address: unknown): Promise<never> {
	const how = "give it one: runFrameworkScript(source, { globals: { fetch: async () => Response.json({}) } })";
	return Promise.reject(new TypeError(`The harness has no network to ask ${String(address)} by: ${how}`));
}

/** What scripts do with a window that they have opened. */
function fakePopup(url: string) {
	return {
		closed: false,
		location: { href: url },
		focus() {},
		postMessage() {},
		close() {
			this.closed = true;
		},
	};
}

function memoryStorage() {
	const entries = new Map<string, string>();
	return {
		getItem: (key: string) => entries.get(key) ?? null,
		setItem: (key: string, value: string) => entries.set(key, String(value)),
		removeItem: (key: string) => entries.delete(key),
	};
}
