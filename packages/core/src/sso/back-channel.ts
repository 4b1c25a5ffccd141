import type { Trx } from "../kernel/database/database.ts";
import type { Kernel } from "../kernel/domain.ts";
import { causesOf } from "./causes.ts";
import { assertionStore, identitySessionStore } from "./identities-store.ts";
import { claimedOf, type LogoutToken, LogoutTokenRefused, readLogoutToken } from "./logout-token.ts";
import { type IdentityProvider, type OidcTrust, SsoRefused } from "./model.ts";
import type { Oidc } from "./oidc.ts";
import type { ProviderStore } from "./store.ts";

interface BackChannelParts {
	store: ProviderStore;
	oidc: Oidc;
	/** Ends all that came of one sign-in. @returns what is to be done after the commit */
	endSession(trx: Trx, familyId: string): Promise<() => void>;
}

/**
 * A provider says, by itself, that somebody has signed out there, or was signed out: what came of their sign-in ends here, in every
 * browser (OpenID Connect Back-Channel Logout 1.0). Of a provider that is switched off, too: what came of it goes on.
 */
export function createBackChannel(kernel: Kernel, { store, oidc, endSession }: BackChannelParts) {
	const { database, clock, operators } = kernel;

	async function providerOf(token: string): Promise<IdentityProvider & { trust: OidcTrust }> {
		const { issuer, audiences } = claimedOf(token);
		for (const one of await store.list()) {
			const { trust } = one;
			if (trust.kind === "oidc" && trust.issuer === issuer && audiences.includes(trust.clientId))
				return { ...one, trust };
		}
		throw new LogoutTokenRefused("of no provider, or for another client");
	}

	async function end(provider: IdentityProvider, { id, until, ...whose }: LogoutToken): Promise<void> {
		const { issuer } = provider.trust;
		const ended = await database.change(async (trx) => {
			if (!(await assertionStore.use(trx, provider.id, `logout ${id}`, until, clock.now())))
				throw new LogoutTokenRefused("it was used before");
			const families = await identitySessionStore.familiesAt(trx, provider.id, { issuer, ...whose });
			const afterwards: Array<() => void> = [];
			for (const familyId of families) afterwards.push(await endSession(trx, familyId));
			return afterwards;
		});
		for (const tell of ended) tell();
	}

	/** @throws LogoutTokenRefused, told to operators */
	async function logout(token: string): Promise<void> {
		try {
			const provider = await providerOf(token);
			const keys = await oidc.keysOf(provider.trust).catch((cause: unknown) => {
				if (!(cause instanceof SsoRefused)) throw cause;
				throw new LogoutTokenRefused("its keys could not be read", { isAway: true, cause });
			});
			await end(provider, await readLogoutToken(token, provider.trust, keys, clock.now()));
		} catch (error) {
			if (!(error instanceof LogoutTokenRefused)) throw error;
			const about = { detail: error.message, causes: error.cause === undefined ? [] : causesOf(error.cause) };
			operators.warn({ event: "sso.logout-refused", ...about }, "nobody was signed out by an identity provider's word");
			throw error;
		}
	}

	return { logout };
}
