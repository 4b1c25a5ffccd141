import type { Authorization } from "../authorization/authorization.ts";
import type { Trx } from "../kernel/database/database.ts";
import type { Kernel } from "../kernel/domain.ts";
import { ApiError } from "../kernel/http/api-error.ts";
import { actorOf, type Principal } from "../kernel/principal.ts";
import { enforcesScopes, idleTimeoutOf, sessionLimitOf } from "../users/organization-settings.ts";
import type { Users } from "../users/users.ts";
import { ApiUsage } from "./api-usage.ts";
import { whyNotAuthorized } from "./client-authorization.ts";
import { tokenInfoView } from "./client-views.ts";
import { createClients } from "./clients.ts";
import { createLeftClients } from "./left-clients.ts";
import type { OAuthClient } from "./model.ts";
import { createPanelTokens, panelClient } from "./panel-tokens.ts";
import type { IssuedToken } from "./redemption.ts";
import { Sessions } from "./sessions.ts";
import { createSignInSessions } from "./sign-in-sessions.ts";
import { postgresTokenStore } from "./store.ts";
import { createTokens, type SessionRules } from "./tokens.ts";

/** Clients, tokens, and who a bearer is. */
export function createOAuth(kernel: Kernel, deps: { users: Users; authorization: Authorization }) {
	const { users, authorization } = deps;
	let origins: Promise<Set<string>> | undefined;
	let inCall: (userId: string) => Promise<boolean> = async () => false;
	let isVouchedFor: (trx: Trx, familyId: string) => Promise<boolean> = async () => false;

	const clients = createClients(kernel, {
		authorization,
		changed(id) {
			origins = undefined;
			sessions.forgetClient(id);
		},
		endTokens: (trx, clientId, { keep, actor }) =>
			tokens.revokeIn(trx, { clientId, ...(keep ? { keep } : {}) }, actor, keep ? undefined : "CLIENT_DISABLED"),
		enforcesScopes: async (trx) => enforcesScopes((await users.organization.get(trx)).settings),
	});
	const sessions = new Sessions(kernel, {
		authorization,
		users,
		findClient: clients.find,
		isOfPanel: (familyId) => panelTokens.isOfPanel(familyId),
		endIdle: () => tokens.endIdle(),
		isInCall: (userId) => inCall(userId),
	});
	const tokens = createTokens(kernel, {
		revoked: (revoked) => sessions.forget(revoked),
		rules: sessionRules,
		isInCall: (userId) => inCall(userId),
		flushUses: async () => void (await sessions.flush()),
		async lacksFactor(trx, { userId, familyId }) {
			const { secondFactor } = users.authentication;
			if (!(await secondFactor.isRequiredOf(userId, trx)) || (await secondFactor.isEnrolled(userId, trx))) return false;
			// Whoever came by an identity provider has proven there what it asks for.
			return !(await isVouchedFor(trx, familyId));
		},
	});
	const signInSessions = createSignInSessions(kernel, { tokens, isInCall: (userId) => inCall(userId) });
	const panelTokens = createPanelTokens(kernel, {
		tokens,
		findClient: clients.find,
		isActive: async (userId, trx) => (await users.find([userId], trx))[0]?.state === "active",
	});
	const usage = new ApiUsage(kernel);
	users.useSessions((trx, userId, { keep, keepFamilies, actor, isInactive }) =>
		tokens.revokeIn(
			trx,
			{ userId, ...(keep ? { keep } : {}), ...(keepFamilies ? { keepFamilies } : {}) },
			actor,
			isInactive ? "USER_INACTIVE" : undefined,
		),
	);
	const leftClients = createLeftClients(kernel, deps);
	authorization.grants.addSubjects("PC_OAUTH_CLIENT", clients.find);
	users.addMeExpander("token", tokenInfo);

	const unsubscribe = kernel.feed.subscribe(async (event) => {
		if (event.type === "oauth.client.changed" || event.type === "oauth.client.deleted") {
			origins = undefined;
			// Its tokens have ended with the change; this is for one that was issued at the same moment.
			const client = await clients.find(event.entityId);
			if (client?.state !== "active") await tokens.revoke({ clientId: event.entityId }, undefined, "CLIENT_DISABLED");
		}
	});

	async function sessionRules(trx?: Trx): Promise<SessionRules> {
		const { settings } = await users.organization.get(trx);
		const idle = idleTimeoutOf(settings);
		return {
			limitMs: sessionLimitOf(settings) * 1000,
			...(idle === undefined ? {} : { idleMs: idle * 1000 }),
		};
	}

	/** Why somebody may not sign in by a client that people have to be authorized for, if so. */
	async function whyNotAuthorizedFor(client: OAuthClient, userId: string) {
		const [{ settings }, grants] = await Promise.all([users.organization.get(), authorization.effectiveRows(userId)]);
		const roleIds = grants.map((grant) => grant.roleId);
		return whyNotAuthorized(client, { enforced: enforcesScopes(settings), roleIds });
	}

	/** Issues an access token past the protocol: for seeding, tests and the server's own tools. */
	async function issueToken(wanted: { clientId: string; userId?: string }): Promise<IssuedToken> {
		return tokens.issue(await clients.get(wanted.clientId), wanted.userId ?? null);
	}

	/**
	 * Ends a user's sessions for somebody: all of them, or one. One's own always; another's only with all that they hold,
	 * since who is signed out again and again can do nothing with it (decision 16).
	 * @throws ApiError 403 `missing.division.permission`
	 */
	async function endSessionsOf(userId: string, by: Principal, familyId?: string): Promise<void> {
		const which = familyId === undefined ? { userId } : { familyId };
		if (userId === by.userId) return void (await tokens.revoke(which, actorOf(by)));
		const afterCommit = await authorization.changeRights(by, async (trx) => {
			await (await authorization.judge(trx, by)).mayEnd(userId);
			return tokens.revokeIn(trx, which, actorOf(by), familyId === undefined ? "ENDED_FOR_USER" : "ENDED_ONE");
		});
		afterCommit();
	}

	async function readOrigins(): Promise<Set<string>> {
		const active = (await clients.list()).filter((client) => client.state === "active");
		return new Set(active.flatMap((client) => client.redirectUris.map((uri) => new URL(uri).origin)));
	}

	/** `TokenInfo` of platform-api 2.2, for the token that asks. */
	async function tokenInfo(principal: Principal) {
		const [found, client, roles, organization] = await Promise.all([
			sessions.tokenOf(principal),
			principal.clientId === panelClient.id ? panelClient : clients.get(principal.clientId),
			clients.roles(principal.clientId),
			users.organization.get(),
		]);
		if (!found) throw new ApiError(401, "bad.credentials", "The token has been revoked. Sign in again.");
		return tokenInfoView({ client, roles, organization, idlesAt: found.idlesAt, scopes: principal.scopes });
	}

	return {
		authenticate: (token: string, options?: { preserveIdle?: boolean }) => sessions.authenticate(token, options),
		clients,
		leftClients,
		tokens,
		sessions,
		signInSessions,
		panelTokens,
		/** Which client calls what. */
		usage,
		whyNotAuthorized: whyNotAuthorizedFor,
		issueToken,
		tokenInfo,
		/** Says who is in a call: their sessions are not idle, and outlive their tokens for a fair time. */
		useCalls(isInCall: (userId: string) => Promise<boolean>): void {
			inCall = isInCall;
		},
		/** Says which families of tokens came of a sign-in by an identity provider. */
		useProviders(vouches: (trx: Trx, familyId: string) => Promise<boolean>): void {
			isVouchedFor = vouches;
		},
		/** Ends all tokens of a user; what is open for them closes. */
		revokeUserTokens: (userId: string) => tokens.revoke({ userId }),
		endSessionsOf,
		/** Where a user is signed in. */
		sessionsOf: (userId: string) => postgresTokenStore.sessionsOf(kernel.database.db, userId, kernel.clock.now()),
		/** Those of these tokens that have neither been revoked nor expired. */
		livingTokens: (hashes: readonly string[]) =>
			postgresTokenStore.living(kernel.database.db, hashes, kernel.clock.now()),
		revokeToken: (tokenHash: string) => tokens.signOut(tokenHash),
		/** Origins that tokens are sent to: where pages live that may call the API (CORS). */
		redirectOrigins(): Promise<Set<string>> {
			origins ??= readOrigins().catch((error: unknown) => {
				origins = undefined;
				throw error;
			});
			return origins;
		},
		async start() {
			usage.start();
			await tokens.start();
		},
		async stop() {
			unsubscribe();
			await usage.stop();
			await sessions.stop();
		},
	};
}

export type OAuth = ReturnType<typeof createOAuth>;
