import { randomUUID } from "node:crypto";
import { scopes as knownScopes } from "@inlay/contract";
import type { Authorization } from "../authorization/authorization.ts";
import type { RoleInDivision } from "../authorization/grants.ts";
import { ApiError, badField } from "../kernel/api-error.ts";
import type { Trx } from "../kernel/database.ts";
import type { Kernel } from "../kernel/domain.ts";
import type { Actor } from "../kernel/event-log.ts";
import { postgresClientStore } from "./client-store.ts";
import { clientChanged, clientDeleted } from "./events.ts";
import { type ClientState, clientStates, type GrantType, grantTypes, type OAuthClient } from "./model.ts";
import { readRedirectUri } from "./redirect-uri.ts";
import { hashSecret, newSecret } from "./secrets.ts";

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

/** A client together with its secret, which only the answer to its creation and its renewal carry. */
export interface ClientWithSecret {
	client: OAuthClient;
	secret?: string;
}

/** As many as an organization can overlook; the platform has a limit too (`auth.too.many.clients`). */
const mostClients = 1_000;
const validity = { minimum: 300, maximum: 172_800, default: 86_400 };

/** Rules of OAuth clients (platform-api 2.2). */
export function createClients(kernel: Kernel, deps: { authorization: Authorization; changed: (id: string) => void }) {
	const { database, events, clock } = kernel;
	const { grants, homeDivisionId } = deps.authorization;
	const store = postgresClientStore;

	/** @throws ApiError 404 `client.not.found` */
	async function get(id: string): Promise<OAuthClient> {
		return found(await store.get(database.db, id), id);
	}

	/**
	 * @param fixed id and secret known beforehand, for seeding
	 * @throws ApiError 400 with the platform's codes
	 */
	async function create(
		request: ClientRequest,
		options: { actor?: Actor; fixed?: { id?: string; secret?: string } } = {},
	): Promise<ClientWithSecret> {
		const { actor, fixed } = options;
		const wanted = readClient(request);
		const roles = await readRoles(request, wanted.grantType);
		if (wanted.state !== "active") throw refusal("bad.client.state", "state", "A new client must be active.");
		const secret = wanted.grantType === "TOKEN" ? undefined : (fixed?.secret ?? newSecret());
		const now = clock.now();
		const client: OAuthClient = {
			...wanted,
			id: fixed?.id ?? randomUUID(),
			secretHash: secret ? hashSecret(secret) : null,
			dateCreated: now,
			dateModified: now,
			createdBy: actor?.userId ?? null,
			modifiedBy: actor?.userId ?? null,
		};
		await change(client.id, async (trx) => {
			const others = (await store.list(trx)).length;
			if (others >= mostClients)
				throw refusal("auth.too.many.clients", "name", `There are ${mostClients} clients already.`);
			await save(trx, client, actor);
			if (roles) await grants.replace(trx, client.id, "PC_OAUTH_CLIENT", roles, actor);
		});
		return { client, ...(secret ? { secret } : {}) };
	}

	/** What the request leaves out stays as it is: a client that was switched off is not switched on by a rename. */
	async function update(id: string, request: ClientRequest, actor?: Actor): Promise<OAuthClient> {
		const asKept = requestOf(await get(id), await rolesOf(id));
		const wanted = readClient({ ...asKept, ...withoutAbsent(request) });
		const roles = await readRoles({ ...asKept, ...withoutAbsent(request) }, wanted.grantType);
		return change(id, async (trx) => {
			const before = found(await store.lock(trx, id), id);
			if (wanted.grantType !== before.grantType && before.grantType === "CLIENT-CREDENTIALS" && !roles) {
				await grants.replace(trx, id, "PC_OAUTH_CLIENT", [], actor);
			}
			const client = {
				...before,
				...wanted,
				dateModified: clock.now(),
				modifiedBy: actor?.userId ?? before.modifiedBy,
			};
			await save(trx, client, actor);
			if (roles) await grants.replace(trx, id, "PC_OAUTH_CLIENT", roles, actor);
			return client;
		});
	}

	/** Gives the client a new secret; the old one is worth nothing from then on. */
	async function renewSecret(id: string, actor?: Actor): Promise<ClientWithSecret> {
		const secret = newSecret();
		const client = await change(id, async (trx) => {
			const before = found(await store.lock(trx, id), id);
			const after = { ...before, secretHash: hashSecret(secret), dateModified: clock.now() };
			await save(trx, after, actor);
			return after;
		});
		return { client, secret };
	}

	/** Only a client that has been taken out of use can be deleted (platform-api 2.2). */
	async function remove(id: string, actor?: Actor): Promise<void> {
		await change(id, async (trx) => {
			const client = found(await store.lock(trx, id), id);
			if (client.state === "active") {
				throw refusal(
					"cannot.delete.client",
					"state",
					"An active client cannot be deleted: set its state to inactive first.",
				);
			}
			await store.delete(trx, id);
			await grants.removeAll(trx, id);
			await events.append(trx, [clientDeleted(client, actor)]);
		});
	}

	async function save(trx: Trx, client: OAuthClient, actor?: Actor): Promise<void> {
		await store.save(trx, client);
		await events.append(trx, [clientChanged(client, actor)]);
	}

	async function change<T>(id: string, work: (trx: Trx) => Promise<T>): Promise<T> {
		const result = await database.change(work);
		deps.authorization.forget();
		deps.changed(id);
		return result;
	}

	/** Roles belong to client credentials; the deprecated `roleIds` mean the home division (platform-api 2.2). */
	async function readRoles(request: ClientRequest, grantType: GrantType): Promise<RoleInDivision[] | undefined> {
		const home = await homeDivisionId();
		const named = request.roleIds?.map((roleId) => ({ roleId, divisionId: home }));
		const wanted = request.roleDivisions?.length ? request.roleDivisions : named;
		if (grantType !== "CLIENT-CREDENTIALS") return undefined;
		if (!wanted || wanted.length === 0) {
			throw refusal(
				"missing.client.roles",
				"roleDivisions",
				"A client with client credentials needs at least one role.",
			);
		}
		for (const role of wanted) await checkRole(role);
		return wanted.map(({ roleId, divisionId }) => ({ roleId, divisionId }));
	}

	async function rolesOf(id: string): Promise<RoleInDivision[]> {
		return (await grants.own(id)).map(({ roleId, divisionId }) => ({ roleId, divisionId }));
	}

	async function checkRole(role: RoleInDivision): Promise<void> {
		try {
			await grants.check(role);
		} catch (error) {
			if (!(error instanceof ApiError) || error.status !== 404) throw error;
			throw refusal("bad.client.role", "roleDivisions", error.message);
		}
	}

	return {
		get,
		create,
		update,
		renewSecret,
		remove,
		find: (id: string) => store.get(database.db, id),
		list: () => store.list(database.db),
		/** The roles of a client, as grants hold them. */
		roles: rolesOf,
	};
}

export type Clients = ReturnType<typeof createClients>;

type ReadClient = Omit<OAuthClient, "id" | "secretHash" | "dateCreated" | "dateModified" | "createdBy" | "modifiedBy">;

/** The request that would make the client what it is. */
function requestOf(client: OAuthClient, roleDivisions: RoleInDivision[]): ClientRequest {
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

function withoutAbsent(request: ClientRequest): Partial<ClientRequest> {
	return Object.fromEntries(Object.entries(request).filter(([, value]) => value !== undefined && value !== null));
}

function readClient(request: ClientRequest): ReadClient {
	const name = request.name.trim();
	if (name === "" || name.length > 200) throw badField("name", "name must have 1 to 200 characters.");
	const grantType = readGrantType(request.authorizedGrantType);
	return {
		name,
		description: request.description ?? null,
		grantType,
		redirectUris: [...new Set((request.registeredRedirectUri ?? []).map(readRedirectUri))],
		scopes: grantType === "CLIENT-CREDENTIALS" ? [] : [...new Set((request.scope ?? []).map(readScopeName))],
		accessTokenValiditySeconds: readValidity(request.accessTokenValiditySeconds),
		state: readState(request.state),
		dateToDelete: readDate(request.dateToDelete),
	};
}

function readGrantType(sent: string | undefined): GrantType {
	if (!sent) throw refusal("grant.type.required", "authorizedGrantType", "authorizedGrantType is missing.");
	const grantType = grantTypes.find((known) => known === sent);
	if (grantType) return grantType;
	throw refusal(
		"bad.grant.type",
		"authorizedGrantType",
		`authorizedGrantType must be one of ${grantTypes.join(", ")}.`,
	);
}

function readScopeName(sent: string): string {
	if (knownScopes.some((scope) => scope.id === sent)) return sent;
	throw refusal("auth.invalid.scope", "scope", `There is no scope "${sent.slice(0, 100)}".`);
}

function readState(sent: string | undefined): ClientState {
	const state = clientStates.find((known) => known === (sent ?? "active"));
	if (state) return state;
	throw refusal("bad.client.state", "state", `state must be one of ${clientStates.join(", ")}.`);
}

function readValidity(sent: number | undefined): number {
	const seconds = sent ?? validity.default;
	if (Number.isInteger(seconds) && seconds >= validity.minimum && seconds <= validity.maximum) return seconds;
	const text = `accessTokenValiditySeconds must be from ${validity.minimum} to ${validity.maximum}.`;
	throw badField("accessTokenValiditySeconds", text, "invalid.value");
}

function readDate(sent: string | undefined): Date | null {
	if (!sent) return null;
	const date = new Date(sent);
	if (Number.isNaN(date.getTime())) throw badField("dateToDelete", "dateToDelete must be a date.", "invalid.date");
	return date;
}

function found(client: OAuthClient | undefined, id: string): OAuthClient {
	if (client) return client;
	throw new ApiError(404, "client.not.found", "No OAuth client with id {entityId}.", {
		params: { entityId: id },
		entityId: id,
		entityName: "client",
	});
}

function refusal(code: string, fieldName: string, text: string): ApiError {
	return badField(fieldName, text, code);
}
