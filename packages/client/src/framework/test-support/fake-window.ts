/** A window for tests without a browser: runs classic scripts in a realm of their own, as a frame would. */
import vm from "node:vm";

export class MemoryStorage implements Storage {
	readonly #entries = new Map<string, string>();
	[name: string]: unknown;

	get length(): number {
		return this.#entries.size;
	}
	clear(): void {
		this.#entries.clear();
	}
	getItem(key: string): string | null {
		return this.#entries.get(key) ?? null;
	}
	key(index: number): string | null {
		return [...this.#entries.keys()][index] ?? null;
	}
	removeItem(key: string): void {
		this.#entries.delete(key);
	}
	setItem(key: string, value: string): void {
		this.#entries.set(key, String(value));
	}
}

export interface FakeWindow {
	window: Window;
	/** What the script has posted to its parent. */
	posted: unknown[];
	/** A message from the parent, which is a page of this origin, to the frame. */
	post(data: unknown, origin?: string): void;
	/** The same from another window, such as a frame beside this one: what is posted to it is in its list. */
	beside(): { posted: unknown[]; post(data: unknown, origin: string): void; close(): void };
	/** Reads an expression inside the frame. */
	evaluate(expression: string): unknown;
}

/** `scripts` are the sources by address; an address without a source cannot be reached. */
export function fakeWindow(
	scripts: Record<string, string>,
	storage: { session?: Storage; local?: Storage; search?: string } = {},
): FakeWindow {
	const posted: unknown[] = [];
	const events = new EventTarget();
	const parent = { postMessage: (data: unknown) => posted.push(data) };
	const global: Record<string, unknown> = {
		sessionStorage: storage.session ?? new MemoryStorage(),
		localStorage: storage.local ?? new MemoryStorage(),
		navigator: { language: "ca", languages: ["ca", "en-GB"] },
		location: new URL(`https://panel.test/crm/index.html${storage.search ?? ""}`),
		parent,
		setTimeout,
		clearTimeout,
		console,
		addEventListener: events.addEventListener.bind(events),
		removeEventListener: events.removeEventListener.bind(events),
	};
	global.window = global;
	vm.createContext(global);
	global.document = fakeDocument(scripts, global, events);
	const say = (data: unknown, origin: string, source: object) =>
		void events.dispatchEvent(Object.assign(new Event("message"), { data, origin, source }));
	return {
		window: global as unknown as Window,
		posted,
		post: (data, origin = "https://crm.test") => say(data, origin, parent),
		beside: () => {
			const heard: unknown[] = [];
			const other = { closed: false, postMessage: (data: unknown) => heard.push(data) };
			const close = () => {
				other.closed = true;
			};
			return { posted: heard, post: (data, origin) => say(data, origin, other), close };
		},
		evaluate: (expression) => vm.runInContext(expression, global) as unknown,
	};
}

function fakeDocument(scripts: Record<string, string>, global: object, events: EventTarget) {
	const append = (element: EventTarget & { src: string }) => {
		queueMicrotask(() => {
			const source = scripts[element.src];
			if (source === undefined) {
				element.dispatchEvent(new Event("error"));
				return;
			}
			run(source, element.src);
			element.dispatchEvent(new Event("load"));
		});
	};
	const run = (source: string, filename: string) => {
		try {
			vm.runInContext(source, global as vm.Context, { filename });
		} catch (thrown) {
			const message = String((thrown as Error).message);
			events.dispatchEvent(Object.assign(new Event("error"), { filename, message, lineno: 1 }));
		}
	};
	return {
		baseURI: "https://panel.test/crm/",
		referrer: "",
		createElement: () => Object.assign(new EventTarget(), { src: "", async: true }),
		head: { append },
	};
}
