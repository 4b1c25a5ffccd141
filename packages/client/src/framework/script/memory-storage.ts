/**
 * What stands for `localStorage` and `sessionStorage`, which a page without an origin, or in a frame that a browser keeps
 * from storing, does not have: it lasts as long as the page.
 */
export function memoryStorage(): Storage {
	const values = new Map<string, string>();
	const methods: Omit<Storage, "length"> = {
		getItem: (key: string) => values.get(String(key)) ?? null,
		setItem: (key: string, value: string) => void values.set(String(key), String(value)),
		removeItem: (key: string) => void values.delete(String(key)),
		clear: () => values.clear(),
		key: (at: number) => [...values.keys()][at] ?? null,
	};
	return new Proxy(methods as Storage, {
		get: (target, key) => {
			if (key === "length") return values.size;
			return Object.hasOwn(target, key) ? Reflect.get(target, key) : values.get(String(key));
		},
		set: (_target, key, value) => {
			values.set(String(key), String(value));
			return true;
		},
		has: (target, key) => Object.hasOwn(target, key) || values.has(String(key)),
		deleteProperty: (_target, key) => {
			values.delete(String(key));
			return true;
		},
		ownKeys: () => [...values.keys()],
		getOwnPropertyDescriptor: (_target, key) =>
			values.has(String(key))
				? { value: values.get(String(key)), enumerable: true, configurable: true, writable: true }
				: undefined,
	});
}
