/**
 * What the code of a window stands on: the browser's own objects. A script in the panel's window may replace them, as old
 * libraries do to add what browsers lacked; the panel can bear that as long as they do what they should.
 *
 * Everything here goes on where they do not: no method of theirs is called but those that were kept before.
 */
const { apply, defineProperty, deleteProperty, getOwnPropertyDescriptor, has, ownKeys, setPrototypeOf } = Reflect;
const hasKey = Set.prototype.has;

interface Kept {
	holder: object;
	key: PropertyKey;
	/** Undefined: it had none of its own. */
	as: PropertyDescriptor | undefined;
	/** What stood there at the last look, which was borne with. */
	seen: unknown;
}

/** Something that a script has added, replaced or taken away. */
interface Change {
	holder: object;
	key: PropertyKey;
	/** As it was, and as the script has made it; undefined: it had none of its own. */
	as: PropertyDescriptor | undefined;
	now: PropertyDescriptor | undefined;
}

/** More than these are not tried one by one, as each trial takes its tenth of a millisecond: they are all taken back. */
const mostTried = 300;

/** Objects that are replaced together or not at all, and how to find out whether they still work. */
export interface GroundParts {
	/** As an operator reads it. */
	name: string;
	/** Everything that they have is kept. */
	holders: readonly object[];
	/** Names that somebody has, or has from what it is made by: a script may set them on itself. */
	names?: { on: object; names: readonly string[] };
	/** May throw. @returns whether they do what they should */
	works: () => boolean;
}

/** One part of the ground, as it was before any script ran. */
export class Ground {
	readonly name: string;
	readonly #works: () => boolean;
	readonly #holders: readonly object[];
	readonly #known: readonly Set<PropertyKey>[];
	/** How many names each had at the last look. */
	readonly #counts: number[] = [];
	readonly #kept: Kept[] = [];

	constructor({ name, holders, names, works }: GroundParts) {
		this.name = name;
		this.#works = works;
		this.#holders = [...holders];
		this.#known = holders.map((holder) => new Set(ownKeys(holder)));
		for (const holder of holders) for (const key of ownKeys(holder)) this.#keep(holder, key);
		for (const key of names?.names ?? []) this.#keep(names?.on ?? {}, key);
		this.#bear();
	}

	#keep(holder: object, key: PropertyKey): void {
		const as = bare(getOwnPropertyDescriptor(holder, key));
		if (!as || as.configurable) this.#kept[this.#kept.length] = { holder, key, as, seen: originalOf(as) };
	}

	/**
	 * Puts back what is no longer fit for use since a script has changed it, and nothing else.
	 * @returns the names of what was replaced; undefined where there was nothing to do
	 */
	mend(): string | undefined {
		if (this.#stands()) return undefined;
		this.#hideAdditions();
		const names = this.#isFit() ? undefined : this.#putBack();
		this.#bear();
		return names;
	}

	/** As it was at the last look. */
	#stands(): boolean {
		for (let at = 0; at < this.#kept.length; at++) {
			const kept = this.#kept[at] as Kept;
			if (read(kept) !== kept.seen) return false;
		}
		for (let at = 0; at < this.#holders.length; at++)
			if (ownKeys(this.#holders[at] as object).length !== this.#counts[at]) return false;
		return true;
	}

	#bear(): void {
		for (let at = 0; at < this.#kept.length; at++) {
			const kept = this.#kept[at] as Kept;
			kept.seen = read(kept);
		}
		for (let at = 0; at < this.#holders.length; at++) this.#counts[at] = ownKeys(this.#holders[at] as object).length;
	}

	#isFit(): boolean {
		try {
			return this.#works();
		} catch {
			return false;
		}
	}

	/** A name that each object and list has from now on stands in no loop over theirs: whoever asks for it gets it. */
	#hideAdditions(): void {
		this.#eachAddition((holder, key) => {
			const as = bare(getOwnPropertyDescriptor(holder, key));
			if (!as?.enumerable || !as.configurable) return;
			as.enumerable = false;
			defineProperty(holder, key, as);
		});
	}

	/**
	 * Puts back all that was there before, as a trial does not see all of it. What a script has added is given back one by one: a
	 * library that adds twenty methods, one of which breaks something, loses that one.
	 */
	#putBack(): string {
		const changes = this.#changes();
		for (let at = 0; at < changes.length; at++) undo(changes[at] as Change);
		const canWork = this.#isFit();
		let names = "";
		for (let at = 0; at < changes.length; at++) {
			const change = changes[at] as Change;
			const { holder, key } = change;
			const isNew = !has(holder, key);
			if (canWork && isNew && at < mostTried) {
				redo(change);
				if (this.#isFit()) continue;
				undo(change);
			}
			if (typeof key === "symbol" || names.length > 120) continue;
			names += names === "" ? `${key}` : `, ${key}`;
		}
		return `${this.name} (${names})`;
	}

	/** What is other than it was: additions first. */
	#changes(): readonly Change[] {
		const changes: Change[] = [];
		const note = (holder: object, key: PropertyKey, as: PropertyDescriptor | undefined) => {
			const now = bare(getOwnPropertyDescriptor(holder, key));
			changes[changes.length] = { holder, key, as, now };
		};
		this.#eachAddition((holder, key) => note(holder, key, undefined));
		for (let at = 0; at < this.#kept.length; at++) {
			const { holder, key, as } = this.#kept[at] as Kept;
			if (read(this.#kept[at] as Kept) !== originalOf(as)) note(holder, key, as);
		}
		return changes;
	}

	#eachAddition(task: (holder: object, key: PropertyKey) => void): void {
		for (let of = 0; of < this.#holders.length; of++) {
			const holder = this.#holders[of] as object;
			const known = this.#known[of] as Set<PropertyKey>;
			const keys = ownKeys(holder);
			if (keys.length === keyCount(known)) continue;
			for (let at = 0; at < keys.length; at++) {
				const key = keys[at] as PropertyKey;
				if (!apply(hasKey, known, [key])) task(holder, key);
			}
		}
	}
}

function undo({ holder, key, as }: Change): void {
	define(holder, key, as);
}

function redo({ holder, key, now }: Change): void {
	define(holder, key, now);
}

function define(holder: object, key: PropertyKey, as: PropertyDescriptor | undefined): void {
	if (as) defineProperty(holder, key, as);
	else deleteProperty(holder, key);
}

const sizeOf = getOwnPropertyDescriptor(Set.prototype, "size")?.get as () => number;
function keyCount(known: Set<PropertyKey>): number {
	return apply(sizeOf, known, []);
}

/** Without what a script adds to every object: that is not to be read as a part of it. */
function bare(as: PropertyDescriptor | undefined): PropertyDescriptor | undefined {
	if (as) setPrototypeOf(as, null);
	return as;
}

function originalOf(as: PropertyDescriptor | undefined): unknown {
	return as && "value" in as ? as.value : as?.get;
}

/** Asked some hundred times at each look: a value is read as it is, as a description of it is an object more. */
function read({ holder, key, as }: Kept): unknown {
	try {
		if (as && "value" in as) return (holder as Record<PropertyKey, unknown>)[key];
		const now = getOwnPropertyDescriptor(holder, key);
		return as ? now?.get : now && (now.get ?? now.value);
	} catch {
		return unreadable;
	}
}

const unreadable = {};
