import type { Authorization } from "../authorization/authorization.ts";
import type { User } from "../users/model.ts";
import type { Users } from "../users/users.ts";
import type { OAuthClient } from "./model.ts";
import type { OAuth } from "./oauth.ts";

/** The services that seeding works on. */
export interface People {
	authorization: Authorization;
	users: Users;
	oauth: OAuth;
}

export interface SeedUser {
	id?: string;
	name: string;
	/** Also the user name. */
	email: string;
	password: string;
	/** The first sign-in asks for another one. */
	mustChangePassword?: boolean;
	/** Default roles (admin, employee, agent, supervisor) or names of roles. */
	roles: readonly string[];
	/** The home division when absent; the roles hold in every division with `*`. */
	divisionId?: string;
	department?: string;
	title?: string;
	/** Shown as the user's primary phone. */
	phone?: string;
}

/**
 * Creates a user with a password and roles. The one of that user name, whom a start that was ended may have left without
 * roles, gets these and stays as they are otherwise.
 */
export async function seedUser(people: People, wanted: SeedUser): Promise<User> {
	const { roles, divisionId, phone, ...rest } = wanted;
	const addresses = phone ? [{ address: phone, display: phone, mediaType: "PHONE", type: "PRIMARY" }] : [];
	const inDivision = divisionId && divisionId !== "*" ? { divisionId } : {};
	const known = await people.users.findByUsername(wanted.email);
	const user = known ?? (await people.users.create({ ...rest, ...inDivision, addresses }));
	for (const name of roles) {
		const roleId = await roleIdOf(people.authorization, name);
		await people.authorization.grant(user.id, roleId, divisionId ?? user.divisionId);
	}
	return user;
}

export interface SeedClient {
	id?: string;
	/** Chosen by the server when absent; unused with TOKEN. */
	secret?: string;
	name: string;
	grant: "CODE" | "TOKEN" | "CLIENT-CREDENTIALS";
	redirectUris?: readonly string[];
	scopes?: readonly string[];
	/** Roles in every division, for client credentials: default roles or names of roles. */
	roles?: readonly string[];
	accessTokenValiditySeconds?: number;
}

/**
 * Creates a client. One of that id stays as it is, but for addresses that it does not yet return to: another port or
 * public URL than at the last start must not lock anybody out.
 * @returns the secret too when the client has just been made
 */
export async function seedClient(
	people: People,
	wanted: SeedClient,
): Promise<{ client: OAuthClient; secret?: string }> {
	const known = wanted.id ? await people.oauth.clients.find(wanted.id) : undefined;
	if (known) return { client: await allowRedirects(people.oauth, known, wanted.redirectUris ?? []) };
	const roleIds = await Promise.all((wanted.roles ?? []).map((name) => roleIdOf(people.authorization, name)));
	const { id, secret, accessTokenValiditySeconds } = wanted;
	return people.oauth.clients.create(
		"server",
		{
			name: wanted.name,
			authorizedGrantType: wanted.grant,
			registeredRedirectUri: [...(wanted.redirectUris ?? [])],
			scope: [...(wanted.scopes ?? [])],
			roleDivisions: roleIds.map((roleId) => ({ roleId, divisionId: "*" })),
			...(accessTokenValiditySeconds === undefined ? {} : { accessTokenValiditySeconds }),
		},
		{ ...(id ? { id } : {}), ...(secret ? { secret } : {}) },
	);
}

async function allowRedirects(oauth: OAuth, client: OAuthClient, wanted: readonly string[]): Promise<OAuthClient> {
	const { id, name, grantType, redirectUris } = client;
	if (wanted.every((uri) => redirectUris.includes(uri))) return client;
	const registeredRedirectUri = [...new Set([...redirectUris, ...wanted])];
	return oauth.clients.update("server", id, { name, authorizedGrantType: grantType, registeredRedirectUri });
}

async function roleIdOf(authorization: Authorization, name: string): Promise<string> {
	const roles = await authorization.roles.list();
	const role = roles.find((one) => one.defaultRoleId === name) ?? roles.find((one) => one.name === name);
	if (!role) throw new Error(`There is no role ${name} to seed with.`);
	return role.id;
}
