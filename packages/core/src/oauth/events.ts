import type { Actor, NewEvent } from "../kernel/events/event-log.ts";
import type { OAuthClient, StoredToken, TokenEnd } from "./model.ts";

export function clientChanged(client: OAuthClient, actor?: Actor): NewEvent {
	const { id, name, state, authorization } = client;
	const data = { name, state, authorization: authorization.state };
	return { type: "oauth.client.changed", entityType: "oauthClient", entityId: id, ...by(actor), data };
}

export function clientDeleted(client: OAuthClient, actor?: Actor): NewEvent {
	const { id, name } = client;
	return { type: "oauth.client.deleted", entityType: "oauthClient", entityId: id, ...by(actor), data: { name } };
}

/** Somebody knows the secret of a program who may no longer do what it may: they are gone, or it holds more than they do. */
export function clientLeft({ id, name, secretShownTo }: OAuthClient, because: string, actor?: Actor): NewEvent {
	const data = { name, knownTo: secretShownTo, because };
	return { type: "oauth.client.left", entityType: "oauthClient", entityId: id, ...by(actor), data };
}

/** A user's new token is announced to that user (`UserTokensTopicTokenNotification`, platform-api 5.1). */
export function tokenIssued(token: StoredToken, ipAddress?: string): NewEvent {
	const { hash, clientId, userId } = token;
	return {
		type: "token.issued",
		entityType: "token",
		entityId: hash,
		actor: { clientId, ...(userId ? { userId } : {}) },
		data: { tokenHash: hash, clientId, ...(userId ? { userId } : {}) },
		announcements: userId ? [announcement(token, userId, ipAddress)] : [],
	};
}

function announcement(token: StoredToken, userId: string, ipAddress?: string) {
	return {
		topics: [`v2.users.${userId}.tokens`],
		eventBody: {
			user: { id: userId, selfUri: `/api/v2/users/${userId}` },
			...(ipAddress ? { ipAddress } : {}),
			dateCreated: token.createdAt.toISOString(),
			tokenExpirationDate: token.expiresAt.toISOString(),
			sessionId: token.familyId,
			clientId: token.clientId,
			tokenHash: token.hash,
		},
	};
}

/** Whoever keeps something open for the token, such as a WebSocket, closes it. */
export function tokenRevoked(token: StoredToken, actor?: Actor, reason?: TokenEnd): NewEvent {
	const { hash, clientId, userId } = token;
	return {
		type: "token.revoked",
		entityType: "token",
		entityId: hash,
		...by(actor),
		data: { tokenHash: hash, clientId, ...(userId ? { userId } : {}), ...(reason ? { reason } : {}) },
	};
}

function by(actor: Actor | undefined): { actor?: Actor } {
	return actor ? { actor } : {};
}
