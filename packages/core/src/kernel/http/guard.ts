import { type Authenticator, divisionsWith, holds, type Principal } from "../principal.ts";
import { ApiError } from "./api-error.ts";
import type { AskedPermissions, Route } from "./route.ts";

interface GuardedRequest {
	headers: { authorization?: string | undefined };
	query: unknown;
	/** The path's, before any schema has seen them. */
	params: unknown;
	/** Where it comes from, behind reverse proxies that are trusted. */
	ip: string;
}

/** Whether the organization lets anybody work from this address (`ipAddressAllowlist`). Asked with every request. */
export type AddressRule = (address: string) => boolean | Promise<boolean>;

/**
 * Opens a route or refuses: address and token, then scope, then permission (platform-api 2.3, 4.1, 4.3).
 * @param known hears who asks before it is decided whether they may
 * @returns who asks; undefined on public routes
 * @param allowsAddress asked before the token is looked at: a token that somebody took along is not even used
 * @throws ApiError 401 `authentication.required` | `bad.credentials` | `ip.not.authorized`, 403 `app.not.authorized.for.scope` |
 * `missing.permissions` | `missing.any.permissions` | `missing.division.permission`
 */
export async function guard(
	route: Route,
	request: GuardedRequest,
	authenticator: Authenticator,
	{ known, allowsAddress }: { known?: (principal: Principal) => void; allowsAddress?: AddressRule | undefined } = {},
): Promise<Principal | undefined> {
	if ("public" in route.scope) return undefined;
	const token = readToken(request);
	if (allowsAddress && !(await allowsAddress(request.ip))) throw addressRefused(request.ip);
	const principal = await authenticate(token, request, authenticator);
	known?.(principal);
	requireScope(route, principal);
	await requirePermission(route, principal, request.params);
	return principal;
}

/** The token of `Authorization: Bearer …` (RFC 6750, 2.1); undefined where there is none. For routes that ask for none, too. */
export function bearerToken({ authorization }: { authorization?: string | string[] | undefined }): string | undefined {
	return /^bearer +([\w.~+/=-]+)$/i.exec(String(authorization ?? ""))?.[1];
}

function readToken({ headers }: GuardedRequest): string {
	const token = bearerToken(headers);
	if (token) return token;
	throw new ApiError(
		401,
		"authentication.required",
		"No bearer token was sent. Sign in and send it as Authorization: Bearer.",
		{
			headers: { "www-authenticate": "Bearer" },
		},
	);
}

/** 401 `ip.not.authorized` (platform-api 4.3). */
function addressRefused(address: string): ApiError {
	const text = "The organization lets nobody work from the address {address}. Ask an administrator to add it.";
	return new ApiError(401, "ip.not.authorized", text, { params: { address } });
}

async function authenticate(token: string, request: GuardedRequest, authenticator: Authenticator): Promise<Principal> {
	const preserveIdle = (request.query as { preserveIdleTTL?: unknown } | undefined)?.preserveIdleTTL === "true";
	const principal = await authenticator.authenticate(token, { preserveIdle });
	if (principal) return principal;
	throw new ApiError(401, "bad.credentials", "The token is unknown, expired or revoked. Sign in again.", {
		headers: { "www-authenticate": 'Bearer error="invalid_token"' },
	});
}

function requireScope(route: Route, principal: Principal): void {
	if ("public" in route.scope || route.scope.anyOf.length === 0 || principal.scopes === null) return;
	const scopes = principal.scopes;
	if (route.scope.anyOf.some((scope) => scopes.includes(scope))) return;
	throw new ApiError(
		403,
		"app.not.authorized.for.scope",
		"The OAuth client {client} lacks the scope for this, or is not authorized for it: any of {scopes}.",
		{ params: { client: principal.clientName, scopes: route.scope.anyOf.join(", ") } },
	);
}

async function requirePermission(route: Route, principal: Principal, params: unknown): Promise<void> {
	const rule = route.permission;
	if (rule.mode === "none") return;
	try {
		requirePermissions(rule, principal);
	} catch (refusal) {
		const isOwn = principal.userId !== undefined && rule.own?.isOwn(principal.userId, params as Record<string, string>);
		if (!(await isOwn)) throw refusal;
	}
	if (rule.everywhere) requireEverywhere(rule, principal);
}

/**
 * That somebody holds what a rule asks for, anywhere.
 * @throws ApiError 403 `missing.permissions` | `missing.any.permissions`
 */
export function requirePermissions(rule: AskedPermissions, principal: Principal): void {
	const missing = rule.permissions.filter((permission) => !holds(principal, permission));
	if (rule.mode === "any" && missing.length < rule.permissions.length) return;
	if (rule.mode === "all" && missing.length === 0) return;
	// Several alternatives are "any"; a single one reads better as plain "permissions", as the platform puts it.
	const code = rule.mode === "any" && rule.permissions.length > 1 ? "missing.any.permissions" : "missing.permissions";
	const word = code === "missing.any.permissions" ? "any of the permissions" : "the permission";
	throw new ApiError(403, code, `This needs ${word} {permissions}.`, { params: { permissions: missing.join(", ") } });
}

/**
 * The same in every division: for what concerns the whole organization.
 * @throws ApiError 403 `missing.division.permission`
 */
export function requireEverywhere({ mode, permissions }: AskedPermissions, principal: Principal): void {
	const narrow = permissions.filter((permission) => divisionsWith(principal, [permission]) !== "all");
	if (narrow.length === 0 || (mode === "any" && narrow.length < permissions.length)) return;
	throw new ApiError(
		403,
		"missing.division.permission",
		"This concerns the whole organization: it needs the permission {permissions} in every division ({divisionId}).",
		{ params: { permissions: narrow.join(", "), divisionId: "*" } },
	);
}
