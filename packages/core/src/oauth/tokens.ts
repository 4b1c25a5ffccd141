import { randomUUID } from "node:crypto";
import type { Trx } from "../kernel/database/database.ts";
import type { Kernel } from "../kernel/domain.ts";
import type { Actor } from "../kernel/events/event-log.ts";
import { tokenIssued, tokenRevoked } from "./events.ts";
import type { OAuthClient, StoredCode, StoredRefreshToken, StoredToken, TokenEnd } from "./model.ts";
import {
	type CodeRedemption,
	expired,
	type IssuedToken,
	idle,
	invalidGrant,
	type Over,
	type Redemption,
	type Renewal,
	unproven,
	withoutFactor,
} from "./redemption.ts";
import { hashSecret, newSecret, verifierMatches } from "./secrets.ts";
import { postgresTokenStore, type TokenSelection } from "./store.ts";

/** A code that nobody redeems within this time is worth nothing. */
const codeLifetimeMs = 60_000;
/** How long a client may stay away before its user has to sign in again; the session's own end may come sooner. */
const refreshLifetimeMs = 30 * 24 * 3_600_000;
/** By how much other processes may know a later use of a token than the database does, ms; see sessions.ts. */
const unwrittenUseMs = 60_000;
/** Idle sessions that are ended in one change. */
const endedAtOnce = 200;
/** Redeemed codes are kept this long behind their expiry: a replay must still be recognised. */
const keepEndedMs = 24 * 3_600_000;
const pruneEveryMs = 3_600_000;
/**
 * A program in a browser may send its refresh token again when the answer was lost, or from a tab that was duplicated; ms.
 * Within this time it gets an answer again; later, somebody else has the token.
 */
const repeatMs = 60_000;

/** What a code is to be good for. */
export interface WantedCode {
	client: OAuthClient;
	userId: string;
	redirectUri: string;
	/** S256 challenge, where the client sent one. */
	challenge: string | null;
	/** Of the sign-in that it came of; absent: a new one, just now. */
	familyId?: string;
	signedInAt?: Date;
}

/** How long sessions last, as the organization says. */
export interface SessionRules {
	/** ms after which an unused session ends. */
	idleMs?: number;
	/** ms from the sign-in to the session's end. */
	limitMs: number;
}

export interface TokensDeps {
	/** Told after the commit. */
	revoked: (tokens: readonly StoredToken[]) => void;
	/** @param trx the transaction in which it is asked, if any */
	rules: (trx?: Trx) => Promise<SessionRules>;
	/** Whether the user is in a call, which is use of the session. Not to be asked inside a change. */
	isInCall: (userId: string) => Promise<boolean>;
	/** Writes the times at which this process has seen tokens used. */
	flushUses: () => Promise<void>;
	/** Whether the organization asks the user for a second factor that they have not. */
	lacksFactor: (trx: Trx, session: Pick<StoredRefreshToken, "userId" | "familyId">) => Promise<boolean>;
}

/** Whose a token is, and since when. */
export interface Owner {
	userId: string | null;
	familyId: string;
	signedInAt: Date;
	/** When the session was used last, where it goes on; a renewal alone is no use of it. */
	lastUsedAt?: Date;
	/** The token that was exchanged for it: it ends no later. */
	subject?: StoredToken;
}

/** What goes on without its user signing in again. */
type Going = Pick<StoredRefreshToken, "userId" | "familyId" | "signedInAt" | "expiresAt">;

/** Issues, redeems and ends codes and tokens. */
export function createTokens(kernel: Kernel, deps: TokensDeps) {
	const { database, events, clock, jobs } = kernel;
	const store = postgresTokenStore;

	/** An access token for a client, or for a user of it. */
	function issue(client: OAuthClient, userId: string | null, ipAddress?: string): Promise<IssuedToken> {
		const owner = { userId, familyId: randomUUID(), signedInAt: clock.now() };
		return database.change((trx) => issueIn(trx, client, owner, ipAddress));
	}

	/** As {@link issue}, as part of a change, and of what there is of that owner already. */
	async function issueIn(trx: Trx, client: OAuthClient, owner: Owner, ipAddress?: string): Promise<IssuedToken> {
		const accessToken = newSecret();
		const createdAt = clock.now();
		const wantedMs = owner.subject
			? owner.subject.expiresAt.getTime() - createdAt.getTime()
			: client.accessTokenValiditySeconds * 1000;
		const expiresIn = Math.floor((await lifetimeMs(trx, owner, wantedMs)) / 1000);
		const token: StoredToken = {
			hash: hashSecret(accessToken),
			clientId: client.id,
			userId: owner.userId,
			familyId: owner.familyId,
			createdAt,
			expiresAt: after(createdAt, expiresIn * 1000),
			lastUsedAt: owner.lastUsedAt ?? createdAt,
			subjectClientId: owner.subject?.clientId ?? null,
		};
		await store.addToken(trx, token);
		await events.append(trx, [tokenIssued(token, ipAddress)]);
		return { accessToken, tokenHash: token.hash, expiresIn };
	}

	/** How long a session that begins at the owner's sign-in still has, ms. */
	async function sessionLifeMs(trx: Trx, owner: Owner): Promise<number> {
		return lifetimeMs(trx, owner, refreshLifetimeMs);
	}

	/** No token of a user outlives the session, however it was come by. */
	async function lifetimeMs(trx: Trx, { userId, signedInAt }: Owner, wantedMs: number): Promise<number> {
		if (userId === null) return wantedMs;
		const { limitMs } = await deps.rules(trx);
		return Math.min(wantedMs, signedInAt.getTime() + limitMs - clock.now().getTime());
	}

	async function issueRefreshToken(
		trx: Trx,
		client: OAuthClient,
		owner: Owner & { userId: string; isPublic: boolean },
	) {
		const refreshToken = newSecret();
		const createdAt = clock.now();
		await store.addRefreshToken(trx, {
			hash: hashSecret(refreshToken),
			clientId: client.id,
			userId: owner.userId,
			familyId: owner.familyId,
			createdAt,
			signedInAt: owner.signedInAt,
			expiresAt: after(createdAt, await lifetimeMs(trx, owner, refreshLifetimeMs)),
			usedAt: null,
			isPublic: owner.isPublic,
		});
		return refreshToken;
	}

	/** A code for the signed-in user, to be redeemed once. */
	async function issueCode(trx: Trx, wanted: WantedCode): Promise<string> {
		const code = newSecret();
		await store.addCode(trx, {
			hash: hashSecret(code),
			clientId: wanted.client.id,
			userId: wanted.userId,
			redirectUri: wanted.redirectUri,
			challenge: wanted.challenge,
			familyId: wanted.familyId ?? randomUUID(),
			expiresAt: after(clock.now(), codeLifetimeMs),
			redeemedAt: null,
			signedInAt: wanted.signedInAt ?? null,
		});
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
			const hash = hashSecret(wanted.code);
			const known = await store.code(trx, hash);
			if (known) await store.holdSession(trx, known);
			const code = known && (await store.lockCode(trx, hash));
			if (!code || code.clientId !== wanted.client.id)
				return invalidGrant("The authorization code is not known.", "unknown-authorization-code");
			if (code.redeemedAt) {
				revoked.push(...(await removeIn(trx, { familyId: code.familyId }, undefined, "REUSED")));
				return invalidGrant("The authorization code has been used already.", "used-authorization-code", code.userId);
			}
			await store.redeemed(trx, code.hash, clock.now());
			if (code.expiresAt <= clock.now()) {
				return invalidGrant("The authorization code has expired.", "expired-authorization-code", code.userId);
			}
			if (code.redirectUri !== wanted.redirectUri) {
				const text = "redirect_uri is not the one that the code was issued for.";
				return invalidGrant(text, "other-redirect", code.userId);
			}
			if (!isProven(wanted, code.challenge)) {
				return invalidGrant("code_verifier does not belong to this code.", "wrong-verifier", code.userId);
			}
			const isPublic = !wanted.authenticated;
			const owner = { ...(await ownerOf(trx, code)), isPublic };
			const issued = await issueIn(trx, wanted.client, owner, wanted.ipAddress);
			if (isPublic && wanted.client.grantType !== "CODE") return { issued };
			return { issued: { ...issued, refreshToken: await issueRefreshToken(trx, wanted.client, owner) } };
		});
		deps.revoked(revoked);
		return result;
	}

	/** A code that a session brought without a word goes on with that sign-in, and is no use of it. */
	async function ownerOf(trx: Trx, { userId, familyId, signedInAt }: StoredCode): Promise<Owner & { userId: string }> {
		if (signedInAt === null) return { userId, familyId, signedInAt: clock.now() };
		return { userId, familyId, signedInAt, lastUsedAt: (await store.familyUsedAt(trx, familyId)) ?? signedInAt };
	}

	/** Each refresh token works once and brings the next; a used one ends all that came of it. */
	async function refresh(wanted: Renewal): Promise<Redemption> {
		const { client, refreshToken, ipAddress } = wanted;
		const seen = await store.refreshToken(database.db, hashSecret(refreshToken));
		const isInCall = seen !== undefined && (await deps.isInCall(seen.userId));
		await deps.flushUses();
		const revoked: StoredToken[] = [];
		const result = await database.change(async (trx): Promise<Redemption> => {
			const hash = hashSecret(refreshToken);
			const known = await store.refreshToken(trx, hash);
			if (known) await store.holdSession(trx, known);
			const token = known && (await store.lockRefreshToken(trx, hash));
			if (!token || token.clientId !== client.id)
				return invalidGrant("The refresh token is not known.", "unknown-refresh-token");
			if (!wanted.authenticated && !token.isPublic) return { refusal: unproven };
			if (token.usedAt && !isRepeated(token)) {
				revoked.push(...(await removeIn(trx, { familyId: token.familyId }, undefined, "REUSED")));
				return invalidGrant("The refresh token has been used already.", "used-refresh-token", token.userId);
			}
			const lastUsedAt = isInCall ? clock.now() : await lastUseOf(trx, token);
			const over = await whyOver(trx, token, lastUsedAt);
			if (over) {
				if (over.end) revoked.push(...(await removeIn(trx, { familyId: token.familyId }, undefined, over.end)));
				return invalidGrant(over.text, over.reason, token.userId);
			}
			if (!token.usedAt) await store.refreshed(trx, token.hash, clock.now());
			const issued = await issueIn(trx, client, { ...token, lastUsedAt }, ipAddress);
			return { issued: { ...issued, refreshToken: await issueRefreshToken(trx, client, token) } };
		});
		deps.revoked(revoked);
		return result;
	}

	/** The answer was lost on its way to a browser, or a tab was duplicated. */
	function isRepeated({ isPublic, usedAt }: StoredRefreshToken): boolean {
		return isPublic && usedAt !== null && clock.now() < after(usedAt, repeatMs);
	}

	async function lastUseOf(trx: Trx, { familyId, createdAt }: StoredRefreshToken): Promise<Date> {
		return (await store.familyUsedAt(trx, familyId)) ?? createdAt;
	}

	/**
	 * Why nothing more comes of a refresh token or a sign-in session, if so: the session was not used for too long, it is over by the limit that
	 * holds now, which may be lower than when the token was made, or the organization asks for more than its user has proven.
	 */
	async function whyOver(trx: Trx, token: Going, lastUsedAt: Date): Promise<Over | undefined> {
		const now = clock.now();
		const { idleMs, limitMs } = await deps.rules(trx);
		if (token.expiresAt <= now || after(token.signedInAt, limitMs) <= now) return expired;
		if (idleMs !== undefined && after(lastUsedAt, idleMs) <= now) return idle;
		return (await deps.lacksFactor(trx, token)) ? withoutFactor : undefined;
	}

	/** Ends tokens and announces each. @returns how many access tokens there were */
	async function revoke(which: TokenSelection, actor?: Actor, reason?: TokenEnd): Promise<number> {
		const removed = await database.change((trx) => removeIn(trx, which, actor, reason));
		deps.revoked(removed);
		return removed.length;
	}

	/** As {@link revoke}, as part of a change. @returns what is to be done after the commit */
	async function revokeIn(trx: Trx, which: TokenSelection, actor?: Actor, reason?: TokenEnd): Promise<() => void> {
		const removed = await removeIn(trx, which, actor, reason);
		return () => deps.revoked(removed);
	}

	/**
	 * Ends sessions that nobody has used for too long, so that what they hold open closes too. A minute later than the
	 * guard refuses them: other processes write the times of last use with a delay.
	 */
	async function endIdle(): Promise<void> {
		const { idleMs } = await deps.rules();
		if (idleMs === undefined) return;
		const before = after(clock.now(), -(idleMs + unwrittenUseMs));
		let families = await idleFamilies(before);
		while (families.length > 0) {
			const removed = await database.change(async (trx) => {
				const all: StoredToken[] = [];
				for (const familyId of families) all.push(...(await removeIn(trx, { familyId }, undefined, "IDLE")));
				return all;
			});
			deps.revoked(removed);
			families = removed.length > 0 ? await idleFamilies(before) : [];
		}
	}

	/** Who talks to a customer is not idle, however long nothing is clicked. */
	async function idleFamilies(before: Date): Promise<string[]> {
		const found = await store.idleFamilies(database.db, before, endedAtOnce);
		const inCall = await Promise.all(found.map(({ userId }) => deps.isInCall(userId)));
		return found.flatMap(({ familyId }, index) => (inCall[index] ? [] : [familyId]));
	}

	async function removeIn(trx: Trx, which: TokenSelection, actor?: Actor, reason?: TokenEnd): Promise<StoredToken[]> {
		const removed = await store.removeTokens(trx, which);
		await events.append(
			trx,
			removed.map((token) => tokenRevoked(token, actor, reason)),
		);
		return removed;
	}

	/** Ends the session of one token, refresh token and all; else its client would simply fetch another. */
	async function signOut(hash: string, actor?: Actor): Promise<void> {
		const token = await store.token(database.db, hash);
		if (token) await revoke({ familyId: token.familyId }, actor, "SIGNED_OUT");
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
		issueIn,
		issueCode,
		sessionLifeMs,
		whyOver,
		flushUses: deps.flushUses,
		redeemCode,
		refresh,
		revoke,
		revokeIn,
		signOut,
		endIdle,
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

function after(at: Date, ms: number): Date {
	return new Date(at.getTime() + ms);
}
