import type { Authorization } from "../authorization/authorization.ts";
import type { Trx } from "../kernel/database/database.ts";
import type { Kernel } from "../kernel/domain.ts";
import { actorOf, type Principal } from "../kernel/principal.ts";
import type { User } from "../users/model.ts";
import type { Users } from "../users/users.ts";
import { createAccounts } from "./accounts.ts";
import { createBackChannel } from "./back-channel.ts";
import { identityRemoved } from "./events.ts";
import { identitySessionStore, identityStore } from "./identities-store.ts";
import { createSsoKeys } from "./keys.ts";
import { createOidc } from "./oidc.ts";
import { createProviders } from "./providers.ts";
import { createRoundTrips } from "./round-trip.ts";
import { createSaml } from "./saml.ts";
import { createProviderSignIn } from "./sign-in.ts";
import { providerStore } from "./store.ts";
import { createSealedTickets } from "./tickets.ts";
import { createTrials } from "./trial.ts";

/** Of these one is held in the division of a user by who says how they are known (as for their address and password). */
const renaming = ["directory:user:edit", "directory:user:setPassword", "directory:organization:admin"];

/** Companies' identity providers: who they are, whom they vouch for, and what comes of it (decision 56). */
export function createSso(
	kernel: Kernel,
	deps: {
		users: Users;
		authorization: Authorization;
		/** Ends all that came of one sign-in. @returns what is to be done after the commit */
		endSession(trx: Trx, familyId: string): Promise<() => void>;
	},
) {
	const { users, authorization } = deps;
	const { database, clock, events } = kernel;
	const at = (path: string) => `${kernel.config.publicUrl}/oauth/sso/${path}`;
	const addresses = {
		callback: at("callback"),
		acs: at("acs"),
		signedOut: at("signed-out"),
		backChannelLogout: at("backchannel-logout"),
		metadataOf: ({ id }: { id: string }) => at(`metadata/${id}`),
	};
	const keyOf = createSsoKeys(database.db);
	const store = providerStore(database.db, keyOf);
	const oidc = createOidc({ outgoing: kernel.outgoing, clock, callbackUri: addresses.callback });
	const saml = createSaml({ clock, database, addresses });
	const accounts = createAccounts(kernel, { users, authorization });
	const tickets = createSealedTickets(clock, keyOf);
	const signIn = createProviderSignIn(kernel, {
		...{ users, authorization, store, keyOf, accounts, oidc, saml, tickets },
		trials: createTrials({ accounts, users, authorization }),
		roundTrips: createRoundTrips(clock, tickets),
		signedOutUri: addresses.signedOut,
	});
	const providers = createProviders(kernel, { store, users, authorization, changed: oidc.forget });
	users.onEnded(async (trx, userId) => {
		const [user] = await users.find([userId], trx);
		if (user?.state === "deleted") await identityStore.forgetUser(trx, userId);
		return () => {};
	});
	authorization.roles.addHolders(store.divisionsOfRole);
	authorization.divisions.addCounter("IDENTITYPROVIDER", store.inDivisions);

	return {
		addresses,
		providers,
		signIn,
		backChannel: createBackChannel(kernel, { store, oidc, endSession: deps.endSession }),
		oidc,
		saml,
		/** Whether these tokens came of a sign-in by a provider. */
		vouchesFor: async (trx: Trx, familyId: string) => (await identitySessionStore.find(trx, [familyId])) !== undefined,
		/** By what providers know a user. */
		identitiesOf: (userId: string) => identityStore.ofUser(database.db, userId),
		/**
		 * A provider knows the user no more; who signs in by it next is found by their address again, and so can be somebody
		 * else: whoever brings that about holds all that the user holds, as who gives them another password or address.
		 * @returns whether it knew them
		 * @throws ApiError 403 `missing.division.permission`
		 */
		async unbind(user: User, providerId: string, by: Principal): Promise<boolean> {
			return authorization.changeRights(by, async (trx) => {
				const judge = await authorization.judge(trx, by);
				judge.holdsIn(renaming, [user.divisionId]);
				await judge.mayHandOver(user.id);
				const had = await identityStore.unbind(trx, user.id, providerId);
				if (had) await events.append(trx, [identityRemoved(user.id, providerId, actorOf(by))]);
				return had;
			});
		},
	};
}

export type Sso = ReturnType<typeof createSso>;
