import type { Authorization } from "../authorization/authorization.ts";
import type { Trx } from "../kernel/database/database.ts";
import type { Kernel } from "../kernel/domain.ts";
import type { Users } from "../users/users.ts";
import { createAccounts } from "./accounts.ts";
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

/** Companies' identity providers: who they are, whom they vouch for, and what comes of it (decision 56). */
export function createSso(kernel: Kernel, deps: { users: Users; authorization: Authorization }) {
	const { users, authorization } = deps;
	const { database, clock, events } = kernel;
	const at = (path: string) => `${kernel.config.publicUrl}/oauth/sso/${path}`;
	const addresses = {
		callback: at("callback"),
		acs: at("acs"),
		signedOut: at("signed-out"),
		metadataOf: ({ id }: { id: string }) => at(`metadata/${id}`),
	};
	const keyOf = createSsoKeys(database.db);
	const store = providerStore(database.db, keyOf);
	const oidc = createOidc({ outgoing: kernel.outgoing, clock, callbackUri: addresses.callback });
	const saml = createSaml({ clock, database, addresses });
	const accounts = createAccounts(kernel, { users, authorization });
	const signIn = createProviderSignIn(kernel, {
		...{ users, authorization, store, keyOf, accounts, oidc, saml },
		trials: createTrials({ accounts, users, authorization }),
		roundTrips: createRoundTrips(clock, keyOf),
		tickets: createSealedTickets(clock, keyOf),
		signedOutUri: addresses.signedOut,
	});
	const providers = createProviders(kernel, { store, users, authorization, changed: oidc.forget });
	authorization.divisions.addCounter("IDENTITYPROVIDER", store.inDivisions);

	return {
		addresses,
		providers,
		signIn,
		oidc,
		saml,
		/** Whether these tokens came of a sign-in by a provider. */
		vouchesFor: async (trx: Trx, familyId: string) => (await identitySessionStore.find(trx, [familyId])) !== undefined,
		/** By what providers know a user. */
		identitiesOf: (userId: string) => identityStore.ofUser(database.db, userId),
		/** A provider knows the user no more; who signs in by it next is found by their address again. */
		async unbind(userId: string, providerId: string, actor: { userId?: string; clientId?: string }): Promise<boolean> {
			return database.change(async (trx) => {
				const had = await identityStore.unbind(trx, userId, providerId);
				if (had) await events.append(trx, [identityRemoved(userId, providerId, actor)]);
				return had;
			});
		},
	};
}

export type Sso = ReturnType<typeof createSso>;
