import type { Role } from "./model.ts";
import { type UserAuthorization, userAuthorizationOf } from "./views.ts";

/** Sets of roles that differ; an organization has some dozens. */
const mostKept = 300;

/**
 * What holders of the same roles are told, kept until roles may have changed: each panel asks for it as it starts, and the
 * roles with their policies are the largest part of what a user is told.
 */
export class ToldAuthorizations {
	readonly #roles: () => Promise<readonly Role[]>;
	readonly #generation: () => number;
	readonly #known = new Map<string, UserAuthorization>();
	#knownIn = -1;

	/** @param generation grows whenever roles may have changed */
	constructor(roles: () => Promise<readonly Role[]>, generation: () => number) {
		this.#roles = roles;
		this.#generation = generation;
	}

	/** @param sets ids of the roles that are held, one set per holder; answered in this order */
	async of(sets: readonly ReadonlySet<string>[]): Promise<UserAuthorization[]> {
		const generation = this.#generation();
		if (this.#knownIn !== generation) this.#known.clear();
		this.#knownIn = generation;
		const wanted = new Map(sets.map((held) => [keyOf(held), held]));
		const known = new Map([...wanted.keys()].flatMap((key) => entryOf(key, this.#known.get(key))));
		const all = known.size < wanted.size ? await this.#roles() : [];
		for (const [key, held] of wanted)
			if (!known.has(key)) known.set(key, userAuthorizationOf(all.filter((role) => held.has(role.id))));
		// What was read while roles changed is not kept.
		if (this.#generation() === generation) this.#keep(known);
		return sets.map((held) => known.get(keyOf(held)) ?? userAuthorizationOf([]));
	}

	#keep(made: ReadonlyMap<string, UserAuthorization>): void {
		if (this.#known.size + made.size > mostKept) this.#known.clear();
		for (const [key, one] of made) this.#known.set(key, one);
	}
}

function entryOf<Value>(key: string, value: Value | undefined): Array<[string, Value]> {
	return value === undefined ? [] : [[key, value]];
}

function keyOf(held: ReadonlySet<string>): string {
	return [...held].sort().join();
}
