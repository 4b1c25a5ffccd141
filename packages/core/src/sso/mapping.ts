import type { Gain } from "./identities-store.ts";
import type { Gift, IdentityProvider, Person } from "./model.ts";

/** Whether the provider's groups let this person sign in. */
export function maySignIn({ allowedGroups }: IdentityProvider, { groups }: Person): boolean {
	return allowedGroups.length === 0 || allowedGroups.some((group) => groups?.includes(group));
}

/** What somebody has by the provider's word, each thing once. */
export function gainsOf(gifts: readonly Gift[], { groups = [] }: Pick<Person, "groups">): Gain[] {
	const gains = gifts.filter(({ group }) => group === undefined || groups.includes(group)).map(toGain);
	return gains.filter((gain, at) => gains.findIndex((other) => isSame(other, gain)) === at);
}

export interface Plan {
	/** To be given now. */
	gained: Gain[];
	/** Had by the provider's word alone, which it has taken back. */
	lost: Gain[];
	/** What is noted from now on as had by the provider's word alone. */
	noted: Gain[];
}

/**
 * What changes for somebody who signs in. What they have from elsewhere they keep, and it is not taken over: it stays when the
 * provider changes its mind.
 * @param noted what they have had by the provider until now
 * @param held what they have, from wherever
 */
export function planOf(wanted: readonly Gain[], noted: readonly Gain[], held: readonly Gain[]): Plan {
	const has = (list: readonly Gain[], one: Gain) => list.some((other) => isSame(other, one));
	const gained = wanted.filter((one) => !has(held, one));
	const lost = noted.filter((one) => !has(wanted, one));
	return {
		gained,
		lost: lost.filter((one) => has(held, one)),
		noted: [...noted.filter((one) => has(wanted, one) && has(held, one)), ...gained],
	};
}

/** Whether nothing is to be written. */
export function changesNothing({ gained, lost, noted }: Plan, before: readonly Gain[]): boolean {
	return gained.length === 0 && lost.length === 0 && noted.length === before.length;
}

function toGain({ groupId = "", roleId = "", divisionId = "" }: Gift): Gain {
	return { groupId, roleId, divisionId: roleId === "" ? "" : divisionId };
}

function isSame(a: Gain, b: Gain): boolean {
	return a.groupId === b.groupId && a.roleId === b.roleId && a.divisionId === b.divisionId;
}
