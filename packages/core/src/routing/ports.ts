import type { MoveObjects } from "../authorization/division-objects.ts";
import type { Db, Trx } from "../kernel/database/database.ts";
import type { Referable, Referrer } from "../kernel/database/references.ts";
import { badField } from "../kernel/http/api-error.ts";
import { type Principal, requireInDivision } from "../kernel/principal.ts";
import type { EndingUsers } from "../users/endings.ts";

/** What routing asks of the users domain. */
export interface People extends Pick<EndingUsers, "onEnded" | "onRevived" | "holdActive"> {
	/** Those of the ids that are users. */
	find(userIds: readonly string[], db?: Db): Promise<Person[]>;
}

export interface Person {
	id: string;
	name: string;
	divisionId: string;
	/** The platform's User has one wherever it appears, also as a mere reference. */
	version: number;
	state: string;
}

type CountInDivisions = (divisionIds: readonly string[], db: Db) => Promise<ReadonlyMap<string, number>>;

/** What routing asks of the authorization domain. */
export interface DivisionDirectory {
	homeDivisionId(): Promise<string>;
	divisions: {
		list(): Promise<Array<{ id: string; name: string }>>;
		/** In the change that puts something there. @throws ApiError 400 `invalid.value` where the division has gone */
		requireStanding(trx: Trx, divisionId: string, fieldName: string): Promise<void>;
		/** Divisions with objects are not deleted: whoever keeps such objects counts them. */
		addCounter(objectType: string, count: CountInDivisions): void;
		/** How such objects are moved, where a test's directory knows of it. */
		addMover?(objectType: string, move: MoveObjects): void;
	};
}

/** Scripts that agents follow: there before queues are. */
export interface ReferredScripts {
	hold: Referable["hold"];
	/** Tells what shows a script, which stays as long as something does. */
	onRemove(referrer: Referrer): void;
}

/** Stands for every division in an object's division. */
export const allDivisions = "*";

/**
 * The division that an object is to be in: the one sent, else the home division.
 * @param options `shared`: the object may also be of all divisions, as wrap-up codes and presences may
 * @throws ApiError 400 `invalid.value` for an unknown division
 */
export async function chosenDivision(
	directory: DivisionDirectory,
	sent: { id?: string } | null | undefined,
	options: { shared?: boolean } = {},
): Promise<string> {
	const id = divisionIdOf(sent);
	if (!id) return directory.homeDivisionId();
	if (options.shared && id === allDivisions) return allDivisions;
	const known = await directory.divisions.list();
	if (known.some((division) => division.id === id)) return id;
	throw badField("division.id", `No division has the id ${id}.`);
}

/**
 * The division that somebody names, if they name one.
 * @throws ApiError 400 `invalid.value` where they name it by anything but its id: it would stand in another one
 */
export function divisionIdOf(sent: { id?: string } | null | undefined): string | undefined {
	if (!sent || sent.id) return sent?.id;
	if (Object.values(sent).some((value) => value !== null && value !== undefined && value !== ""))
		throw badField("division.id", "Name the division by its id.");
	return undefined;
}

/** The names of each list of divisions that was read: it is the same one until a division changes. */
const namesIn = new WeakMap<readonly object[], ReadonlyMap<string, string>>();

/** Divisions' names by id, for views; the same map until a division changes. */
export async function divisionNames(directory: DivisionDirectory): Promise<ReadonlyMap<string, string>> {
	const all = await directory.divisions.list();
	const known = namesIn.get(all);
	if (known) return known;
	const names = new Map([...all.map((one): [string, string] => [one.id, one.name]), [allDivisions, allDivisions]]);
	namesIn.set(all, names);
	return names;
}

/** A division as the platform's views refer to it. */
export function divisionView(id: string, names: ReadonlyMap<string, string>) {
	const selfUri = `/api/v2/authorization/divisions/${id}`;
	return { id, name: names.get(id) ?? id, selfUri };
}

/**
 * Refuses unless the principal may read an object of that division by one of the permissions. What is of all divisions is read
 * by whoever passed the route's guard; who makes or changes it changes it for everybody, so that is `requireInDivision`.
 */
export function requireToRead(principal: Principal, permissions: readonly string[], divisionId: string): void {
	if (divisionId !== allDivisions) requireInDivision(principal, permissions, divisionId);
}
