/** The part of `Storage` that the client uses. */
export interface KeyValue {
	getItem(key: string): string | null;
	setItem(key: string, value: string): void;
	removeItem(key: string): void;
}

/** Storage that lives as long as the page: where a browser blocks storage in frames. */
export function memoryStorage(): KeyValue {
	const values = new Map<string, string>();
	return {
		getItem: (key) => values.get(key) ?? null,
		setItem: (key, value) => void values.set(key, value),
		removeItem: (key) => void values.delete(key),
	};
}

const namePrefix = "inlay:";

/**
 * Storage in the frame's own name, which outlives navigation where storage is blocked in frames of another site
 * (third-party storage off, private windows). Only for what may be seen by the page that the frame goes to next:
 * the pending sign-in, never a token. The name that the embedding page gave comes back once nothing is kept.
 */
export function frameNameStorage(frame: { name: string }): KeyValue {
	const read = (): { original: string; values: Record<string, string> } => {
		if (!frame.name.startsWith(namePrefix)) return { original: frame.name, values: {} };
		try {
			return JSON.parse(frame.name.slice(namePrefix.length));
		} catch {
			return { original: "", values: {} };
		}
	};
	const write = (original: string, values: Record<string, string>) => {
		frame.name = Object.keys(values).length > 0 ? namePrefix + JSON.stringify({ original, values }) : original;
	};
	return {
		getItem: (key) => read().values[key] ?? null,
		setItem(key, value) {
			const { original, values } = read();
			write(original, { ...values, [key]: value });
		},
		removeItem(key) {
			const { original, values } = read();
			delete values[key];
			write(original, values);
		},
	};
}

/** The browser's storage, or memory where it is blocked. `lasting` tells whether it outlives a navigation. */
export function openStorage(kind: "sessionStorage" | "localStorage"): { store: KeyValue; lasting: boolean } {
	try {
		const store = window[kind];
		store.setItem("inlay.probe", "1");
		store.removeItem("inlay.probe");
		return { store, lasting: true };
	} catch {
		return { store: memoryStorage(), lasting: false };
	}
}

/** Reads JSON that we wrote ourselves; anything else counts as absent. */
export function readJson<T>(store: KeyValue, key: string, valid: (value: Partial<T>) => boolean): T | undefined {
	try {
		const value = JSON.parse(store.getItem(key) ?? "null") as Partial<T> | null;
		return value && valid(value) ? (value as T) : undefined;
	} catch {
		return undefined;
	}
}
