import type { Authorization } from "../authorization/authorization.ts";
import { actorOfGiver, type Giver } from "../authorization/judge.ts";
import type { Db, Trx } from "../kernel/database/database.ts";
import { RememberedById } from "../kernel/database/remembered-by-id.ts";
import { RememberedTotals } from "../kernel/database/remembered-totals.ts";
import type { Kernel } from "../kernel/domain.ts";
import type { Actor, LoggedEvent } from "../kernel/events/event-log.ts";
import { badField, notFound, versionConflict } from "../kernel/http/api-error.ts";
import type { PageRequest } from "../kernel/http/paging.ts";
import { readName } from "../kernel/names.ts";
import type { Principal } from "../kernel/principal.ts";
import { createAuthentication } from "./authentication.ts";
import { judgeChange, touchesRights } from "./change-rights.ts";
import { readContacts } from "./contacts.ts";
import type { UserEnding, UserRefusal } from "./endings.ts";
import { userChanged, userDeleted } from "./events.ts";
import { createGroups } from "./groups.ts";
import { createImport } from "./import/import.ts";
import { createLicenses } from "./licenses/licenses.ts";
import type { NewUser, User, UserLocation } from "./model.ts";
import { createMoving } from "./moving.ts";
import { createNewPeople } from "./new-people.ts";
import { userOfNumber } from "./numbers.ts";
import { createOrganization } from "./organization.ts";
import { credentialStore } from "./sign-in/credential-store.ts";
import { readEmail, readUsername } from "./sign-in/names.ts";
import type { EndSessions } from "./sign-in/password-changes.ts";
import {
	activeUsers,
	activeWithEmails,
	isSearch,
	places,
	postgresUserStore,
	type UserFilter,
	usersInDivisions,
} from "./store.ts";
import { createUserViews } from "./views.ts";

/** What can be changed of a user; absent keys stay as they are. */
export type UserChange = Partial<Omit<User, "id" | "version" | "dateCreated" | "dateLastLogin" | "divisionId">>;

/** Makes a transaction its own unless the caller brought one. */
export type InTrx = <T>(trx: Trx | undefined, work: (trx: Trx) => Promise<T>) => Promise<T>;

/** Users, their groups and their organization. */
export function createUsers(kernel: Kernel, deps: { authorization: Authorization }) {
	const { authorization } = deps;
	const { database, events } = kernel;
	const store = postgresUserStore;
	const organization = createOrganization(kernel);
	const country = async () => (await organization.get()).defaultCountryCode;
	const groups = createGroups(kernel, { authorization, country, changed: () => totals.forget() });
	const remembered = new RememberedById(
		async (ids) => new Map((await store.find(database.db, ids)).map((user) => [user.id, user])),
		kernel.feed,
		(event) => (event.entityType === "user" && event.type.startsWith("user.") ? event.entityId : undefined),
	);
	const totals = new RememberedTotals(kernel.feed, changesTotals);
	const newPeople = createNewPeople(kernel, { authorization, country });
	const licenses = createLicenses(kernel);
	let endSessions: EndSessions = async () => () => {};
	const endings: UserEnding[] = [];
	const revivals: UserEnding[] = [];
	const refusals: UserRefusal[] = [];
	const authentication = createAuthentication(kernel, {
		store,
		organization,
		endSessions: (...asked) => endSessions(...asked),
		changeRights: authorization.changeRights,
		requireHandOver: async (trx, by, userId) => (await authorization.judge(trx, by)).mayHandOver(userId),
		permissionsOf: (ids) => authorization.userAuthorizations(ids),
		grantsOf: (userId, trx) => (trx ? authorization.holdings.of(trx, userId) : authorization.grantsOf(userId)),
		recorded: (userId) => remembered.forget(userId),
	});
	const { signIn, passwords } = authentication;
	const views = createUserViews({ organization, authorization, groups });
	authorization.grants.addSubjects("PC_USER", async (id, db = database.db) => {
		const user = await store.get(db, id);
		return user && user.state !== "deleted" ? user : undefined;
	});
	authorization.grants.addSubjects("PC_GROUP", groups.find, {
		mayHold: groups.mayHoldRoles,
		membersOf: groups.membersIn,
	});
	authorization.divisions.addCounter("USER", usersInDivisions);
	const moved = (ids: readonly string[]) => {
		for (const id of ids) remembered.forget(id);
		totals.forget();
	};
	authorization.divisions.addMover("USER", createMoving(kernel, { store, authorization, moved }));
	authorization.useActivity(groups.anyActive);
	authorization.useGroups(groups.groupsOfAll);

	const inTrx: InTrx = (trx, work) => (trx ? work(trx) : database.change(work));

	/** @throws ApiError 404 for an unknown user; deleted ones are found, as the platform does */
	async function get(id: string): Promise<User> {
		const user = await remembered.get(id);
		if (!user) throw notFound("user", id);
		return user;
	}

	/** For what changes somebody: who is deleted is as unknown as who never was. @throws ApiError 404 `not.found` */
	async function living(id: string): Promise<User> {
		const user = await get(id);
		if (user.state === "deleted") throw notFound("user", id);
		return user;
	}

	/** @throws ApiError 400 for bad fields, 409 when the user name is taken */
	async function create(wanted: NewUser, options: { actor?: Actor; trx?: Trx } = {}): Promise<User> {
		const user = await newPeople.read(wanted);
		const { password, mustChangePassword = false } = wanted;
		if (mustChangePassword && password === undefined)
			throw badField(
				"mustChangePassword",
				"There is no password to change: give one, or leave mustChangePassword away.",
			);
		const hash = password === undefined ? undefined : await passwords.hashGood(user, password, "password");
		await inTrx(options.trx, async (trx) => {
			await newPeople.refuseTaken(trx, user);
			await newPeople.insert(trx, [user], options.actor);
			if (hash !== undefined) {
				const mustChange = mustChangePassword;
				await credentialStore.setPassword(trx, user.id, { hash, mustChange, at: user.dateCreated });
			}
		});
		totals.forget();
		return user;
	}

	/**
	 * @param by whoever changes the user; the server itself when absent
	 * @param version the one that the caller has seen; a stale one is refused with 409
	 * @param isOther asked with the user held: where they are not, nothing is changed
	 */
	async function update(
		id: string,
		changes: UserChange,
		{ by = "server", ...options }: { version?: number; by?: Giver; isOther?: (before: User) => boolean } = {},
	): Promise<User> {
		if (changes.managerId) await requireManager(id, changes.managerId);
		const home = await country();
		const afterCommit: Array<() => void> = [];
		const changing = <T>(work: (trx: Trx) => Promise<T>) =>
			touchesRights(changes) ? authorization.changeRights(by, work) : database.change(work);
		const changed = await changing(async (trx) => {
			afterCommit.length = 0;
			const judge = touchesRights(changes) ? await authorization.judge(trx, by) : undefined;
			const before = await store.lock(trx, id);
			if (!before || (changes.state === "deleted" && before.state === "deleted")) throw notFound("user", id);
			if (options.version !== undefined && options.version !== before.version) {
				throw versionConflict("user", id, options.version, before.version);
			}
			if (options.isOther?.(before) === false) return before;
			const addresses = readContacts(changes.addresses ?? before.addresses, home, before.addresses);
			const after = readChanged(before, { ...before, ...changes, addresses, version: before.version + 1 });
			if (judge) await judgeChange(judge, before, after);
			if (changes.locations) await requirePlaces(trx, changes.locations);
			if (after.state !== "deleted") await newPeople.refuseTaken(trx, after, before);
			const gone = after.state === "deleted" && before.state !== "deleted";
			if (gone) for (const refuse of refusals) await refuse(trx, id);
			await store.update(trx, after);
			if (gone) await authorization.grants.removeAll(trx, id);
			if (gone) await groups.removeFromAll(trx, id);
			if (gone) await licenses.forget(trx, id);
			await judge?.keepsAdministrator();
			const actor = actorOfGiver(by);
			if (after.state !== "active" && before.state === "active") {
				await credentialStore.outdate(trx, id);
				afterCommit.push(await endSessions(trx, id, { isInactive: true, ...(actor ? { actor } : {}) }));
			}
			if (before.state !== after.state) {
				for (const step of after.state === "active" ? revivals : endings)
					afterCommit.push(await step(trx, id, actor ?? {}));
			}
			await events.append(trx, [gone ? userDeleted(after, actor) : userChanged(after, actor)]);
			return after;
		});
		for (const step of afterCommit) step();
		remembered.forget(id);
		totals.forget();
		return changed;
	}

	/** Puts somebody out of work, or back. @returns false where they are so already: nothing was changed */
	async function setState(id: string, state: "active" | "inactive", by: Giver): Promise<boolean> {
		let isOther = false;
		const look = (before: User) => {
			isOther = before.state !== state;
			return isOther;
		};
		await update(id, { state }, { by, isOther: look });
		return isOther;
	}

	/** Whether calls of queues are answered by themselves, of several users in one change. */
	async function changeAnswering(
		changes: ReadonlyArray<Pick<User, "id" | "acdAutoAnswer">>,
		by: Giver,
	): Promise<User[]> {
		const changed = await database.change(async (trx) => {
			const done = new Map<string, User>();
			// Always in the same order: two that change the same people wait for each other, and for nobody else.
			for (const { id, acdAutoAnswer } of [...changes].sort((a, b) => a.id.localeCompare(b.id))) {
				const before = await store.lock(trx, id);
				if (!before || before.state === "deleted") throw notFound("user", id);
				const after = { ...before, acdAutoAnswer, version: before.version + 1 };
				await store.update(trx, after);
				await events.append(trx, [userChanged(after, actorOfGiver(by))]);
				done.set(id, after);
			}
			return [...done.values()];
		});
		for (const { id } of changed) remembered.forget(id);
		return changed;
	}

	async function requirePlaces(trx: Trx, wanted: readonly UserLocation[]): Promise<void> {
		const ids = wanted.map(({ id }) => id);
		const held = await places.hold(trx, ids);
		const unknown = ids.find((id) => !held.has(id));
		if (unknown !== undefined) throw badField("locations", `No location with id ${unknown}.`);
		if (held.size < ids.length) throw badField("locations", "locations must name each location once.");
	}

	/** Nobody works at a place any more that is being deleted. @returns what is to be done after the commit */
	async function leaveLocation(trx: Trx, locationId: string, actor: Actor): Promise<() => void> {
		const left = await store.lockAt(trx, locationId);
		for (const before of left) {
			const locations = before.locations.filter(({ id }) => id !== locationId);
			const after = { ...before, locations, version: before.version + 1 };
			await store.update(trx, after);
			await events.append(trx, [userChanged(after, actor)]);
		}
		return () => {
			for (const { id } of left) remembered.forget(id);
		};
	}

	/** Nobody is their own manager, nor their manager's manager. */
	async function requireManager(id: string, managerId: string): Promise<void> {
		const above = new Set<string>();
		for (let one: string | null = managerId; one !== null && !above.has(one); ) {
			if (one === id) throw badField("manager", "manager must not be the user, nor anybody below them.");
			above.add(one);
			const manager: User = await get(one);
			one = manager.managerId;
		}
	}

	async function list(filter: UserFilter, page: PageRequest): Promise<{ users: User[]; total: number }> {
		const { sortBy: _column, descending: _order, ...which } = filter;
		const count = () => store.count(database.db, filter);
		// A search looks at every user the first time: it counts what it finds.
		if (isSearch(filter) && !totals.knows(which)) {
			const searching = store.search(database.db, filter, page);
			// Remembered from the start: a change that comes meanwhile has it forgotten.
			const counting = totals.of(which, async () => (await searching).total ?? (await count()));
			const [{ users }, total] = await Promise.all([searching, counting]);
			return { users, total };
		}
		const [users, total] = await Promise.all([store.page(database.db, filter, page), totals.of(which, count)]);
		return { users, total };
	}

	async function remove(id: string, by: Giver = "server"): Promise<User> {
		const removed = await update(id, { state: "deleted" }, { by });
		authorization.forget();
		return removed;
	}

	return {
		get,
		living,
		create,
		update,
		setState,
		changeAnswering,
		leaveLocation,
		remove,
		organization,
		/** What users are licensed for. */
		licenses,
		/** Signing in, passwords, second factors; see {@link createAuthentication}. */
		authentication,
		/** The oauth domain says how to end what is open for a user. */
		useSessions(end: EndSessions) {
			endSessions = end;
		},
		/** Domains register what else ends with a user who is deactivated or deleted. */
		onEnded: (ending: UserEnding) => void endings.push(ending),
		/** And what keeps one from being deleted. */
		onRemove: (refuse: UserRefusal) => void refusals.push(refuse),
		/** And what is there again with one who is activated. */
		onRevived: (reviving: UserEnding) => void revivals.push(reviving),
		holdActive: activeUsers.hold,
		whichActive: activeUsers.standing,
		groups,
		/** Many people at once; see {@link createImport}. */
		import: createImport({ newPeople, groups, made: () => totals.forget(), authorization }),
		views,
		/** The user of these credentials; undefined when they are wrong, unknown, inactive or braked for now. */
		async verifyPassword(username: string, password: string): Promise<User | undefined> {
			const outcome = await signIn.attempt(username, password, { address: "server" });
			return outcome.kind === "proven" ? outcome.user : undefined;
		},
		/** @param db the transaction in which the caller is, if it is in one */
		/** Ids of the active users whose email addresses they are, by these in lower case. */
		withEmails: (db: Db, emails: readonly string[]) => activeWithEmails(db, emails),
		find: (ids: readonly string[], db: Db = database.db) => store.find(db, ids),
		/** As clients see them with `expand`, by id. @throws ApiError 400 `not.supported` */
		async shown(ids: readonly string[], asking: Principal, expand: readonly string[]) {
			const found = await views.usersView(await store.find(database.db, ids), asking, expand);
			return new Map<string, object>(found.map((user) => [user.id, user]));
		},
		/** Whose phone number it is, of those who are active. @param number in E.164 @param country ISO 3166 code that numbers without one are of */
		ofNumber: (number: string, country: string) => userOfNumber(store, database.db, number, country),
		/** By user name or e-mail address, as people type it when they sign in. */
		findBySignInName: (name: string, db: Db = database.db) => store.bySignInName(db, name),
		findByUsername: (username: string) => store.byUsername(database.db, username),
		/** Who was created first of all, whatever became of them. */
		oldest: () => store.oldest(database.db),
		list,
		groupsOf: groups.groupsOf,
		addExpander: views.addExpander,
		addMeExpander: views.addMeExpander,
		jabberIdOf: views.jabberIdOf,
		embedAllowList: organization.embedAllowList,
		async stop() {
			organization.stop();
			await authentication.stop();
		},
	};
}

export type Users = ReturnType<typeof createUsers>;

/** Whether the event may make a listing of users longer or shorter. */
function changesTotals({ type }: LoggedEvent): boolean {
	return type === "user.created" || type === "user.changed" || type === "user.deleted" || type.startsWith("group.");
}

/** What stands from before these rules may stay; what is changed follows them. */
function readChanged(before: User, user: User): User {
	const email = user.email === before.email ? before.email : readEmail(user.email);
	const username = user.username === before.username ? before.username : readUsername(user.username);
	const name = readName(user.name, { before: before.name });
	const preferredName =
		user.preferredName &&
		readName(user.preferredName, { fieldName: "preferredName", before: before.preferredName ?? undefined });
	return { ...user, name, preferredName, email, username };
}
