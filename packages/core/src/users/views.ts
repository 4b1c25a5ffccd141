import type { Authorization } from "../authorization/authorization.ts";
import { notSupported } from "../kernel/http/api-error.ts";
import { divisionsWith, type Principal } from "../kernel/principal.ts";
import { groupView } from "./group-bodies.ts";
import type { Groups } from "./groups.ts";
import type { Contact, User } from "./model.ts";
import type { OrganizationService } from "./organization.ts";

/** Adds a key to users that ask for it by `expand`, as far as whoever asks may see it; all users of an answer come in one call. */
export type Expander = (userIds: string[], asking: Principal) => Promise<Map<string, unknown>>;
/** Adds a key to `users/me` only. */
export type MeExpander = (principal: Principal) => Promise<unknown>;

/** Users in the platform's shape (`User`, `UserMe`), with what other domains add to them (platform-api 4.2). */
export function createUserViews(deps: {
	organization: OrganizationService;
	authorization: Authorization;
	groups: Groups;
}) {
	const { organization, authorization, groups } = deps;
	const expanders = new Map<string, { key: string; expand: Expander }>();
	const meExpanders = new Map<string, { key: string; expand: MeExpander }>();

	/** Registers under the name as clients write it; letter case does not matter. */
	function addExpander(name: string, expand: Expander): void {
		expanders.set(name.toLowerCase(), { key: name, expand });
	}

	function addMeExpander(name: string, expand: MeExpander, key = name): void {
		meExpanders.set(name.toLowerCase(), { key, expand });
	}

	addExpander("authorization", (ids, asking) => authorizationsFor(asking, ids));
	addExpander("groups", async (ids) => {
		const memberships = await groups.groupsOfAll(ids);
		const views = await groupViews([...new Set([...memberships.values()].flat())]);
		const of = (id: string) => (memberships.get(id) ?? []).flatMap((group) => views.get(group) ?? []);
		return new Map(ids.map((id) => [id, of(id)]));
	});
	addMeExpander("organization", () => organization.view());

	/** One's own is always told; another's where one may view grants, and left out for those who may nowhere. */
	async function authorizationsFor(asking: Principal, userIds: readonly string[]) {
		const where = divisionsWith(asking, ["authorization:grant:view"]);
		const mayView = where === "all" || where.size > 0;
		const own = userIds.filter((id) => id === asking.userId);
		const others = mayView ? userIds.filter((id) => id !== asking.userId) : [];
		const found = await Promise.all([
			own.length > 0 ? authorization.userAuthorizations(own) : [],
			others.length > 0 ? authorization.userAuthorizations(others, where) : [],
		]);
		return new Map(found.flatMap((part) => [...part]));
	}

	async function jabberIdOf(userId: string): Promise<string> {
		return jabberId(userId, (await organization.get()).id);
	}

	/** A user's groups are whole `Group`s: the platform's model asks for more than a reference. */
	async function groupViews(ids: readonly string[]): Promise<Map<string, ReturnType<typeof groupView>>> {
		const [found, counts] = await Promise.all([groups.findAll(ids), groups.memberCounts(ids)]);
		return new Map(found.map((group) => [group.id, groupView(group, counts.get(group.id) ?? 0)]));
	}

	/**
	 * Many users at once, expanded.
	 * @throws ApiError 400 `not.supported` for what nobody has registered
	 */
	async function usersView(users: readonly User[], asking: Principal, expand: readonly string[] = []) {
		const [{ id: organizationId }, divisions, expansions] = await Promise.all([
			organization.get(),
			authorization.divisions.list(),
			expandAll(users, asking, expand),
		]);
		const names = new Map(divisions.map((division) => [division.id, division.name]));
		return users.map((user) => ({
			...userView(user, jabberId(user.id, organizationId), names.get(user.divisionId) ?? ""),
			...Object.fromEntries(expansions.flatMap(({ key, values }) => entryOf(key, values.get(user.id)))),
		}));
	}

	async function expandAll(users: readonly User[], asking: Principal, expand: readonly string[]) {
		requireHonoured(expand, (name) => expanders.has(name));
		const ids = users.map((user) => user.id);
		const wanted = [...new Set(expand.map((name) => name.toLowerCase()))].flatMap((name) => expanders.get(name) ?? []);
		return Promise.all(wanted.map(async ({ key, expand: read }) => ({ key, values: await read(ids, asking) })));
	}

	async function oneUserView(user: User, asking: Principal, expand: readonly string[] = []) {
		const [view] = await usersView([user], asking, expand);
		if (!view) throw new Error("A list of one user came back empty.");
		return view;
	}

	async function meView(user: User, principal: Principal, expand: readonly string[]) {
		requireHonoured(expand, (name) => expanders.has(name) || meExpanders.has(name));
		const own = [...new Set(expand.map((name) => name.toLowerCase()))].flatMap((name) => meExpanders.get(name) ?? []);
		const [base, values] = await Promise.all([
			oneUserView(
				user,
				principal,
				expand.filter((name) => expanders.has(name.toLowerCase())),
			),
			Promise.all(own.map(async ({ key, expand: read }) => entryOf(key, await read(principal)))),
		]);
		return { ...base, ...Object.fromEntries(values.flat()) };
	}

	return { addExpander, addMeExpander, jabberIdOf, usersView, userView: oneUserView, meView };
}

/** What every user carries without being asked. */
const alwaysThere = new Set(["certifications", "profileskills", "biography", "employerinfo", "datelastlogin"]);

function requireHonoured(expand: readonly string[], has: (name: string) => boolean): void {
	const refused = expand.filter((sent) => {
		const name = sent.toLowerCase();
		return !has(name) && !alwaysThere.has(name);
	});
	if (refused.length > 0) throw notSupported(refused.map((name) => `expand=${name.slice(0, 100)}`));
}

/** The user's id at a domain of the organization; streaming clients take it as an address (platform-api 6.2). */
function jabberId(userId: string, organizationId: string): string {
	return `${userId}@${organizationId}.orgspan.com`;
}

function userView(user: User, jabberAddress: string, divisionName: string) {
	const { certifications = [], profileSkills = [], biography, employerInfo } = user.profile;
	return {
		id: user.id,
		name: user.name,
		division: {
			id: user.divisionId,
			name: divisionName,
			selfUri: `/api/v2/authorization/divisions/${user.divisionId}`,
		},
		chat: { jabberId: jabberAddress },
		email: user.email,
		primaryContactInfo: primaryContacts(user),
		addresses: user.addresses,
		state: user.state,
		username: user.username,
		images: user.images,
		version: user.version,
		acdAutoAnswer: user.acdAutoAnswer,
		certifications,
		profileSkills,
		...present("department", user.department),
		...present("title", user.title),
		...present("preferredName", user.preferredName),
		...(user.managerId ? { manager: { id: user.managerId, selfUri: `/api/v2/users/${user.managerId}` } } : {}),
		...present("biography", biography),
		...present("employerInfo", employerInfo),
		...present("dateLastLogin", user.dateLastLogin?.toISOString()),
		selfUri: `/api/v2/users/${user.id}`,
	};
}

/** The e-mail address and the user's primary phone, as the platform lists them. */
function primaryContacts(user: User): Contact[] {
	const email: Contact = { address: user.email, mediaType: "EMAIL", type: "PRIMARY" };
	const phones = user.addresses.filter((contact) => contact.mediaType === "PHONE");
	const phone = phones.find((contact) => contact.type === "PRIMARY") ?? phones[0];
	return phone ? [email, { ...phone, type: "PRIMARY" }] : [email];
}

function present<K extends string>(key: K, value: unknown) {
	return value === null || value === undefined ? {} : { [key]: value };
}

function entryOf(key: string, value: unknown): Array<[string, unknown]> {
	return value === undefined ? [] : [[key, value]];
}
