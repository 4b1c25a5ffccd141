import { agentScopes, bundledClientId, panelScopes } from "@inlay/contract";
import type { Authorization } from "../authorization/authorization.ts";
import { together } from "../kernel/database/together.ts";
import type { Kernel } from "../kernel/domain.ts";
import type { Authenticator, Principal } from "../kernel/principal.ts";
import { enforcesScopes, idleTimeoutOf } from "../users/organization-settings.ts";
import type { Users } from "../users/users.ts";
import { type Asker, scopesOf, whyNotAuthorized } from "./client-authorization.ts";
import type { OAuthClient, StoredToken, TokenEnd } from "./model.ts";
import { panelClient } from "./panel-tokens.ts";
import { hashSecret } from "./secrets.ts";
import { postgresTokenStore } from "./store.ts";

/** A token, and when it was used last. */
interface Use {
	token: StoredToken;
	lastUsedMs: number;
}

/** A token in use. */
interface Session extends Use {
	principal: Principal;
	client: OAuthClient;
	/** Generation of the authorization domain in which the principal's grants were read. */
	generation: number;
}

/** Sessions in memory at once; beyond it the oldest are read again when they come back. */
const mostSessions = 50_000;
/**
 * A token that runs out while its user is in a call is good until the call ends, at most so long, ms: time to hold, hand
 * over or hang up, and to sign in again.
 */
const fairTimeMs = 15 * 60_000;
/** How soon it is looked at again whether the call goes on, ms. */
const lookAgainMs = 15_000;
/** How often the times of last use are written, in ms: a token's idle time is known that exactly to other processes. */
const flushEveryMs = 30_000;

/**
 * Bearer tokens to principals. In the steady state a look-up in memory; what could change the answer (revocation,
 * client, user, grants) empties it, in this process at once and in others by the event log.
 */
export class Sessions implements Authenticator {
	readonly #kernel: Kernel;
	readonly #authorization: Authorization;
	readonly #users: Users;
	readonly #findClient: (id: string) => Promise<OAuthClient | undefined>;
	readonly #isInCall: (userId: string) => Promise<boolean>;
	readonly #isOfPanel: (familyId: string) => Promise<boolean>;
	readonly #byHash = new Map<string, Session>();
	readonly #used = new Map<string, Date>();
	/** Grows with each removal: a session read meanwhile is not kept. */
	#removals = 0;
	#idleTimeoutMs: number | undefined;
	#timer: NodeJS.Timeout | undefined;
	#unsubscribe = () => {};
	readonly #tokenOf = together(async (hashes: readonly string[]) => {
		const tokens = await postgresTokenStore.tokens(this.#kernel.database.db, hashes);
		return new Map(tokens.map((token) => [token.hash, token]));
	});
	readonly #userOf = together(
		async (ids: readonly string[]) => new Map((await this.#users.find(ids)).map((user) => [user.id, user])),
	);
	/** Of whom there are few, who have many tokens. */
	readonly #ownerOf = together(async (ids: readonly string[]) => {
		const found = await Promise.all(ids.map((id) => this.#findClient(id)));
		return new Map(found.flatMap((client) => (client ? [[client.id, client] as const] : [])));
	});

	constructor(
		kernel: Kernel,
		deps: {
			authorization: Authorization;
			users: Users;
			findClient: (id: string) => Promise<OAuthClient | undefined>;
			/** Whether a session began at the panel's page, whose scripts get its token. */
			isOfPanel: (familyId: string) => Promise<boolean>;
			/** Ends the sessions that nobody has used for too long. */
			endIdle: () => Promise<void>;
			/** Whether the user is in a call. */
			isInCall: (userId: string) => Promise<boolean>;
		},
	) {
		this.#kernel = kernel;
		this.#authorization = deps.authorization;
		this.#users = deps.users;
		this.#findClient = deps.findClient;
		this.#isInCall = deps.isInCall;
		this.#isOfPanel = deps.isOfPanel;
		this.#unsubscribe = kernel.feed.subscribe((event) => this.#follow(event.type, event.entityId));
		this.#timer = setInterval(() => void this.#lookAfter(deps.endIdle), flushEveryMs);
		this.#timer.unref();
	}

	async authenticate(token: string, options: { preserveIdle?: boolean } = {}): Promise<Principal | undefined> {
		const hash = hashSecret(token);
		const nowMs = this.#kernel.clock.now().getTime();
		const session = this.#byHash.get(hash) ?? (await this.#load(hash));
		if (!session) return undefined;
		if (session.token.expiresAt.getTime() <= nowMs && !(await this.#isHeldOpen(session, nowMs))) {
			this.#byHash.delete(hash);
			return undefined;
		}
		if (this.#idleTimeoutMs !== undefined && (await this.#isIdle(session, nowMs))) return undefined;
		if (!options.preserveIdle) this.#touch(session, nowMs);
		if (session.generation !== this.#authorization.generation()) await this.#renewGrants(session);
		return session.principal;
	}

	/** Until when a token opens anything if nobody uses it; undefined where it opens nothing any more. Asking is no use. */
	async goodUntil(hash: string): Promise<Date | undefined> {
		const nowMs = this.#kernel.clock.now().getTime();
		const session = this.#byHash.get(hash) ?? (await this.#readUse(hash));
		if (!session) return undefined;
		if (session.token.expiresAt.getTime() <= nowMs)
			return (await this.#isHeldOpen(session, nowMs)) ? new Date(nowMs + lookAgainMs) : undefined;
		const idleMs = session.token.userId ? this.#idleTimeoutMs : undefined;
		if (idleMs === undefined) return session.token.expiresAt;
		if (await this.#isIdle(session, nowMs)) return undefined;
		return new Date(Math.min(session.token.expiresAt.getTime(), session.lastUsedMs + idleMs));
	}

	/** The same for what lasts as long as a sign-in does: a token in whose place its panel has another by now is no end of it. */
	async signInGoodUntil(hash: string): Promise<Date | undefined> {
		const own = await this.goodUntil(hash);
		if (own) return own;
		const newest = await postgresTokenStore.newestOfFamily(this.#kernel.database.db, hash);
		return newest === undefined || newest === hash ? undefined : this.goodUntil(newest);
	}

	/** How long the principal's token is good from now on, in seconds; undefined where it has gone. */
	async timesOf(principal: Principal): Promise<{ expiresInSeconds: number; idlesInSeconds?: number } | undefined> {
		const found = await this.tokenOf(principal);
		if (!found) return undefined;
		const nowMs = this.#kernel.clock.now().getTime();
		const secondsTo = (at: Date) => Math.floor((at.getTime() - nowMs) / 1000);
		const idles = found.idlesAt && { idlesInSeconds: secondsTo(found.idlesAt) };
		return { expiresInSeconds: secondsTo(found.token.expiresAt), ...idles };
	}

	/** Why a token opens nothing any more, as far as it can be known of a token that is still there. */
	async whyOver(hash: string): Promise<TokenEnd | undefined> {
		const token = await postgresTokenStore.token(this.#kernel.database.db, hash);
		if (!token) return undefined;
		if (token.expiresAt <= this.#kernel.clock.now()) return "EXPIRED";
		if (!(await this.#clientOf(token))) return "CLIENT_DISABLED";
		if (token.userId && !(await this.#isActive(token.userId))) return "USER_INACTIVE";
		return this.#idleTimeoutMs === undefined ? undefined : "IDLE";
	}

	/** A call in progress goes on, and who is in it can end it, hold it and hand it over. */
	async #isHeldOpen({ token }: Use, nowMs: number): Promise<boolean> {
		if (!token.userId || nowMs >= token.expiresAt.getTime() + fairTimeMs) return false;
		return this.#isInCall(token.userId);
	}

	/** Whether anything was asked for with a living token of the user since then. */
	async usedSince(userId: string, since: Date): Promise<boolean> {
		const now = this.#kernel.clock.now();
		for (const { token, lastUsedMs } of this.#byHash.values()) {
			if (token.userId === userId && lastUsedMs >= since.getTime() && token.expiresAt > now) return true;
		}
		return postgresTokenStore.userActiveSince(this.#kernel.database.db, userId, since, now);
	}

	/** The stored token of a principal, for `tokens/me`. */
	async tokenOf(principal: Principal): Promise<{ token: StoredToken; idlesAt?: Date } | undefined> {
		const session = this.#byHash.get(principal.tokenHash) ?? (await this.#load(principal.tokenHash));
		if (!session) return undefined;
		const idle = session.token.userId ? this.#idleTimeoutMs : undefined;
		return { token: session.token, ...(idle === undefined ? {} : { idlesAt: new Date(session.lastUsedMs + idle) }) };
	}

	forget(tokens: readonly StoredToken[]): void {
		if (tokens.length === 0) return;
		this.#removals++;
		for (const token of tokens) this.#byHash.delete(token.hash);
	}

	forgetClient(clientId: string): void {
		this.#forgetWhere(({ client }) => client.id === clientId);
	}

	async #lookAfter(endIdle: () => Promise<void>): Promise<void> {
		// Who was here last is judged by what is written: unwritten, an agent at work would count as gone.
		if (!(await this.flush())) return;
		await endIdle().catch((error: unknown) => {
			this.#kernel.log.warn({ err: error }, "idle sessions could not be ended; trying again");
		});
	}

	/** Writes the times of last use. Never rejects; false where they could not be written, and wait for the next time. */
	async flush(): Promise<boolean> {
		if (this.#used.size === 0) return true;
		const used = new Map(this.#used);
		this.#used.clear();
		try {
			await postgresTokenStore.used(this.#kernel.database.db, used);
			return true;
		} catch (error) {
			this.#kernel.log.warn({ err: error }, "times of last use could not be written; trying again");
			for (const [hash, at] of used) if (!this.#used.has(hash)) this.#used.set(hash, at);
			return false;
		}
	}

	async stop(): Promise<void> {
		clearInterval(this.#timer);
		this.#unsubscribe();
		await this.flush();
	}

	async #load(hash: string): Promise<Session | undefined> {
		const removals = this.#removals;
		const session = await this.#read(hash);
		if (!session) return undefined;
		// Something was revoked while this was read: what was read may be gone.
		if (removals !== this.#removals) return this.#load(hash);
		if (this.#byHash.size >= mostSessions) this.#forgetOldest();
		this.#byHash.set(hash, session);
		return session;
	}

	/** What a socket needs of a token that nobody has asked with yet: not what its user may do. Many come back at once. */
	async #readUse(hash: string): Promise<Use | undefined> {
		const token = await this.#tokenOf(hash);
		if (!token) return undefined;
		const [client, isActive] = await Promise.all([
			this.#clientOf(token),
			token.userId ? this.#isActive(token.userId) : true,
			this.#readIdleTimeout(),
		]);
		if (!client || !isActive) return undefined;
		return { token, lastUsedMs: token.lastUsedAt.getTime() };
	}

	async #read(hash: string): Promise<Session | undefined> {
		const { db } = this.#kernel.database;
		const token = await postgresTokenStore.token(db, hash);
		if (!token) return undefined;
		const client = await this.#clientOf(token);
		if (!client) return undefined;
		if (token.userId && !(await this.#isActive(token.userId))) return undefined;
		await this.#readIdleTimeout();
		const generation = this.#authorization.generation();
		return {
			token,
			client,
			generation,
			lastUsedMs: token.lastUsedAt.getTime(),
			principal: {
				tokenHash: hash,
				clientId: token.clientId,
				clientName: token.subjectClientId === null ? client.name : panelClient.name,
				...(token.userId ? { userId: token.userId } : {}),
				scopes: await this.#scopesOf(token, client),
				grants: await this.#authorization.grantsOf(token.userId ?? client.id),
			},
		};
	}

	/** Whose a token is; of the panel's own, the client that the deployment signs in with. Undefined: it is out of use. */
	async #clientOf({ clientId, subjectClientId }: StoredToken): Promise<OAuthClient | undefined> {
		const client = await this.#ownerOf(subjectClientId ?? clientId);
		return client?.state === "active" ? client : undefined;
	}

	/** What a user's token opens depends on the organization's setting, on its client's authorization, and on their roles. */
	async #scopesOf(token: StoredToken, client: OAuthClient): Promise<readonly string[] | null> {
		if (!token.userId) return null;
		const asker = await this.#askerOf(token.userId);
		if (token.subjectClientId !== null) return tokenScopes("panel", client, asker);
		const isScripts = asker.enforced && client.id === bundledClientId && (await this.#isOfPanel(token.familyId));
		return tokenScopes(isScripts ? "script" : "client", client, asker);
	}

	/**
	 * What the two tokens of a user's panel open that signs in with this client: the panel's own, and the one that scripts get
	 * (decision 33); `null` where scopes are not enforced.
	 */
	async panelScopes(
		userId: string,
		client: OAuthClient,
	): Promise<{ panel: readonly string[] | null; script: readonly string[] | null }> {
		const asker = await this.#askerOf(userId);
		return { panel: tokenScopes("panel", client, asker), script: tokenScopes("script", client, asker) };
	}

	async #askerOf(userId: string): Promise<Asker> {
		const [{ settings }, grants] = await Promise.all([
			this.#users.organization.get(),
			this.#authorization.effectiveRows(userId),
		]);
		return { enforced: enforcesScopes(settings), roleIds: grants.map((grant) => grant.roleId) };
	}

	async #isActive(userId: string): Promise<boolean> {
		return (await this.#userOf(userId))?.state === "active";
	}

	async #readIdleTimeout(): Promise<void> {
		const { settings } = await this.#users.organization.get();
		const seconds = idleTimeoutOf(settings);
		this.#idleTimeoutMs = seconds === undefined ? undefined : seconds * 1000;
	}

	async #renewGrants(session: Session): Promise<void> {
		const generation = this.#authorization.generation();
		const { token, client } = session;
		const grants = await this.#authorization.grantsOf(token.userId ?? token.clientId);
		// Which roles a client is authorized for is asked anew as well; most are for all.
		const isForAll = client.authorization.roleIds.length === 0;
		const scopes = isForAll ? undefined : await this.#scopesOf(token, client);
		session.principal = { ...session.principal, grants, ...(scopes === undefined ? {} : { scopes }) };
		session.generation = generation;
	}

	/** Another process may have seen the token since: its times of last use are asked before the token counts as idle. */
	async #isIdle(session: Use, nowMs: number): Promise<boolean> {
		// A program that comes once an hour is not idle: only people leave their desks.
		if (!session.token.userId) return false;
		const idleMs = this.#idleTimeoutMs ?? Number.POSITIVE_INFINITY;
		if (nowMs - session.lastUsedMs <= idleMs) return false;
		// So may the panel have used its own of the same sign-in.
		await this.flush();
		const usedAt = await postgresTokenStore.familyUsedAt(this.#kernel.database.db, session.token.familyId);
		session.lastUsedMs = Math.max(session.lastUsedMs, usedAt?.getTime() ?? 0);
		if (nowMs - session.lastUsedMs <= idleMs) return false;
		// Who talks to a customer is not idle, however long nothing is clicked.
		if (!(await this.#isInCall(session.token.userId))) return true;
		this.#touch(session, nowMs);
		return false;
	}

	#touch(session: Use, nowMs: number): void {
		// Once a second is exact enough, and saves a map write per request.
		if (nowMs - session.lastUsedMs < 1_000) return;
		session.lastUsedMs = nowMs;
		this.#used.set(session.token.hash, new Date(nowMs));
	}

	#follow(type: string, entityId: string): void {
		if (type === "token.revoked") {
			this.#removals++;
			this.#byHash.delete(entityId);
		}
		if (type === "user.changed" || type === "user.deleted") {
			this.#forgetWhere((session) => session.token.userId === entityId);
		}
		if (type === "oauth.client.changed" || type === "oauth.client.deleted") this.forgetClient(entityId);
		// The idle timeout is read with the next session.
		if (type === "organization.changed") this.#forgetWhere(() => true);
	}

	#forgetWhere(isAffected: (session: Session) => boolean): void {
		this.#removals++;
		for (const [hash, session] of this.#byHash) if (isAffected(session)) this.#byHash.delete(hash);
	}

	#forgetOldest(): void {
		const oldest = this.#byHash.keys().next();
		if (!oldest.done) this.#byHash.delete(oldest.value);
	}
}

/** What the panel's own token opens, a script's, or one of whoever else signs in by the client. */
function tokenScopes(of: "panel" | "script" | "client", client: OAuthClient, asker: Asker): readonly string[] | null {
	const scopes = scopesOf(client, asker);
	if (scopes === null) return null;
	if (of === "panel") return whyNotAuthorized(client, asker) ? [] : panelScopes;
	// Scripts get what the guide's client has, also where the panel signs in with the one that comes with Inlay.
	return of === "script" && client.id === bundledClientId ? agentScopes : scopes;
}
