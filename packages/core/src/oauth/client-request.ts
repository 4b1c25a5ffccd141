import { scopes as knownScopes } from "@inlay/contract";
import { tokenLifetime } from "@inlay/contract/health/token-lifetime";
import type { RoleInDivision } from "../authorization/model.ts";
import { type ApiError, badField } from "../kernel/http/api-error.ts";
import { readName } from "../kernel/names.ts";
import { readTime } from "../kernel/time/times.ts";
import { type ClientState, clientStates, type GrantType, grantTypes, type OAuthClient } from "./model.ts";
import { readRedirectUri } from "./redirect-uri.ts";

/** `OAuthClientRequest` of platform-api 2.2: nothing in it is certain yet. */
export interface ClientRequest {
	name: string;
	description?: string;
	authorizedGrantType?: string;
	registeredRedirectUri?: string[];
	scope?: string[];
	roleIds?: string[];
	roleDivisions?: RoleInDivision[];
	accessTokenValiditySeconds?: number;
	state?: string;
	dateToDelete?: string;
}

const validity = { minimum: tokenLifetime.least, maximum: tokenLifetime.most, default: 86_400 };

type ReadClient = Omit<
	OAuthClient,
	| "id"
	| "secretHash"
	| "secretShownTo"
	| "secretShownTo"
	| "dateCreated"
	| "dateModified"
	| "createdBy"
	| "modifiedBy"
	| "version"
	| "authorization"
>;

/** The request that would make the client what it is. */
export function requestOf(client: OAuthClient, roleDivisions: RoleInDivision[]): ClientRequest {
	return {
		name: client.name,
		...(client.description === null ? {} : { description: client.description }),
		authorizedGrantType: client.grantType,
		registeredRedirectUri: client.redirectUris,
		scope: client.scopes,
		roleDivisions,
		accessTokenValiditySeconds: client.accessTokenValiditySeconds,
		state: client.state,
		...(client.dateToDelete ? { dateToDelete: client.dateToDelete.toISOString() } : {}),
	};
}

export function withoutAbsent(request: ClientRequest): Partial<ClientRequest> {
	return Object.fromEntries(Object.entries(request).filter(([, value]) => value !== undefined && value !== null));
}

/**
 * What a request makes of a client.
 * @param before the client until now: its name and redirect URIs were checked by the rules of their time
 * @throws ApiError 400 with the platform's codes
 */
export function readClient(request: ClientRequest, before?: Pick<OAuthClient, "name" | "redirectUris">): ReadClient {
	const name = readName(request.name, { before: before?.name });
	const known = before?.redirectUris ?? [];
	const grantType = readGrantType(request.authorizedGrantType);
	const uris = request.registeredRedirectUri ?? [];
	return {
		name,
		description: request.description ?? null,
		grantType,
		redirectUris: [...new Set(uris.map((uri) => (known.includes(uri) ? uri : readRedirectUri(uri))))],
		scopes: grantType === "CLIENT-CREDENTIALS" ? [] : [...new Set((request.scope ?? []).map(readScopeName))],
		accessTokenValiditySeconds: readValidity(request.accessTokenValiditySeconds),
		state: readState(request.state),
		dateToDelete: readDate(request.dateToDelete),
	};
}

/**
 * Roles are for client credentials, scopes for everybody else: what a request names for the other kind, nobody would hold.
 * What the client has until now may be sent back, and goes with the grant type; so may the deprecated `roleIds`.
 */
export function refuseUnheld(
	{ scope = [], roleIds = [], roleDivisions = [] }: ClientRequest,
	grantType: GrantType,
	before: { scopes: readonly string[]; roles: readonly RoleInDivision[] } = { scopes: [], roles: [] },
): void {
	const isMachine = grantType === "CLIENT-CREDENTIALS";
	const had = ({ roleId, divisionId }: RoleInDivision) =>
		before.roles.some((role) => role.roleId === roleId && role.divisionId === divisionId);
	const named = new Set([...before.roles, ...(isMachine ? roleDivisions : [])].map((role) => role.roleId));
	if (isMachine && scope.some((one) => !before.scopes.includes(one)))
		throw clientRefusal("auth.invalid.scope", "scope", "Scopes are for clients of people: this one has roles.");
	if (!isMachine && roleDivisions.some((role) => !had(role)))
		throw clientRefusal("bad.client.role", "roleDivisions", rolesText);
	const isRead = isMachine && roleDivisions.length === 0;
	if (!isRead && roleIds.some((id) => !named.has(id)))
		throw clientRefusal("bad.client.role", "roleIds", isMachine ? roleIdsText : rolesText);
}

const rolesText = "Roles are for clients with client credentials: who signs in by this one has their own.";
const roleIdsText = "roleIds names a role that roleDivisions does not: name it there, with its division.";

function readGrantType(sent: string | undefined): GrantType {
	if (!sent) throw clientRefusal("grant.type.required", "authorizedGrantType", "authorizedGrantType is missing.");
	const grantType = grantTypes.find((known) => known === sent);
	if (grantType) return grantType;
	throw clientRefusal(
		"bad.grant.type",
		"authorizedGrantType",
		`authorizedGrantType must be one of ${grantTypes.join(", ")}.`,
	);
}

function readScopeName(sent: string): string {
	if (knownScopes.some((scope) => scope.id === sent)) return sent;
	throw clientRefusal("auth.invalid.scope", "scope", `There is no scope "${sent.slice(0, 100)}".`);
}

function readState(sent: string | undefined): ClientState {
	const state = clientStates.find((known) => known === (sent ?? "active"));
	if (state) return state;
	throw clientRefusal("bad.client.state", "state", `state must be one of ${clientStates.join(", ")}.`);
}

function readValidity(sent: number | undefined): number {
	const seconds = sent ?? validity.default;
	if (Number.isInteger(seconds) && seconds >= validity.minimum && seconds <= validity.maximum) return seconds;
	const text = `accessTokenValiditySeconds must be from ${validity.minimum} to ${validity.maximum}.`;
	throw badField("accessTokenValiditySeconds", text, "invalid.value");
}

function readDate(sent: string | undefined): Date | null {
	return sent ? readTime("dateToDelete", sent, "invalid.date") : null;
}

/** A field of the request is not as it must be. @param code the platform's */
export function clientRefusal(code: string, fieldName: string, text: string): ApiError {
	return badField(fieldName, text, code);
}
