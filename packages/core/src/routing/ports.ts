import { badField } from "../kernel/api-error.ts";

/** What routing asks of the users domain. */
export interface People {
	/** Those of the ids that are users. */
	find(userIds: string[]): Promise<Array<{ id: string; name: string }>>;
}

/** What routing asks of the authorization domain. */
export interface DivisionDirectory {
	homeDivisionId(): Promise<string>;
	divisions: { list(): Promise<Array<{ id: string; name: string }>> };
}

/** Stands for every division in an object's division. */
export const allDivisions = "*";

/**
 * The division that an object is to be in: the one sent, else the home division.
 * @throws ApiError 400 `invalid.value` for an unknown division
 */
export async function chosenDivision(
	directory: DivisionDirectory,
	sent: { id?: string } | null | undefined,
): Promise<string> {
	if (!sent?.id) return directory.homeDivisionId();
	if (sent.id === allDivisions) return allDivisions;
	const known = await directory.divisions.list();
	if (known.some((division) => division.id === sent.id)) return sent.id;
	throw badField("division.id", `No division has the id ${sent.id}.`);
}

/** Divisions' names by id, for views. */
export async function divisionNames(directory: DivisionDirectory): Promise<ReadonlyMap<string, string>> {
	const all = await directory.divisions.list();
	return new Map([...all.map((one): [string, string] => [one.id, one.name]), [allDivisions, allDivisions]]);
}
