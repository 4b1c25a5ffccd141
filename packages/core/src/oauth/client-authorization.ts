import { bundledClientId, scopesAllow } from "@inlay/contract";
import type { Giver, Judge } from "../authorization/judge.ts";
import { everyDivision } from "../authorization/model.ts";
import { ApiError, badField } from "../kernel/http/api-error.ts";
import type { ClientAuthorization, OAuthClient } from "./model.ts";

/** What an administrator has authorized a client for, and what follows from it (platform-api 2.1, 2.3, 9). */

export const authorizing = "oauth:client:authorize";

type Facts = Pick<OAuthClient, "id" | "grantType" | "scopes" | "authorization">;

/** What is to be known of who asks, and of the organization. */
export interface Asker {
	/** The organization enforces scopes. */
	enforced: boolean;
	/** Roles of the user, in whatever division. */
	roleIds: readonly string[];
}

/** The client that comes with Inlay is authorized from the start; one with client credentials is judged by its roles. */
export function needsAuthorization({ id, grantType }: Pick<OAuthClient, "id" | "grantType">): boolean {
	return id !== bundledClientId && grantType !== "CLIENT-CREDENTIALS";
}

/** Why nobody, or not this user, may work by a client; undefined where they may. */
export function whyNotAuthorized(client: Facts, { enforced, roleIds }: Asker): "client" | "role" | undefined {
	if (!enforced || !needsAuthorization(client)) return undefined;
	const { state, roleIds: wanted } = client.authorization;
	if (state !== "Authorized") return "client";
	return wanted.length === 0 || wanted.some((id) => roleIds.includes(id)) ? undefined : "role";
}

/** What a token of a user of the client opens; `null`: all that its user may do. */
export function scopesOf(client: Facts, asker: Asker): readonly string[] | null {
	if (!asker.enforced || client.grantType === "CLIENT-CREDENTIALS") return null;
	if (!needsAuthorization(client)) return client.scopes;
	return whyNotAuthorized(client, asker) ? [] : authorizedOf(client);
}

/** Of what the client asks for, what it has been authorized for. */
export function authorizedOf({ scopes, authorization }: Pick<OAuthClient, "scopes" | "authorization">): string[] {
	return scopes.filter((scope) => scopesAllow(authorization.scopes, [scope]));
}

/** An administrator has something to decide: somebody has tried to sign in, or the client asks for more than it has. */
export function isPending(client: Facts): boolean {
	if (!needsAuthorization(client)) return false;
	const { state } = client.authorization;
	return state === "Requested" || (state === "Authorized" && authorizedOf(client).length < client.scopes.length);
}

/** Of a client that has just been made: whoever may authorize has authorized what they made. */
export function firstAuthorization(client: Omit<OAuthClient, "authorization">, mayAuthorize: boolean): OAuthClient {
	const { scopes, dateCreated, dateModified, createdBy, modifiedBy } = client;
	const isAuthorized = mayAuthorize || !needsAuthorization(client);
	const authorization: ClientAuthorization = {
		state: isAuthorized ? "Authorized" : "Unauthorized",
		scopes: isAuthorized ? scopes : [],
		roleIds: [],
		...{ dateCreated, dateModified, createdBy, modifiedBy },
	};
	return { ...client, authorization };
}

/**
 * What becomes of it when the client is changed: who may authorize has authorized what they add. What was kept from the
 * client stays so, and what was revoked is not given back by a change of something else.
 */
export function keptAuthorization(before: OAuthClient, after: OAuthClient, mayAuthorize: boolean): ClientAuthorization {
	const kept = before.authorization;
	const added = after.scopes.filter((scope) => !before.scopes.includes(scope));
	if (!mayAuthorize || kept.state !== "Authorized" || added.length === 0) return kept;
	const { dateModified, modifiedBy } = after;
	return { ...kept, scopes: [...new Set([...kept.scopes, ...added])], dateModified, modifiedBy };
}

/**
 * Whether what an administrator has authorized would answer people's sign-ins somewhere else than they have seen: at
 * another origin, or by another grant. What it has been authorized for goes with the token to wherever that is.
 */
export function leadsElsewhere(before: OAuthClient, after: OAuthClient): boolean {
	if (before.authorization.state !== "Authorized" || !needsAuthorization(after)) return false;
	const known = new Set(before.redirectUris.map((uri) => new URL(uri).origin));
	return before.grantType !== after.grantType || after.redirectUris.some((uri) => !known.has(new URL(uri).origin));
}

export function mayAuthorize(by: Giver, judge: Judge): boolean {
	if (by === "server") return true;
	try {
		judge.holdsIn([authorizing], [everyDivision]);
		return true;
	} catch (error) {
		if (error instanceof ApiError) return false;
		throw error;
	}
}

/** @throws ApiError 400 `auth.invalid.scope` | `client.needs.no.authorization` */
export function refuseUnfit(client: OAuthClient, scopes: readonly string[]): void {
	if (!needsAuthorization(client)) {
		const text =
			"This client needs no authorization: the one that comes with Inlay has it, and one with client credentials is judged by its roles. Disable it to take it out of use.";
		throw badField("clientId", text, "client.needs.no.authorization");
	}
	const beyond = scopes.find((scope) => !scopesAllow(client.scopes, [scope]));
	if (beyond === undefined) return;
	const text = `The client does not ask for the scope "${beyond.slice(0, 100)}": add it to the client first.`;
	throw badField("scope", text, "auth.invalid.scope");
}
