import { isRecord, safeEntries, safeGet } from "@inlay/contract";
import type { Callable } from "../plain.ts";

/** They may be methods of a class, which are no keys of its objects. */
const callbackNames = ["initialSetup", "screenPop", "processCallLog", "openCallLog", "contactSearch"];

const lookEveryMs = 200;

/** As it was before the script. */
const later = queueMicrotask;

/**
 * Tells the panel of `window.Framework` when it is set, and again when the object or one of its callbacks is another one:
 * scripts set it late, and replace parts of it at any time (framework-contract 2).
 */
export class ToldFramework {
	readonly #window: object;
	readonly #tell: (framework: object) => Promise<unknown>;
	readonly #callbacks = new Map<string, Callable>();
	#told: readonly unknown[] = [];

	/** @param tell rejects where the panel has not taken it, as in a flood; then it is told again */
	constructor(window: object, tell: (framework: object) => Promise<unknown>) {
		this.#window = window;
		this.#tell = tell;
		this.#trap();
		setInterval(() => this.look(), lookEveryMs);
	}

	look(): void {
		const framework = safeGet(this.#window, "Framework");
		if (!isRecord(framework) && typeof framework !== "function") return;
		const keys = new Set<string>();
		for (const [key] of safeEntries(framework)) keys.add(key);
		for (const key of callbackNames) keys.add(key);
		keys.add("config");
		let at = 0;
		const seen: unknown[] = [framework];
		for (const key of keys) seen[++at] = safeGet(framework, key);
		if (isSame(seen, this.#told)) return;
		this.#told = seen;
		const parts: Record<string, unknown> = {};
		for (const key of keys) parts[key] = this.#part(framework, key);
		this.#tell(parts).catch(() => {
			this.#told = [];
		});
	}

	#part(framework: object, key: string): unknown {
		const value = safeGet(framework, key);
		if (typeof value === "function") return this.#callback(key, () => safeGet(this.#window, "Framework"));
		if (key !== "config" || !isRecord(value)) return value;
		const asker = safeGet(value, "getUserLanguage");
		const config = Object.fromEntries(safeEntries(value));
		if (typeof asker !== "function") return config;
		const owner = () => safeGet(safeGet(this.#window, "Framework"), "config");
		return { ...config, getUserLanguage: this.#callback("getUserLanguage", owner) };
	}

	/** Called as a method of what stands there by then. */
	#callback(key: string, owner: () => unknown): Callable {
		const known = this.#callbacks.get(key);
		if (known) return known;
		const made: Callable = (...args) => {
			const task = safeGet(owner(), key);
			return typeof task === "function" ? (Reflect.apply(task, owner(), args) as unknown) : undefined;
		};
		this.#callbacks.set(key, made);
		return made;
	}

	#trap(): void {
		let value: unknown = safeGet(this.#window, "Framework");
		Object.defineProperty(this.#window, "Framework", {
			configurable: true,
			enumerable: true,
			get: () => value,
			set: (next: unknown) => {
				value = next;
				// The rest of the assigning script runs before anybody reads what it has set.
				later(() => this.look());
			},
		});
	}
}

function isSame(one: readonly unknown[], other: readonly unknown[]): boolean {
	if (one.length !== other.length) return false;
	for (let at = 0; at < one.length; at++) if (one[at] !== other[at]) return false;
	return true;
}
