import { missingRequiredRows } from "@inlay/contract";
import { licensedForPanel } from "@inlay/contract/licenses";
import { type Api, ApiError } from "../../session/api.ts";
import { inDivision, needs } from "../../session/needs.ts";
import type { Self } from "../../session/self.ts";
import type { User } from "../../session/wire.ts";

/** Somebody in the list of people. */
export interface ListedPerson extends User {
	/** Ids; absent where one may not see them. */
	licenses?: readonly string[];
}

/** Adds what they are licensed for, as far as one may see it. */
export async function withLicenses(api: Api, self: Self, people: readonly User[]): Promise<ListedPerson[]> {
	const rights = self.rights.peek();
	const seen = people.filter(({ division }) => rights.may(inDivision(needs.viewLicenses, division?.id)));
	if (seen.length === 0) return [...people];
	const ids = seen.map(({ id }) => id);
	const held = await api
		.request<Record<string, Array<{ id: string }>>>("POST", "/api/v2/license/users", ids)
		.catch((error: unknown) => {
			// One of them was deleted, or moved to another division, since they were found: the list is no worse for it.
			if (error instanceof ApiError && (error.status === 400 || error.status === 403)) return undefined;
			throw error;
		});
	return people.map((person) => {
		const theirs = held?.[person.id];
		return theirs ? { ...person, licenses: theirs.map(({ id }) => id) } : person;
	});
}

/** By what Health and the explorer go by, deployments aside. Of whom not all of it is known it is not said. */
export function mayUsePanel({ state, authorization, licenses = [] }: ListedPerson): boolean {
	const { permissions = [] } = authorization ?? {};
	return state === "active" && licensedForPanel(licenses) && missingRequiredRows(permissions).length === 0;
}
