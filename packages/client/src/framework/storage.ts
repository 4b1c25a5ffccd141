/** Web storage that may be missing, full or forbidden, as in a frame without third-party storage. */
export interface KeyValueStore {
	get(key: string): string | undefined;
	set(key: string, value: string): void;
	remove(key: string): void;
}

/** The window's session storage where it works, with memory behind it. */
export function sessionStore(window: Pick<Window, "sessionStorage">): KeyValueStore {
	const memory = new Map<string, string>();
	const attempt = <Result>(task: () => Result): Result | undefined => {
		try {
			return task();
		} catch {
			// Forbidden or full: the memory copy serves until the page is reloaded.
			return undefined;
		}
	};
	return {
		get: (key) => attempt(() => window.sessionStorage.getItem(key)) ?? memory.get(key),
		set: (key, value) => {
			memory.set(key, value);
			attempt(() => window.sessionStorage.setItem(key, value));
		},
		remove: (key) => {
			memory.delete(key);
			attempt(() => window.sessionStorage.removeItem(key));
		},
	};
}

/** JSON kept under a key; undefined when there is none or it is damaged. */
export function readJson(store: KeyValueStore, key: string): unknown {
	try {
		const text = store.get(key);
		return text === undefined ? undefined : (JSON.parse(text) as unknown);
	} catch {
		return undefined;
	}
}
