/**
 * What crosses between the panel and an isolated script: JSON, with functions as numbers by which the other end calls them.
 * Whatever is given (cycles, getters that throw, a thousand levels), something plain comes of it.
 */

/** How a function stands in what crosses. A number means a function of whoever sent it, so to make one up calls nothing else. */
export const functionKey = "inlay:function";

/** Levels of objects, and values altogether, that cross; what is beyond is left out. */
const deepest = 24;
const mostValues = 50_000;
/** Characters of one text: as large as a script may be. */
const longestText = 1_048_576;

/** What the other end can call. */
export type Callable = (...args: unknown[]) => unknown;

/** Taken before a script runs: it may replace them. */
const { isArray } = Array;
const { keys, create, defineProperty } = Object;

/** Plain data of anything. @param name gives the number of a function */
export function plainOf(given: unknown, name: (task: Callable) => number): unknown {
	let values = 0;
	let depth = 0;
	const path: object[] = [];
	const isOnPath = (value: object) => {
		for (let at = 0; at < depth; at++) if (path[at] === value) return true;
		return false;
	};
	const of = (value: unknown): unknown => {
		if (++values > mostValues) return undefined;
		if (typeof value === "function") return { [functionKey]: name(value as Callable) };
		if (typeof value === "string") return value.length > longestText ? value.slice(0, longestText) : value;
		if (typeof value === "number") return Number.isFinite(value) ? value : null;
		if (typeof value === "boolean" || value === null) return value;
		if (typeof value !== "object") return undefined;
		if (depth >= deepest || isOnPath(value)) return undefined;
		path[depth++] = value;
		try {
			return ofObject(value);
		} finally {
			depth--;
		}
	};
	const ofList = (list: unknown[]): unknown => {
		const made: unknown[] = [];
		for (let at = 0; at < list.length && at < mostValues; at++) made[at] = of(attempt(() => list[at])) ?? null;
		return made;
	};
	const ofObject = (value: object): unknown => {
		const json = read(value, "toJSON");
		if (typeof json === "function") return of(attempt(() => json.call(value) as unknown));
		if (isArray(value)) return ofList(value);
		const made = create(null) as Record<string, unknown>;
		for (const key of attempt(() => keys(value)) ?? []) {
			const plain = of(read(value, key));
			if (plain !== undefined) defineProperty(made, key, { value: plain, enumerable: true });
		}
		return made;
	};
	return of(given);
}

/**
 * The same with functions that call the other end. What is deeper, or more, than our own end sends is left out.
 *
 * @param call of a function's number
 */
export function revived(given: unknown, call: (id: number) => Callable): unknown {
	let values = 0;
	const of = (value: unknown, levels: number): unknown => {
		if (typeof value !== "object" || value === null) return value;
		if (levels === 0 || ++values > mostValues) return undefined;
		if (isArray(value)) {
			const list: unknown[] = [];
			for (let at = 0; at < value.length && at < mostValues; at++) list[at] = of(value[at], levels - 1);
			return list;
		}
		const id = (value as Record<string, unknown>)[functionKey];
		if (typeof id === "number") return call(id);
		const made: Record<string, unknown> = {};
		for (const [key, each] of Object.entries(value)) {
			const own = of(each, levels - 1);
			defineProperty(made, key, { value: own, enumerable: true, writable: true, configurable: true });
		}
		return made;
	};
	return of(given, deepest + 1);
}

function read(value: object, key: string): unknown {
	return attempt(() => (value as Record<string, unknown>)[key]);
}

function attempt<Result>(task: () => Result): Result | undefined {
	try {
		return task();
	} catch {
		return undefined;
	}
}
