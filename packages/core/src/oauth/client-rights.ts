import { bundledClientId } from "@inlay/contract";
import type { Judge } from "../authorization/judge.ts";
import { everyDivision } from "../authorization/model.ts";
import { type ApiError, badField } from "../kernel/http/api-error.ts";
import type { OAuthClient } from "./model.ts";

/** Who may do what to an OAuth client, beyond the permission that its route asks for. */

type Facts = Pick<OAuthClient, "grantType">;

/** A client that people sign in with acts for anybody, in whatever division: it belongs to the whole organization. */
function actsForUsers({ grantType }: Facts): boolean {
	return grantType !== "CLIENT-CREDENTIALS";
}

/**
 * A client that acts for users is changed only by who holds the permission in every division.
 * @param forms the client as it is, as it would be, or both
 * @throws ApiError 403 `missing.division.permission`
 */
export function requireReach(judge: Judge, permissions: readonly string[], ...forms: Facts[]): void {
	if (forms.some(actsForUsers)) judge.holdsIn(permissions, [everyDivision]);
}

/** Whether a change touches what a client can do; its name and its description say nothing about that. */
export function changesUse(before: OAuthClient, after: OAuthClient): boolean {
	return JSON.stringify(useOf(before)) !== JSON.stringify(useOf(after));
}

/**
 * Whether a change lets tokens with the client's roles be had where they could not before: switched on, of another kind,
 * or returning to an address more.
 */
export function comesIntoUse(before: OAuthClient, after: OAuthClient): boolean {
	return (
		(before.state !== "active" && after.state === "active") ||
		before.grantType !== after.grantType ||
		after.redirectUris.some((uri) => !before.redirectUris.includes(uri))
	);
}

function useOf(client: OAuthClient): unknown[] {
	const { grantType, state, redirectUris, scopes, accessTokenValiditySeconds, dateToDelete } = client;
	return [grantType, state, redirectUris, scopes, accessTokenValiditySeconds, dateToDelete];
}

/**
 * The client that comes with Inlay signs everybody in, the console's administrators too: where it returns to, how, and
 * whether it works are the server's own. Addresses of other origins, from former configurations, may go; and one that was
 * switched off may be switched on.
 * @param origins the server's and the panel's
 * @throws ApiError 400 `bundled.client`
 */
export function keepBundled(before: OAuthClient, after: OAuthClient, origins: readonly string[]): void {
	if (before.id !== bundledClientId) return;
	const isOwn = (uri: string) => origins.includes(new URL(uri).origin);
	const added = after.redirectUris.some((uri) => !before.redirectUris.includes(uri));
	const lost = before.redirectUris.some((uri) => isOwn(uri) && !after.redirectUris.includes(uri));
	if (added || lost) throw bundled("registeredRedirectUri", "redirect URIs are");
	if (after.grantType !== before.grantType) throw bundled("authorizedGrantType", "grant type is");
	if (after.state !== before.state && after.state !== "active") throw bundled("state", "state is");
	if (after.dateToDelete) throw bundled("dateToDelete", "end is");
	if (before.scopes.some((scope) => !after.scopes.includes(scope))) throw bundled("scope", "scopes are");
}

/** @throws ApiError 400 `bundled.client` */
export function refuseBundled(client: OAuthClient): void {
	if (client.id === bundledClientId) throw bundled("id", "life is");
}

/** @throws ApiError 400 `client.without.secret` */
export function requireSecret({ grantType }: Facts): void {
	if (grantType !== "TOKEN") return;
	const text = "A client with the implicit grant (TOKEN) has no secret, so it gets no new one. Nothing was changed.";
	throw badField("authorizedGrantType", text, "client.without.secret");
}

function bundled(fieldName: string, what: string): ApiError {
	const text = `This is the client that comes with Inlay: its ${what} the server's own. Add a client of your own instead; name, description and token duration of this one may change.`;
	return badField(fieldName, text, "bundled.client");
}
