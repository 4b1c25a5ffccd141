import type { Trx } from "../kernel/database/database.ts";
import type { Kernel } from "../kernel/domain.ts";
import type { OAuthClient, StoredSignInSession } from "./model.ts";
import type { IssuedToken, Over } from "./redemption.ts";
import { hashSecret, newSecret } from "./secrets.ts";
import { postgresSignInSessions } from "./sign-in-session-store.ts";
import { postgresTokenStore } from "./store.ts";
import type { Owner, Tokens } from "./tokens.ts";

/** A sign-in by hand that has just succeeded. */
export interface Beginning {
	client: OAuthClient;
	redirectUri: string;
	owner: Owner & { userId: string };
	/** The cookie that the browser has sent, whoever it was given to. */
	before: string | undefined;
}

/** Somebody wants to go on without being asked. */
export interface Continuation {
	/** The session's cookie. */
	secret: string | undefined;
	client: OAuthClient;
	/** Whether what comes of it may be sent to where the sign-in by hand led. */
	isOf: (session: StoredSignInSession) => boolean;
	/** Who is expected: nobody goes on as somebody else. */
	userId?: string;
}

/** Why nobody goes on; `none`: there is no session that this browser could go on with. */
export type NotContinued = "none" | Over;

/**
 * Sign-in sessions: a browser in which somebody has signed in to a client by hand may have further tokens for that client,
 * sent to the same address, without a word, until the sign-in ends. It is of the family of the tokens that came of it: what
 * ends them (signing out, a new password, deactivation, ending others' sessions, the client's end) ends it.
 */
export function createSignInSessions(
	kernel: Kernel,
	deps: { tokens: Tokens; isInCall(userId: string): Promise<boolean> },
) {
	const { tokens } = deps;
	const { database, clock } = kernel;
	const store = postgresSignInSessions;

	/**
	 * As part of a change. The browser gets a new secret each time, so that a cookie that was planted is worth nothing; what
	 * the same person has in it goes along, what anybody else had ends. @returns the cookie's secret
	 */
	async function begin(trx: Trx, { client, redirectUri, owner, before }: Beginning): Promise<string> {
		const secret = newSecret();
		const hash = hashSecret(secret);
		const { userId, familyId, signedInAt } = owner;
		if (before !== undefined) await store.move(trx, { from: hashSecret(before), to: hash, userId, except: client.id });
		const expiresAt = new Date(clock.now().getTime() + (await tokens.sessionLifeMs(trx, owner)));
		await store.add(trx, { hash, clientId: client.id, userId, redirectUri, familyId, signedInAt, expiresAt });
		return secret;
	}

	/**
	 * Gives whoever still has a session what `give` makes for them. Whoever ends the session at the same moment waits, or is
	 * seen here.
	 */
	async function goOn<Given>(
		wanted: Continuation,
		give: (trx: Trx, owner: Owner & { userId: string }) => Promise<Given>,
	): Promise<{ given: Given } | { not: NotContinued }> {
		const { secret, client } = wanted;
		const hash = secret === undefined ? undefined : hashSecret(secret);
		const seen = hash === undefined ? undefined : await store.find(database.db, hash, client.id);
		if (hash === undefined || !seen || !fits(wanted, seen)) return { not: "none" };
		const isInCall = await deps.isInCall(seen.userId);
		await tokens.flushUses();
		const ended: Array<() => void> = [];
		const result = await database.change(async (trx): Promise<{ given: Given } | { not: NotContinued }> => {
			await postgresTokenStore.holdSession(trx, seen);
			const session = await store.find(trx, hash, client.id);
			if (!session || session.familyId !== seen.familyId || !fits(wanted, session)) return { not: "none" };
			const used = await postgresTokenStore.familyUsedAt(trx, session.familyId);
			const lastUsedAt = isInCall ? clock.now() : (used ?? session.signedInAt);
			const over = await tokens.whyOver(trx, session, lastUsedAt);
			if (!over) return { given: await give(trx, { ...session, lastUsedAt }) };
			if (over.end) ended.push(await tokens.revokeIn(trx, { familyId: session.familyId }, undefined, over.end));
			return { not: over };
		});
		for (const tell of ended) tell();
		return result;
	}

	/** Another token for who holds `token`, which may have run out, and the cookie of a session of theirs. */
	async function renew(
		wanted: Omit<Continuation, "userId" | "client">,
		{ token, ipAddress, findClient }: Renewed,
	): Promise<{ given: IssuedToken; clientId: string } | { not: NotContinued; clientId?: string; userId?: string }> {
		const held = await postgresTokenStore.token(database.db, hashSecret(token));
		const client = held?.userId ? await findClient(held.clientId) : undefined;
		if (!held?.userId || client?.state !== "active") return { not: "none" };
		const about = { clientId: client.id, userId: held.userId };
		const give = (trx: Trx, owner: Owner) => tokens.issueIn(trx, client, owner, ipAddress);
		return { ...(await goOn({ ...wanted, ...about, client }, give)), ...about };
	}

	/** Nobody goes on by this cookie any more; what it has brought stays. */
	async function forget(secret: string): Promise<void> {
		await database.change((trx) => store.remove(trx, hashSecret(secret)));
	}

	/** Families of the tokens that this browser's sign-ins have brought. */
	function familiesOf(secret: string): Promise<string[]> {
		return store.families(database.db, hashSecret(secret));
	}

	return { begin, goOn, renew, forget, familiesOf };
}

interface Renewed {
	token: string;
	ipAddress: string;
	findClient: (id: string) => Promise<OAuthClient | undefined>;
}

export type SignInSessions = ReturnType<typeof createSignInSessions>;

function fits({ userId, isOf }: Continuation, session: StoredSignInSession): boolean {
	return (userId === undefined || userId === session.userId) && isOf(session);
}
