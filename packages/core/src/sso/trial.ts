import type { Authorization } from "../authorization/authorization.ts";
import { everyDivision } from "../authorization/model.ts";
import type { ProviderTrial } from "../oauth/sign-in-providers.ts";
import type { Users } from "../users/users.ts";
import type { Accounts } from "./accounts.ts";
import type { Gain } from "./identities-store.ts";
import { gainsOf } from "./mapping.ts";
import { type IdentityProvider, type Person, SsoRefused } from "./model.ts";

/** What an administrator is shown who tries a provider: what has come, and what would come of it. Nothing is written. */
export function createTrials(deps: { accounts: Accounts; users: Users; authorization: Authorization }) {
	const { accounts, users, authorization } = deps;

	async function tell(provider: IdentityProvider, person: Person): Promise<ProviderTrial> {
		const shown = { kind: "trial" as const, provider, claims: person.claims };
		const gains = await Promise.all(gainsOf(provider.gifts, person).map(nameOf));
		try {
			const { user } = await accounts.find(provider, person);
			const account = user && { account: { name: user.name, email: user.email } };
			return { ...shown, gains, ...account, isNew: user === undefined };
		} catch (error) {
			if (!(error instanceof SsoRefused)) throw error;
			const { reason, detail } = error;
			return { ...shown, gains, isNew: false, refusal: reason, ...(detail ? { detail } : {}) };
		}
	}

	async function nameOf({ groupId, roleId, divisionId }: Gain): Promise<string> {
		if (groupId !== "") return (await users.groups.find(groupId))?.name ?? groupId;
		const [roles, divisions] = await Promise.all([authorization.roles.list(), authorization.divisions.list()]);
		const role = roles.find(({ id }) => id === roleId)?.name ?? roleId;
		const division = divisions.find(({ id }) => id === divisionId)?.name ?? divisionId;
		return `${role} (${divisionId === everyDivision ? everyDivision : division})`;
	}

	return { tell };
}
