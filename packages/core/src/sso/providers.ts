import { randomUUID } from "node:crypto";
import { isDeepStrictEqual } from "node:util";
import type { Authorization } from "../authorization/authorization.ts";
import { everything, type Judge } from "../authorization/judge.ts";
import { everyDivision, type RoleInDivision } from "../authorization/model.ts";
import type { Trx } from "../kernel/database/database.ts";
import type { Kernel } from "../kernel/domain.ts";
import { alreadyExists, badField, notFound, versionConflict } from "../kernel/http/api-error.ts";
import { actorOf, type Principal } from "../kernel/principal.ts";
import type { Users } from "../users/users.ts";
import { providerChanged } from "./events.ts";
import type { Gift, IdentityProvider } from "./model.ts";
import {
	mostProviders,
	type ProviderRequest,
	providerRequired,
	readProvider,
	requireSecretAnew,
} from "./provider-request.ts";
import type { ProviderStore } from "./store.ts";

const adding = ["directory:user:add"];
const granting = ["authorization:grant:add"];
const revoking = ["authorization:grant:delete"];
const joining = ["directory:group:edit"];

export interface ProvidersDeps {
	store: ProviderStore;
	users: Users;
	authorization: Authorization;
	/** Told after the commit. */
	changed(provider: IdentityProvider): void;
}

/**
 * Rules of identity providers (decision 56). Whose word counts can say to be anybody: who decides that, or for whom, holds
 * everything, everywhere. Who maps groups, or lets accounts be made, holds what comes of it. While passwords are off one provider stays.
 */
export function createProviders(kernel: Kernel, deps: ProvidersDeps) {
	const { database, events, clock, outgoing } = kernel;
	const { store, users, authorization } = deps;

	async function get(id: string, trx?: Trx): Promise<IdentityProvider> {
		const provider = await store.get(id, trx ?? database.db);
		if (!provider) throw notFound("identityProvider", id);
		return provider;
	}

	/** @throws ApiError 400 naming the field, 403 `missing.division.permission`, 409 `resource.already.exists` */
	function create(by: Principal, request: ProviderRequest) {
		const now = clock.now();
		const wanted = readProvider(request, undefined, outgoing);
		const provider = { ...wanted, id: randomUUID(), version: 1, dateCreated: now, dateModified: now };
		return change(by, async (trx, judge, home) => {
			const others = await store.list(trx);
			if (others.length >= mostProviders)
				throw badField("name", `There are ${mostProviders} identity providers already.`, "too.many.providers");
			refuseTaken(provider, others);
			requireEverything(judge);
			const division = provider.divisionId ?? home;
			if (provider.createsPeople) judge.holdsIn(adding, [division]);
			await authorization.divisions.requireStanding(trx, division, "divisionId");
			await judgeGifts(trx, judge, by, provider.gifts);
			return save(trx, provider, by);
		});
	}

	/** @param version the one that the caller has seen */
	function update(by: Principal, id: string, request: ProviderRequest, version?: number) {
		return change(by, async (trx, judge, home) => {
			const before = await locked(trx, id, version);
			const wanted = readProvider(request, before, outgoing);
			const { divisionId: _before, ...kept } = before;
			const after = { ...kept, ...wanted, version: before.version + 1, dateModified: clock.now() };
			refuseTaken(after, await store.list(trx));
			if (countsForMore(before, after)) requireEverything(judge);
			requireSecretAnew(request, before, after);
			const division = after.divisionId ?? home;
			const isElsewhere = !before.createsPeople || before.divisionId !== after.divisionId;
			if (after.createsPeople && isElsewhere) judge.holdsIn(adding, [division]);
			await authorization.divisions.requireStanding(trx, division, "divisionId");
			await judgeGifts(trx, judge, by, givesToNewPeople(before, after) ? after.gifts : added(before, after));
			await judgeTaken(trx, judge, by, added(after, before));
			if (isOffered(before) && !isOffered(after))
				await requireAnother(trx, id, before.enabled === after.enabled ? "shown" : "enabled");
			return save(trx, after, by);
		});
	}

	/** What people have by it they keep. */
	async function remove(by: Principal, id: string, version?: number): Promise<void> {
		await change(by, async (trx) => {
			const provider = await locked(trx, id, version);
			if (isOffered(provider)) await requireAnother(trx, id, "id");
			await store.delete(trx, id);
			await events.append(trx, [{ ...providerChanged(provider, "deleted"), actor: actorOf(by) }]);
			return provider;
		});
	}

	/** Whether passwords let only administrators of providers in. @throws ApiError 400 `identity.provider.required` */
	async function setPasswordsOff(by: Principal, off: boolean, version?: number): Promise<void> {
		const options = { actor: actorOf(by), ...(version === undefined ? {} : { version }) };
		const afterCommit = await authorization.changeRights(by, async (trx) => {
			// Until the commit nobody switches the last provider off.
			await store.lockAll(trx);
			if (off && !(await store.list(trx)).some(isOffered)) throw providerRequired("passwords");
			return users.organization.updateSettingsIn(trx, { passwordsOff: off }, options);
		});
		afterCommit();
	}

	async function change(
		by: Principal,
		work: (trx: Trx, judge: Judge, homeDivisionId: string) => Promise<IdentityProvider>,
	): Promise<IdentityProvider> {
		// Asked before: a change reads by its own connection alone.
		const home = await authorization.homeDivisionId();
		const provider = await authorization.changeRights(by, async (trx) => {
			const judge = await authorization.judge(trx, by);
			await store.lockAll(trx);
			return work(trx, judge, home);
		});
		deps.changed(provider);
		return provider;
	}

	async function locked(trx: Trx, id: string, version: number | undefined): Promise<IdentityProvider> {
		const provider = await get(id, trx);
		if (version !== undefined && version !== provider.version)
			throw versionConflict("identityProvider", id, version, provider.version);
		return provider;
	}

	async function save(trx: Trx, provider: IdentityProvider, by: Principal): Promise<IdentityProvider> {
		await store.save(trx, provider);
		await events.append(trx, [{ ...providerChanged(provider, "changed"), actor: actorOf(by) }]);
		return provider;
	}

	async function requireAnother(trx: Trx, id: string, fieldName: string): Promise<void> {
		const { settings } = await users.organization.getFresh(trx);
		if (!settings.passwordsOff) return;
		if (!(await store.list(trx)).some((one) => one.id !== id && isOffered(one))) throw providerRequired(fieldName);
	}

	/** What comes of the mapping is judged here, once: at each sign-in it is data. */
	async function judgeGifts(trx: Trx, judge: Judge, by: Principal, gifts: readonly Gift[]): Promise<void> {
		const roles = rolesIn(gifts);
		const divisionIds = [...new Set(roles.map((role) => role.divisionId))];
		await requireRoles(trx, roles);
		await authorization.divisions.requireStanding(trx, divisionIds, "gifts");
		judge.holdsIn(granting, divisionIds);
		await judge.mayGiveRoles(roles);
		await judgeGroups(trx, judge, by, groupsIn(gifts));
	}

	/** At their next sign-in it is taken from everybody who has it by the mapping. */
	async function judgeTaken(trx: Trx, judge: Judge, by: Principal, gifts: readonly Gift[]): Promise<void> {
		const roles = rolesIn(gifts);
		await judge.mayTakeRoles(revoking, roles);
		await judgeGroups(trx, judge, by, groupsIn(gifts));
	}

	async function requireRoles(trx: Trx, roles: readonly RoleInDivision[]): Promise<void> {
		const standing = await authorization.roles.standing(
			trx,
			roles.map(({ roleId }) => roleId),
		);
		const unknown = roles.find(({ roleId }) => !standing.has(roleId));
		if (unknown) throw badField("gifts", `No role with id ${unknown.roleId}.`);
	}

	async function judgeGroups(trx: Trx, judge: Judge, by: Principal, ids: readonly string[]): Promise<void> {
		const standing = await users.groups.hold(trx, ids);
		const unknown = ids.find((id) => !standing.has(id));
		if (unknown !== undefined) throw badField("gifts", `No group with id ${unknown}.`);
		const groups = await users.groups.findAll(ids, trx);
		const isOwned = ({ ownerIds }: { ownerIds: readonly string[] }) => ownerIds.some((id) => id === by.userId);
		if (!groups.every(isOwned)) judge.holdsIn(joining, [everyDivision]);
		await judge.mayHandOver(ids);
	}

	return { get, list: () => store.list(), create, update, remove, setPasswordsOff };
}

export type Providers = ReturnType<typeof createProviders>;

/** Whether everybody finds the way to it. */
function isOffered({ enabled, shown }: IdentityProvider): boolean {
	return enabled && shown;
}

/** Whoever can say who people are can be any of them. */
function requireEverything(judge: Judge): void {
	judge.mayGive([{ permission: everything, divisionId: everyDivision }]);
}

/** Another's word counts than until now, or it counts where it did not, or for people for whom it did not. */
function countsForMore(before: IdentityProvider, after: IdentityProvider): boolean {
	const isAnother = !isDeepStrictEqual([before.trust, before.claims], [after.trust, after.claims]);
	return isAnother || (after.enabled && !before.enabled) || widens(before, after);
}

/** Somebody may sign in who might not until now. */
function widens({ allowedGroups: before }: IdentityProvider, { allowedGroups: after }: IdentityProvider): boolean {
	if (before.length === 0) return false;
	return after.length === 0 || after.some((group) => !before.includes(group));
}

/** Accounts are made from now on, and get what is mapped; who more is let in by other means is judged as {@link countsForMore}. */
function givesToNewPeople(before: IdentityProvider, after: IdentityProvider): boolean {
	return after.enabled && after.createsPeople && !before.createsPeople;
}

function added(before: IdentityProvider, after: IdentityProvider): Gift[] {
	return after.gifts.filter((gift) => !before.gifts.some((other) => isDeepStrictEqual(other, gift)));
}

function rolesIn(gifts: readonly Gift[]): RoleInDivision[] {
	return gifts.flatMap(({ roleId, divisionId }) => (roleId && divisionId ? [{ roleId, divisionId }] : []));
}

function groupsIn(gifts: readonly Gift[]): string[] {
	return [...new Set(gifts.flatMap(({ groupId }) => groupId ?? []))];
}

function refuseTaken(provider: IdentityProvider, others: readonly IdentityProvider[]): void {
	const rest = others.filter((other) => other.id !== provider.id);
	const twin = rest.find((other) => other.name === provider.name);
	if (twin) throw alreadyExists("identityProvider", "name", provider.name);
	const same = rest.find((other) => other.label.toLowerCase() === provider.label.toLowerCase());
	if (same) throw alreadyExists("identityProvider", "label", provider.label);
}
