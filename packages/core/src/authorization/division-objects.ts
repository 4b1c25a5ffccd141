import { badField } from "../kernel/http/api-error.ts";
import type { Principal } from "../kernel/principal.ts";

/**
 * Moves objects of one type into a division, all of them or none. Whoever moves them may change such objects where they are
 * and where they go.
 * @throws ApiError 403 `missing.division.permission`, 404 `not.found` for an unknown object
 */
export type MoveObjects = (by: Principal, ids: readonly string[], divisionId: string) => Promise<void>;

/** Which objects can be moved between divisions, and how; the domains that keep them register here. */
export function createMovers() {
	const movers = new Map<string, MoveObjects>();

	/** @throws ApiError 400 naming the types that can be moved so */
	function of(objectType: string): MoveObjects {
		const found = movers.get(objectType.toUpperCase());
		if (found) return found;
		const known = [...movers.keys()].sort().join(", ");
		throw badField(
			"objectType",
			`Objects of the type ${objectType} are not moved by this operation. It moves ${known}; others are moved by changing their own division.`,
		);
	}

	return { of, add: (objectType: string, move: MoveObjects) => void movers.set(objectType, move) };
}
