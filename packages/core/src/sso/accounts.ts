import type { Authorization } from "../authorization/authorization.ts";
import { everything } from "../authorization/judge.ts";
import { beyond, inDivisions } from "../authorization/may-give.ts";
import { everyDivision } from "../authorization/model.ts";
import type { Db, Trx } from "../kernel/database/database.ts";
import type { Kernel } from "../kernel/domain.ts";
import { ApiError } from "../kernel/http/api-error.ts";
import { seenName } from "../kernel/names.ts";
import type { User } from "../users/model.ts";
import type { Users } from "../users/users.ts";
import { foldAscii } from "./claims.ts";
import { identityRemoved, identityTold } from "./events.ts";
import { type Gain, type Identity, identitySessionStore, identityStore } from "./identities-store.ts";
import { changesNothing, gainsOf, maySignIn, type Plan, planOf } from "./mapping.ts";
import { type IdentityProvider, type Person, SsoRefused } from "./model.ts";

/** Whose account a person's is, and what comes of their sign-in, as far as that is known before it is done. */
export interface Found {
	/** Absent where the provider's word makes an account. */
	user?: User;
	identity?: Identity;
	plan: Plan;
}

/**
 * Whose account it is whom a provider tells of: first by what the provider knows them for ever (issuer and subject), else, once,
 * by their verified e-mail address; else they get one, where the administrator has said so. And what they have by the
 * provider's groups, which was judged when the mapping was saved (decision 56).
 */
export function createAccounts(kernel: Kernel, deps: { users: Users; authorization: Authorization }) {
	const { users, authorization } = deps;
	const { database, clock, events } = kernel;
	const { groups } = users;

	/** @throws SsoRefused why this person is not let in */
	async function find(provider: IdentityProvider, person: Person, db: Db = database.db): Promise<Found> {
		if (!maySignIn(provider, person))
			throw new SsoRefused("sso-not-allowed", { detail: person.groups ? "no group that may" : "no groups were told" });
		const identity = await identityStore.find(db, provider.id, person.issuer, person.subject);
		const user = identity ? (await users.find([identity.userId], db))[0] : await byAddress(provider, person, db);
		if (user && user.state !== "active") throw new SsoRefused("inactive-user", { userId: user.id });
		const plan = await planFor(provider, person, user?.id, db);
		return { ...(user ? { user } : {}), ...(identity ? { identity } : {}), plan };
	}

	async function byAddress(provider: IdentityProvider, person: Person, db: Db): Promise<User | undefined> {
		const { address } = person;
		const claim = provider.claims.address;
		if (person.isOddAddress)
			throw new SsoRefused("sso-address-missing", { detail: `${claim} is not one plain address` });
		if (!address) throw new SsoRefused("sso-address-missing", { detail: `no ${claim} was told` });
		if (!isVerified(provider, person)) throw new SsoRefused("sso-address-unverified");
		const user = await users.findBySignInName(address, db);
		const own = user && foldAscii(user.email) === address ? user : undefined;
		if (!own && !provider.createsPeople)
			throw new SsoRefused("sso-no-account", { detail: "no account of the address" });
		return own;
	}

	async function planFor(
		provider: IdentityProvider,
		person: Person,
		userId: string | undefined,
		db: Db,
	): Promise<Plan> {
		const noted = userId ? await identityStore.gains(db, provider.id, userId) : [];
		const held = userId ? await heldBy(userId, db) : [];
		const plan = planOf(gainsOf(provider.gifts, person), noted, held);
		// Who says nothing of groups takes nothing back; some providers leave them out when there are many.
		const isSilent = provider.claims.groups !== undefined && person.groups === undefined;
		return isSilent ? { ...plan, lost: [], noted: [...plan.noted, ...plan.lost] } : plan;
	}

	async function heldBy(userId: string, db: Db): Promise<Gain[]> {
		const [roles, member] = [await authorization.grants.own(userId, db), await groups.groupsOf(userId, db)];
		return [
			...roles.map(({ roleId, divisionId }) => ({ groupId: "", roleId, divisionId })),
			...member.map((groupId) => ({ groupId, roleId: "", divisionId: "" })),
		];
	}

	/** Lets somebody in, with what they gain and lose by it. @throws SsoRefused */
	async function enter(provider: IdentityProvider, person: Person): Promise<User> {
		const quietly = await database.change((trx) => enterAsTheyAre(trx, provider, person));
		if (quietly) return quietly;
		try {
			return await changing(provider, person, { takes: true });
		} catch (error) {
			if (!(error instanceof LastAdministrator)) throw error;
			const about = { provider: provider.name, userId: error.userId };
			kernel.operators.warn(
				{ event: "sso.last-administrator", ...about },
				"an identity provider would have taken the last administrator's rights; they were kept",
			);
			return changing(provider, person, { takes: false });
		}
	}

	/** As nearly every time: nobody's rights change, and so nobody waits. @returns undefined where some would */
	async function enterAsTheyAre(trx: Trx, provider: IdentityProvider, person: Person): Promise<User | undefined> {
		const { user, identity, plan } = await find(provider, person, trx);
		if (!user || !changesNothing(plan, await identityStore.gains(trx, provider.id, user.id))) return undefined;
		await holdActive(trx, user);
		if (await note(trx, provider, person, { user, identity })) await tell(trx, user, provider, { bound: true });
		return user;
	}

	async function changing(provider: IdentityProvider, person: Person, options: { takes: boolean }): Promise<User> {
		let touched: string[] = [];
		let afterCommit = () => {};
		// Read before, as a new account asks for them: a change reads by its own connection alone.
		await Promise.all([authorization.divisions.list(), authorization.homeDivisionId()]);
		const user = await authorization.changeRights("server", async (trx) => {
			await authorization.judge(trx, "server");
			const { user, moved, closed } = await enterWithRights(trx, provider, person, options);
			afterCommit = closed;
			touched = moved.flatMap(({ groupId }) => (groupId === "" ? [] : [groupId]));
			return user;
		});
		afterCommit();
		groups.changed(touched);
		return user;
	}

	async function enterWithRights(
		trx: Trx,
		provider: IdentityProvider,
		person: Person,
		{ takes }: { takes: boolean },
	): Promise<{ user: User; moved: Gain[]; closed: () => void }> {
		const { user: before, identity, plan } = await find(provider, person, trx);
		if (before) await holdActive(trx, before);
		const closed = before && plan.gained.length > 0 ? await handOver(trx, provider, before.id, identity) : () => {};
		const user = before ?? (await create(trx, provider, person));
		const bound = await note(trx, provider, person, { user, identity });
		const { gained, lost } = await apply(trx, user.id, { ...plan, lost: takes ? plan.lost : [] });
		const kept = takes ? plan.noted : [...plan.noted, ...plan.lost];
		await identityStore.setGains(trx, provider.id, user.id, kept);
		if (bound || gained.length + lost.length > 0)
			await tell(trx, user, provider, { created: !before, bound, gained, lost });
		return { user, moved: [...gained, ...lost], closed };
	}

	/**
	 * Who could act as the account until now was asked what it held then: what it gains is for who comes by this provider. Who
	 * may do everything already gains nothing, and keeps the way in for when the provider fails.
	 */
	async function handOver(
		trx: Trx,
		{ id: providerId }: IdentityProvider,
		userId: string,
		identity: Identity | undefined,
	): Promise<() => void> {
		const held = await authorization.holdings.of(trx, userId);
		if (beyond(held, inDivisions([everything], [everyDivision])).length === 0) return () => {};
		const others = await identityStore.unbindOthers(trx, userId, providerId);
		// By the provider's word, so no person's name stands with it.
		await events.append(
			trx,
			others.map((other) => identityRemoved(userId, other, undefined)),
		);
		const own = identity ? await identitySessionStore.familiesOf(trx, providerId, userId) : [];
		return users.authentication.passwords.handOver(trx, userId, own);
	}

	/** Whoever ends the user meanwhile waits, and finds what was written. */
	async function holdActive(trx: Trx, { id: userId }: User): Promise<void> {
		if (!(await users.holdActive(trx, [userId])).has(userId)) throw new SsoRefused("inactive-user", { userId });
	}

	/** Writes that the provider knows the user, and when it said so last. @returns whether it did not know them until now */
	async function note(
		trx: Trx,
		provider: IdentityProvider,
		person: Person,
		{ user, identity }: { user: User; identity: Identity | undefined },
	): Promise<boolean> {
		const known = identity ?? (await bind(trx, provider, person, user));
		if (known) await identityStore.used(trx, known, person.address ?? known.address, clock.now());
		return known === undefined;
	}

	async function tell(
		trx: Trx,
		user: User,
		{ name: provider }: IdentityProvider,
		what: Partial<Omit<Parameters<typeof identityTold>[1], "provider">>,
	): Promise<void> {
		const nothing = { created: false, bound: false, gained: [], lost: [] };
		await events.append(trx, [identityTold(user.id, { provider, ...nothing, ...what })]);
	}

	async function create(trx: Trx, provider: IdentityProvider, person: Person): Promise<User> {
		const { address = "", name } = person;
		const { divisionId } = provider;
		const wanted = { email: address, ...(divisionId ? { divisionId } : {}) };
		const called = seenName(name ?? "").slice(0, 200) || address;
		try {
			return await users.create({ ...wanted, name: called }, { trx });
		} catch (error) {
			if (!(error instanceof ApiError)) throw error;
			// The address is another account's user name, or looks like somebody's: nobody is made who could be taken for them.
			throw new SsoRefused("sso-no-account", { detail: error.code, cause: error });
		}
	}

	/**
	 * From now on the provider's own word for the person counts, and the address no more.
	 * @returns what they were bound by a moment ago, in another window
	 */
	async function bind(trx: Trx, provider: IdentityProvider, person: Person, user: User): Promise<Identity | undefined> {
		const { issuer, subject, address = "" } = person;
		const dates = { dateCreated: clock.now(), dateLastUsed: clock.now() };
		const identity = { providerId: provider.id, issuer, subject, userId: user.id, address, ...dates };
		if (await identityStore.bind(trx, identity)) return undefined;
		const twin = await identityStore.find(trx, provider.id, issuer, subject);
		if (twin?.userId === user.id) return twin;
		throw new SsoRefused("sso-address-taken", { userId: user.id });
	}

	async function apply(trx: Trx, userId: string, { gained, lost }: Plan): Promise<Pick<Plan, "gained" | "lost">> {
		if (gained.length + lost.length === 0) return { gained: [], lost: [] };
		const wasAdministered = await authorization.isAdministered(trx);
		for (const { groupId } of lost) if (groupId !== "") await leave(trx, userId, groupId);
		for (const { groupId } of gained) if (groupId !== "") await join(trx, userId, groupId);
		const isOneOf = (list: readonly Gain[]) => (role: { roleId: string; divisionId: string }) =>
			list.some((one) => one.roleId === role.roleId && one.divisionId === role.divisionId);
		const own = await authorization.grants.own(userId, trx);
		const roles = [...own.filter((one) => !isOneOf(lost)(one)), ...gained.filter(({ roleId }) => roleId !== "")];
		const judge = await authorization.judge(trx, "server");
		await authorization.grants.replace(
			trx,
			{ subjectId: userId, subjectType: "PC_USER" },
			roles.map(({ roleId, divisionId }) => ({ roleId, divisionId })),
			{ by: "server", judge, taking: [] },
		);
		if (wasAdministered && !(await authorization.isAdministered(trx))) throw new LastAdministrator(userId);
		return { gained, lost };
	}

	async function join(trx: Trx, userId: string, groupId: string): Promise<void> {
		await groups.joinIn(trx, await groups.lock(trx, groupId), [userId], "server");
	}

	async function leave(trx: Trx, userId: string, groupId: string): Promise<void> {
		if (await groups.find(groupId, trx)) await groups.leaveIn(trx, await groups.lock(trx, groupId), userId, "server");
	}

	return { find, enter };
}

export type Accounts = ReturnType<typeof createAccounts>;

class LastAdministrator extends Error {
	readonly userId: string;

	constructor(userId: string) {
		super("last.administrator");
		this.userId = userId;
	}
}

/** SAML providers mark no addresses: whoever trusts one trusts those. */
function isVerified({ trust }: IdentityProvider, { addressVerified }: Person): boolean {
	if (addressVerified === false) return false;
	return addressVerified === true || trust.kind === "saml" || trust.acceptsUnmarkedAddresses;
}
