import { randomUUID } from "node:crypto";
import type { Trx } from "../kernel/database.ts";
import type { Kernel } from "../kernel/domain.ts";
import type { Actor } from "../kernel/event-log.ts";
import { tokenIssued, tokenRevoked } from "./events.ts";
import type { OAuthClient, StoredToken } from "./model.ts";
import { hashSecret, newSecret, verifierMatches } from "./secrets.ts";
import { postgresTokenStore, type TokenSelection } from "./store.ts";

/** A code that nobody redeems within this time is worth nothing. */
const codeLifetimeMs = 60_000;
/** How long a client may stay away before its user has to sign in again. */
const refreshLifetimeMs = 30 * 24 * 3_600_000;
/** Redeemed codes are kept this long behind their expiry: a replay must still be recognised. */
const keepEndedMs = 24 * 3_600_000;
const pruneEveryMs = 3_600_000;

/** What a client gets; `refreshToken` only by the code grant with a secret (platform-api 2.1). */
export interface IssuedToken {
	accessToken: string;
	tokenHash: string;
	/** Seconds. */
	expiresIn: number;
	refreshToken?: string;
}

/** A refusal of the token endpoint (RFC 6749, 5.2). */
export interface Refusal {
	error: "invalid_request" | "invalid_client" | "invalid_grant" | "unauthorized_client" | "unsupported_grant_type";
	text: string;
}

export type Redemption = { issued: IssuedToken } | { refusal: Refusal };

export interface CodeRedemption {
	client: OAuthClient;
	/** Whether the client has proven its secret. */
	authenticated: boolean;
	code: string;
	redirectUri: string | undefined;
	verifier: string | undefined;
	ipAddress?: string;
}

/** Issues, redeems and ends codes and tokens. */
export function createTokens(kernel: Kernel, deps: { revoked: (tokens: readonly StoredToken[]) => void }) {
	const { database, events, clock, jobs } = kernel;
	const store = postgresTokenStore;

	/** An access token for a client, or for a user of it. */
	function issue(client: OAuthClient, userId: string | null, ipAddress?: string): Promise<IssuedToken> {
		return database.change((trx) => issueIn(trx, client, { userId, familyId: randomUUID() }, ipAddress));
	}

	async function issueIn(
		trx: Trx,
		client: OAuthClient,
		owner: { userId: string | null; familyId: string },
		ipAddress?: string,
	): Promise<IssuedToken> {
		const accessToken = newSecret();
		const createdAt = clock.now();
		const expiresIn = client.accessTokenValiditySeconds;
		const token: StoredToken = {
			hash: hashSecret(accessToken),
			clientId: client.id,
			userId: owner.userId,
			familyId: owner.familyId,
			createdAt,
			expiresAt: after(createdAt, expiresIn * 1000),
			lastUsedAt: createdAt,
		};
		await store.addToken(trx, token);
		await events.append(trx, [tokenIssued(token, ipAddress)]);
		return { accessToken, tokenHash: token.hash, expiresIn };
	}

	async function issueRefreshToken(trx: Trx, client: OAuthClient, owner: { userId: string; familyId: string }) {
		const refreshToken = newSecret();
		await store.addRefreshToken(trx, {
			hash: hashSecret(refreshToken),
			clientId: client.id,
			userId: owner.userId,
			familyId: owner.familyId,
			expiresAt: after(clock.now(), refreshLifetimeMs),
			usedAt: null,
		});
		return refreshToken;
	}

	/** A code for the signed-in user, to be redeemed once. */
	async function issueCode(wanted: {
		client: OAuthClient;
		userId: string;
		redirectUri: string;
		challenge: string | null;
	}): Promise<string> {
		const code = newSecret();
		await database.change((trx) =>
			store.addCode(trx, {
				hash: hashSecret(code),
				clientId: wanted.client.id,
				userId: wanted.userId,
				redirectUri: wanted.redirectUri,
				challenge: wanted.challenge,
				familyId: randomUUID(),
				expiresAt: after(clock.now(), codeLifetimeMs),
				redeemedAt: null,
			}),
		);
		return code;
	}

	/**
	 * Redeems a code. It is used up by its client's first attempt, right or wrong; when it comes a second time, the
	 * tokens that it brought are ended, as somebody else may hold them (RFC 6749, 4.1.2).
	 */
	async function redeemCode(wanted: CodeRedemption): Promise<Redemption> {
		const revoked: StoredToken[] = [];
		// Refusals are returned, not thrown: a rollback would make the code good again.
		const result = await database.change(async (trx): Promise<Redemption> => {
			const code = await store.lockCode(trx, hashSecret(wanted.code));
			if (!code || code.clientId !== wanted.client.id) return invalidGrant("The authorization code is not known.");
			if (code.redeemedAt) {
				revoked.push(...(await removeIn(trx, { familyId: code.familyId })));
				return invalidGrant("The authorization code has been used already.");
			}
			await store.redeemed(trx, code.hash, clock.now());
			if (code.expiresAt <= clock.now()) return invalidGrant("The authorization code has expired.");
			if (code.redirectUri !== wanted.redirectUri) {
				return invalidGrant("redirect_uri is not the one that the code was issued for.");
			}
			if (!isProven(wanted, code.challenge)) return invalidGrant("code_verifier does not belong to this code.");
			const issued = await issueIn(trx, wanted.client, code, wanted.ipAddress);
			if (!wanted.authenticated) return { issued };
			return { issued: { ...issued, refreshToken: await issueRefreshToken(trx, wanted.client, code) } };
		});
		deps.revoked(revoked);
		return result;
	}

	/** Each refresh token works once and brings the next; a used one ends all that came of it. */
	async function refresh(client: OAuthClient, refreshToken: string, ipAddress?: string): Promise<Redemption> {
		const revoked: StoredToken[] = [];
		const result = await database.change(async (trx): Promise<Redemption> => {
			const token = await store.lockRefreshToken(trx, hashSecret(refreshToken));
			if (!token || token.clientId !== client.id) return invalidGrant("The refresh token is not known.");
			if (token.usedAt) {
				revoked.push(...(await removeIn(trx, { familyId: token.familyId })));
				return invalidGrant("The refresh token has been used already.");
			}
			if (token.expiresAt <= clock.now()) return invalidGrant("The refresh token has expired.");
			await store.refreshed(trx, token.hash, clock.now());
			const issued = await issueIn(trx, client, token, ipAddress);
			return { issued: { ...issued, refreshToken: await issueRefreshToken(trx, client, token) } };
		});
		deps.revoked(revoked);
		return result;
	}

	/** Ends tokens and announces each. @returns how many access tokens there were */
	async function revoke(which: TokenSelection, actor?: Actor): Promise<number> {
		const removed = await database.change((trx) => removeIn(trx, which, actor));
		deps.revoked(removed);
		return removed.length;
	}

	async function removeIn(trx: Trx, which: TokenSelection, actor?: Actor): Promise<StoredToken[]> {
		const removed = await store.removeTokens(trx, which);
		const family = "hash" in which ? removed[0]?.familyId : undefined;
		// Ending one token ends the refresh token beside it too; else its client would simply fetch another.
		if (family) removed.push(...(await store.removeTokens(trx, { familyId: family })));
		await events.append(
			trx,
			removed.map((token) => tokenRevoked(token, actor)),
		);
		return removed;
	}

	async function prune(trx: Trx): Promise<void> {
		await store.prune(trx, after(clock.now(), -keepEndedMs));
		await schedulePrune(trx);
	}

	function schedulePrune(trx: Trx): Promise<void> {
		return jobs.schedule(trx, { kind: pruneJob, key: "all", runAt: after(clock.now(), pruneEveryMs) });
	}

	jobs.handle(pruneJob, prune);

	return {
		issue,
		issueCode,
		redeemCode,
		refresh,
		revoke,
		start: () => database.change(schedulePrune),
	};
}

export type Tokens = ReturnType<typeof createTokens>;

const pruneJob = "oauth.prune";

/** With a challenge the verifier decides, whoever sends it; without one the client must have proven its secret. */
function isProven(wanted: CodeRedemption, challenge: string | null): boolean {
	if (challenge === null) return wanted.authenticated && wanted.verifier === undefined;
	return wanted.verifier !== undefined && verifierMatches(wanted.verifier, challenge);
}

function invalidGrant(text: string): { refusal: Refusal } {
	return { refusal: { error: "invalid_grant", text } };
}

function after(at: Date, ms: number): Date {
	return new Date(at.getTime() + ms);
}
