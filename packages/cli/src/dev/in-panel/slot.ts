/** The place in the window that versions of the script take, one after the other: only one is live. */
import { isRecord, safeGet } from "@inlay/contract";
import type { FromPanel } from "../protocol.ts";
import { errorOf, type Recorder } from "./recorder.ts";
import { tapFramework } from "./tap-framework.ts";

export interface SlotParts {
	window: Window;
	recorder: Recorder;
	/** Address of a version. */
	address: (version: number) => string;
	/** The version that assigns. */
	version: () => number | undefined;
	tell: (news: FromPanel) => void;
	/** A version has taken over: what older ones, and those that came to nothing, have left goes. */
	tookOver: (version: number) => void;
	/** A version has come to nothing. */
	gaveUp: (version: number) => void;
}

interface Taken {
	version: number;
	raw: object;
	stand: object;
}

export class Slot {
	readonly #parts: SlotParts;
	/** How the live version came to be. */
	how: "opened" | "replaced" | "reloaded" = isReload() ? "reloaded" : "opened";
	#live: Taken | undefined;
	#next: Taken | undefined;
	#loading: number | undefined;
	/** The runtime's own way to hear of an assignment. */
	#assigned: (value: unknown) => void = () => {};

	constructor(parts: SlotParts) {
		this.#parts = parts;
		const { window } = parts;
		const runtime = Object.getOwnPropertyDescriptor(window, "Framework");
		if (runtime?.set) this.#assigned = runtime.set.bind(window);
		Object.defineProperty(window, "Framework", {
			configurable: true,
			enumerable: true,
			get: () => this.framework,
			set: (value: unknown) => this.#take(value),
		});
	}

	/** As the panel sees it. */
	get framework(): object | undefined {
		return this.#live?.stand;
	}

	/** The newest that is live or about to be. */
	get version(): number | undefined {
		return this.#live?.version;
	}

	/** There is no script yet that could run: the panel goes on without. */
	stayEmpty(): void {
		this.#take({ config: { name: "inlay dev" } });
	}

	/** Runs a version. It takes over once it has set `window.Framework` and run through. */
	load(version: number): void {
		const { document } = this.#parts.window;
		const element = document.createElement("script");
		element.async = false;
		// Else the browser would not say what was thrown, and where.
		element.crossOrigin = "anonymous";
		element.src = this.#parts.address(version);
		this.#loading = version;
		let thrown: unknown;
		const threw = (event: ErrorEvent) => {
			if (event.filename === element.src) thrown = event.error ?? event.message;
		};
		const over = () => {
			this.#parts.window.removeEventListener("error", threw);
			element.remove();
			this.#loading = undefined;
			this.#loaded(version, thrown);
		};
		this.#parts.window.addEventListener("error", threw);
		element.addEventListener("load", over);
		element.addEventListener("error", over);
		document.head.append(element);
	}

	#take(value: unknown): void {
		if (!isRecord(value) && typeof value !== "function") return;
		const version = this.#parts.version() ?? this.#loading ?? this.#live?.version ?? 0;
		// What stands before it was read from the window and put back.
		if (value === this.#live?.stand) return;
		const { recorder } = this.#parts;
		const stand = tapFramework(value as object, recorder, () => version);
		const taken = { version, raw: value as object, stand };
		if (this.#live === undefined || this.#live.version === version) this.#show(taken);
		else if (version > this.#live.version) {
			this.#next = taken;
			// Set late, after the script has run through.
			if (this.#loading !== version) queueMicrotask(() => this.#replace(taken));
		}
	}

	#loaded(version: number, thrown: unknown): void {
		if (this.#next?.version === version) this.#replace(this.#next);
		if (thrown === undefined || this.#live?.version === version) return;
		this.#parts.gaveUp(version);
		this.#parts.tell({ type: "refused", version, error: errorOf(thrown) });
		if (this.#live === undefined) this.stayEmpty();
	}

	#show(taken: Taken): void {
		const isFirst = this.#live === undefined;
		this.#live = taken;
		if (!isFirst) return;
		this.#assigned(taken.stand);
		this.#tellLive();
	}

	#replace(taken: Taken): void {
		const before = this.#live;
		if (before && taken.version <= before.version) return;
		// What the panel has read of it, when it began, it reads when it begins.
		if (before && configText(before.raw) !== configText(taken.raw)) {
			location.reload();
			return;
		}
		this.#live = taken;
		this.#next = undefined;
		this.how = "replaced";
		this.#parts.tookOver(taken.version);
		this.#tellLive();
	}

	#tellLive(): void {
		const version = this.#live?.version ?? 0;
		if (version > 0) this.#parts.tell({ type: "live", version, how: this.how });
	}
}

function isReload(): boolean {
	return performance.getEntriesByType("navigation").some((each) => safeGet(each, "type") === "reload");
}

function configText(raw: object): string {
	try {
		return JSON.stringify(safeGet(raw, "config")) ?? "";
	} catch {
		return "";
	}
}
