import { createAuthorization } from "./authorization/authorization.ts";
import type { Trx } from "./kernel/database/database.ts";
import type { Kernel } from "./kernel/domain.ts";
import type { Actor } from "./kernel/events/event-log.ts";
import { holds } from "./kernel/principal.ts";
import { createStillMay } from "./kernel/still-may.ts";
import { TokenEnds } from "./kernel/tokens/token-ends.ts";
import { createOAuth } from "./oauth/oauth.ts";
import { createSso } from "./sso/sso.ts";
import { createUsers } from "./users/users.ts";

/** Who there is, how they sign in, and what each may. */
export function createPeople(kernel: Kernel) {
	const authorization = createAuthorization(kernel);
	const users = createUsers(kernel, { authorization });
	const oauth = createOAuth(kernel, { users, authorization });
	const sso = createSso(kernel, {
		...{ users, authorization },
		endSession: (trx, familyId) => oauth.tokens.revokeIn(trx, { familyId }, undefined, "SIGNED_OUT"),
	});
	oauth.useProviders(sso.vouchesFor);
	const tokenEnds = new TokenEnds(kernel, { goodUntil: (hash) => oauth.sessions.signInGoodUntil(hash) });
	/** What a user holds now, for what lasts longer than a request. */
	async function holderOf(userId: string) {
		const grants = await authorization.grantsOf(userId);
		return (permission: string, divisionId?: string) => holds({ grants }, permission, divisionId);
	}
	/** Whether an account is in use still: the user's, or the client's where there is no user. */
	async function isActive(trx: Trx, { userId, clientId = "" }: Actor): Promise<boolean> {
		if (userId === undefined) return (await oauth.clients.find(clientId, trx))?.state === "active";
		return (await users.whichActive(trx, [userId])).has(userId);
	}
	const stillMay = createStillMay({ isActive, divisionsOfAll: authorization.holdings.divisionsOfAll });
	return { isActive, stillMay, authorization, users, oauth, sso, tokenEnds, holderOf };
}

export type People = ReturnType<typeof createPeople>;
