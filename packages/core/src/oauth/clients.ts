import { randomUUID } from "node:crypto";
import type { Authorization } from "../authorization/authorization.ts";
import { actorOfGiver, type Giver, type Judge, missingParams, missingText } from "../authorization/judge.ts";
import type { PermissionInDivision } from "../authorization/may-give.ts";
import { everyDivision, type RoleInDivision } from "../authorization/model.ts";
import type { Db, Trx } from "../kernel/database/database.ts";
import type { Referrer } from "../kernel/database/references.ts";
import type { Kernel } from "../kernel/domain.ts";
import type { Actor } from "../kernel/events/event-log.ts";
import { ApiError, alreadyExists, versionConflict } from "../kernel/http/api-error.ts";
import { lookAlike } from "../kernel/look-alikes.ts";
import type { Principal } from "../kernel/principal.ts";
import { type Asker, type Use, usesParams } from "../kernel/sight.ts";
import {
	authorizing,
	firstAuthorization,
	keptAuthorization,
	leadsElsewhere,
	mayAuthorize,
	refuseUnfit,
} from "./client-authorization.ts";
import {
	type ClientRequest,
	clientRefusal,
	readClient,
	refuseUnheld,
	requestOf,
	withoutAbsent,
} from "./client-request.ts";
import { changesUse, comesIntoUse, keepBundled, refuseBundled, requireReach, requireSecret } from "./client-rights.ts";
import { postgresClientStore, referredClients } from "./client-store.ts";
import { clientChanged, clientDeleted } from "./events.ts";
import type { ClientAuthorization, GrantType, OAuthClient } from "./model.ts";
import { hashSecret, newSecret } from "./secrets.ts";

/** A client together with its secret, which only the answer to its creation and its renewal carry. */
export interface ClientWithSecret {
	client: OAuthClient;
	secret?: string;
}

/** As many as an organization can overlook; the platform has a limit too (`auth.too.many.clients`). */
const mostClients = 1_000;

const adding = ["oauth:client:add"];
const editing = ["oauth:client:edit"];
const deleting = ["oauth:client:delete"];

export interface ClientsDeps {
	authorization: Authorization;
	/** Told after the commit. */
	changed: (id: string) => void;
	/**
	 * Ends all tokens of a client.
	 * @param keep hash of the one token that stays
	 * @returns what is to be done after the commit
	 */
	endTokens: (trx: Trx, id: string, options: { keep?: string; actor?: Actor }) => Promise<() => void>;
	/** Whether the organization enforces scopes. */
	enforcesScopes: (trx?: Trx) => Promise<boolean>;
}

/**
 * Rules of OAuth clients (platform-api 2.2). A client with client credentials holds roles: whoever gives it one, gets its
 * secret, puts it into use or weakens it must hold everything in them, and is refused with `bad.client.role` otherwise.
 * One that acts for users is the whole organization's (`client-rights.ts`).
 */
export function createClients(kernel: Kernel, deps: ClientsDeps) {
	const { database, events, clock } = kernel;
	const { grants, homeDivisionId, judge: judgeOf } = deps.authorization;
	const store = postgresClientStore;
	const referrers: Referrer[] = [];
	const ownOrigins = [kernel.config.publicUrl, kernel.config.panelUrl].map((url) => new URL(url).origin);

	/** @throws ApiError 404 `client.not.found` */
	async function get(id: string): Promise<OAuthClient> {
		return found(await store.get(database.db, id), id);
	}

	/**
	 * @param fixed id and secret known beforehand, for seeding
	 * @throws ApiError 400 with the platform's codes
	 */
	async function create(
		by: Giver,
		request: ClientRequest,
		fixed?: { id?: string; secret?: string },
	): Promise<ClientWithSecret> {
		const actor = actorOfGiver(by);
		const wanted = readClient(request);
		refuseUnheld(request, wanted.grantType);
		await homeDivisionId();
		if (wanted.state !== "active") throw clientRefusal("bad.client.state", "state", "A new client must be active.");
		const secret = wanted.grantType === "TOKEN" ? undefined : (fixed?.secret ?? newSecret());
		const now = clock.now();
		const made = {
			...wanted,
			id: fixed?.id ?? randomUUID(),
			secretHash: secret ? hashSecret(secret) : null,
			secretShownTo: secret ? (actor?.userId ?? null) : null,
			dateCreated: now,
			dateModified: now,
			createdBy: actor?.userId ?? null,
			modifiedBy: actor?.userId ?? null,
			version: 1,
		};
		const client = await change(by, made.id, async (trx) => {
			const judge = await judgeOf(trx, by);
			const client = firstAuthorization(made, mayAuthorize(by, judge));
			requireReach(judge, adding, client);
			const roles = (await readRoles(request, wanted.grantType, trx)) ?? [];
			const others = await store.list(trx);
			if (others.length >= mostClients)
				throw clientRefusal("auth.too.many.clients", "name", `There are ${mostClients} clients already.`);
			if (by !== "server") refuseTakenName(client, others);
			await save(trx, client, actor);
			await setRoles(trx, client.id, roles, by, judge);
			return client;
		});
		return { client, ...(secret ? { secret } : {}) };
	}

	/**
	 * What the request leaves out stays as it is: a client that was switched off is not switched on by a rename.
	 * @param version the one that the caller has seen; a stale one is refused with 409
	 */
	async function update(by: Giver, id: string, request: ClientRequest, version?: number): Promise<OAuthClient> {
		await homeDivisionId();
		return change(by, id, async (trx, later) => {
			const judge = await judgeOf(trx, by);
			const before = await lock(trx, id, version);
			const held = await rolesOf(id, trx);
			const asked = { ...requestOf(before, held), ...withoutAbsent(request) };
			// The deprecated roleIds alone say which roles too.
			if (request.roleIds && !request.roleDivisions) delete asked.roleDivisions;
			const wanted = readClient(asked, before);
			refuseUnheld(request, wanted.grantType, { scopes: before.scopes, roles: held });
			// Roles are for client credentials: with another grant type those of before go.
			const kept = before.grantType === "CLIENT-CREDENTIALS" ? [] : held;
			const roles = (await readRoles(asked, wanted.grantType, trx)) ?? kept;
			const changed: OAuthClient = {
				...before,
				...wanted,
				dateModified: clock.now(),
				modifiedBy: by === "server" ? before.modifiedBy : (by.userId ?? before.modifiedBy),
				version: before.version + 1,
			};
			const authorization = keptAuthorization(before, changed, mayAuthorize(by, judge));
			const client = { ...changed, authorization };
			requireReach(judge, editing, before, client);
			if (by !== "server") keepBundled(before, client, ownOrigins);
			// Taking from a client is judged like giving: who ends or weakens it is no weaker than it is.
			const weakened = changesUse(before, client) || !sameRoles(held, roles);
			if (weakened) await judge.mayTakeFrom(editing, id, badRole);
			if (comesIntoUse(before, client)) await judge.mayGiveRoles(roles, badRole);
			if (by !== "server" && leadsElsewhere(before, client)) judge.holdsIn([authorizing], [everyDivision]);
			await setRoles(trx, id, roles, by, judge);
			await save(trx, client, actorOfGiver(by));
			if (by !== "server" && client.name !== before.name) refuseTakenName(client, await store.list(trx));
			if (client.state !== "active") later.push(await endTokens(trx, id, by));
			return client;
		});
	}

	/**
	 * Gives the client a new secret; the old one is worth nothing from then on, nor is any token that was had by it, but for
	 * the one that asks. Whoever gets the secret can act as the client.
	 */
	async function renewSecret(by: Giver, id: string, version?: number): Promise<ClientWithSecret> {
		const secret = newSecret();
		const client = await change(by, id, async (trx, later) => {
			const judge = await judgeOf(trx, by);
			const before = await lock(trx, id, version);
			requireReach(judge, editing, before);
			requireSecret(before);
			await judge.mayHandOver(id, badRole);
			const secretHash = hashSecret(secret);
			const secretShownTo = actorOfGiver(by)?.userId ?? null;
			const after = { ...before, secretHash, secretShownTo, dateModified: clock.now(), version: before.version + 1 };
			await save(trx, after, actorOfGiver(by));
			later.push(await endTokens(trx, id, by, by === "server" ? undefined : by.tokenHash));
			return after;
		});
		return { client, secret };
	}

	/**
	 * What the client may do for the people who sign in by it, where scopes are enforced.
	 * @param wanted scopes of those that it asks for, and the roles that its users must hold one of; all may with none
	 * @throws ApiError 400 `auth.invalid.scope` | `client.needs.no.authorization`, 404 naming the role, 409 `version.conflict`
	 */
	function authorize(
		by: Principal,
		id: string,
		wanted: { scopes: string[]; roleIds: string[] },
		version?: number,
	): Promise<OAuthClient> {
		return decide(by, id, version, async (trx, client) => {
			refuseUnfit(client, wanted.scopes);
			const divisionId = await homeDivisionId();
			for (const roleId of wanted.roleIds) await grants.check({ roleId, divisionId }, trx);
			return { state: "Authorized", scopes: [...new Set(wanted.scopes)], roleIds: [...new Set(wanted.roleIds)] };
		});
	}

	/** Whoever has signed in by the client works no more, where scopes are enforced, and nobody signs in. */
	function revoke(by: Principal, id: string): Promise<OAuthClient> {
		return decide(by, id, undefined, async (_trx, client) => {
			refuseUnfit(client, []);
			return { state: "Revoked", scopes: [], roleIds: [] };
		});
	}

	/** Somebody wants to sign in by a client that nobody has decided about: administrators see that. */
	async function request(id: string, userId: string): Promise<void> {
		await database.change(async (trx) => {
			const client = await store.lock(trx, id);
			if (client?.authorization.state !== "Unauthorized") return;
			const authorization = { ...client.authorization, state: "Requested", dateModified: clock.now() } as const;
			await save(trx, { ...client, authorization: { ...authorization, modifiedBy: userId } }, { userId });
		});
		deps.changed(id);
	}

	async function decide(
		by: Principal,
		id: string,
		version: number | undefined,
		verdict: (trx: Trx, client: OAuthClient) => Promise<Pick<ClientAuthorization, "state" | "scopes" | "roleIds">>,
	): Promise<OAuthClient> {
		return change(by, id, async (trx, later) => {
			const before = await lock(trx, id, version);
			const decided = await verdict(trx, before);
			const modified = { dateModified: clock.now(), modifiedBy: by.userId ?? null };
			const authorization = { ...before.authorization, ...decided, ...modified };
			const client = { ...before, authorization, version: before.version + 1 };
			await save(trx, client, actorOfGiver(by));
			if (decided.state === "Revoked" && (await deps.enforcesScopes(trx))) later.push(await endTokens(trx, id, by));
			return client;
		});
	}

	/** Only a client that has been taken out of use can be deleted (platform-api 2.2). */
	async function remove(by: Giver, id: string, version?: number): Promise<void> {
		await change(by, id, async (trx) => {
			const judge = await judgeOf(trx, by);
			const client = await lock(trx, id, version);
			requireReach(judge, deleting, client);
			refuseBundled(client);
			if (client.state === "active") {
				throw clientRefusal(
					"cannot.delete.client",
					"state",
					"An active client cannot be deleted: set its state to inactive first.",
				);
			}
			for (const referrer of referrers) refuseReferred(client, await referrer(trx, id), by);
			await judge.mayTakeFrom(deleting, id, badRole);
			await store.delete(trx, id);
			await grants.removeAll(trx, id);
			await events.append(trx, [clientDeleted(client, actorOfGiver(by))]);
		});
	}

	/** Administrators and whoever signs in tell clients apart by name. Of two who take one at once, the judge lets in one. */
	function refuseTakenName({ id, name }: OAuthClient, others: readonly OAuthClient[]): void {
		const twin = others.find((other) => other.id !== id && lookAlike(other.name, name));
		if (twin) throw alreadyExists("client", "name", twin.name);
	}

	/** The client as it is now, its row locked until the transaction ends. @throws ApiError 404, 409 `version.conflict` */
	async function lock(trx: Trx, id: string, version: number | undefined): Promise<OAuthClient> {
		const client = found(await store.lock(trx, id), id);
		if (version !== undefined && version !== client.version)
			throw versionConflict("client", id, version, client.version);
		return client;
	}

	function setRoles(trx: Trx, id: string, roles: readonly RoleInDivision[], by: Giver, judge: Judge): Promise<void> {
		const receiver = { subjectId: id, subjectType: "PC_OAUTH_CLIENT" as const };
		return grants.replace(trx, receiver, roles, { by, judge, taking: editing, refusal: badRole });
	}

	async function save(trx: Trx, client: OAuthClient, actor?: Actor): Promise<void> {
		await store.save(trx, client);
		await events.append(trx, [clientChanged(client, actor)]);
	}

	function endTokens(trx: Trx, id: string, by: Giver, keep?: string): Promise<() => void> {
		const actor = actorOfGiver(by);
		return deps.endTokens(trx, id, { ...(keep ? { keep } : {}), ...(actor ? { actor } : {}) });
	}

	/** @param work puts into `later` what is to be done after the commit */
	async function change<T>(
		by: Giver,
		id: string,
		work: (trx: Trx, later: Array<() => void>) => Promise<T>,
	): Promise<T> {
		const later: Array<() => void> = [];
		const result = await deps.authorization.changeRights(by, (trx) => {
			later.length = 0;
			return work(trx, later);
		});
		for (const step of later) step();
		deps.authorization.forget();
		deps.changed(id);
		return result;
	}

	/** Roles belong to client credentials; the deprecated `roleIds` mean the home division (platform-api 2.2). */
	async function readRoles(
		request: ClientRequest,
		grantType: GrantType,
		db: Db,
	): Promise<RoleInDivision[] | undefined> {
		const home = await homeDivisionId();
		const named = request.roleIds?.map((roleId) => ({ roleId, divisionId: home }));
		const wanted = request.roleDivisions?.length ? request.roleDivisions : named;
		if (grantType !== "CLIENT-CREDENTIALS") return undefined;
		if (!wanted || wanted.length === 0) {
			throw clientRefusal(
				"missing.client.roles",
				"roleDivisions",
				"A client with client credentials needs at least one role.",
			);
		}
		for (const role of wanted) await checkRole(role, db);
		return wanted.map(({ roleId, divisionId }) => ({ roleId, divisionId }));
	}

	async function rolesOf(id: string, db?: Db): Promise<RoleInDivision[]> {
		return (await grants.own(id, db)).map(({ roleId, divisionId }) => ({ roleId, divisionId }));
	}

	async function checkRole(role: RoleInDivision, db: Db): Promise<void> {
		try {
			await grants.check(role, db);
		} catch (error) {
			if (!(error instanceof ApiError) || error.status !== 404) throw error;
			throw clientRefusal("bad.client.role", "roleDivisions", error.message);
		}
	}

	return {
		get,
		create,
		update,
		renewSecret,
		remove,
		authorize,
		revoke,
		request,
		find: (id: string, db: Db = database.db) => store.get(db, id),
		/** Those of the clients that stand, held until the transaction ends. */
		hold: referredClients.hold,
		/** Domains that sign people in by clients tell with which: such a client is not deleted. */
		addReferrer: (referrer: Referrer) => void referrers.push(referrer),
		list: () => store.list(database.db),
		/** The roles of a client, as grants hold them. */
		roles: (id: string) => rolesOf(id),
	};
}

export type Clients = ReturnType<typeof createClients>;

function sameRoles(some: readonly RoleInDivision[], others: readonly RoleInDivision[]): boolean {
	const keys = (roles: readonly RoleInDivision[]) =>
		[...new Set(roles.map(({ roleId, divisionId }) => `${roleId} ${divisionId}`))].sort().join();
	return keys(some) === keys(others);
}

function badRole(missing: readonly PermissionInDivision[]): ApiError {
	const details = [{ errorCode: "bad.client.role", fieldName: "roleDivisions" }];
	return new ApiError(400, "bad.client.role", missingText(missing), { params: missingParams(missing), details });
}

function found(client: OAuthClient | undefined, id: string): OAuthClient {
	if (client) return client;
	throw new ApiError(404, "client.not.found", "No OAuth client with id {entityId}.", {
		params: { entityId: id },
		entityId: id,
		entityName: "client",
	});
}

function refuseReferred({ id, name }: OAuthClient, uses: readonly Use[], asker: Asker): void {
	if (uses.length === 0) return;
	throw new ApiError(
		409,
		"general.conflict",
		"The client {name} signs people in at {users}. Choose another one there.",
		{
			params: { name, users: usesParams(uses, asker).by },
			entityId: id,
			entityName: "client",
		},
	);
}
