import { type ColumnType, type Selectable, type SelectQueryBuilder, type SqlBool, sql } from "kysely";
import { rowsInDivisions } from "../authorization/store.ts";
import type { Db, Tables, Trx } from "../kernel/database/database.ts";
import { lockNames } from "../kernel/database/lock-names.ts";
import { isOneOf, lowered } from "../kernel/database/lowered.ts";
import { namesakes } from "../kernel/database/namesakes.ts";
import { referable } from "../kernel/database/references.ts";
import { type PageRequest, pageOffset } from "../kernel/http/paging.ts";
import { membersOf } from "./group-store.ts";
import type { Contact, Image, Profile, User, UserLocation, UserState } from "./model.ts";
import { scoreOf } from "./search-score-store.ts";
import { fieldMark, type SearchColumns, type SearchCriterion, searchCondition } from "./search-store.ts";

declare module "../kernel/database/database.ts" {
	interface Tables {
		users: {
			id: string;
			name: string;
			email: string;
			username: string;
			department: string | null;
			title: string | null;
			preferred_name: string | null;
			manager_id: string | null;
			state: string;
			division_id: string;
			acd_auto_answer: boolean;
			addresses: ColumnType<Contact[], string, string>;
			images: ColumnType<Image[], string, string>;
			profile: ColumnType<Profile, string, string>;
			locations: ColumnType<UserLocation[], string, string>;
			version: number;
			date_created: Date;
			date_last_login: ColumnType<Date | null, Date | null | undefined, Date | null>;
			/** What searches look through, folded (see search-store.ts); follows the other columns. */
			search_text: ColumnType<string, never, never>;
		};
	}
}

/** Which users a listing is about; every part narrows it. */
export interface UserFilter {
	ids?: readonly string[];
	/** The id of a group: its members. */
	memberOf?: string;
	/** `any` includes the deleted ones. */
	state?: UserState | "any";
	/** What users are searched by; see search-store.ts. */
	search?: readonly SearchCriterion[];
	sortBy?: "name" | "email" | "department" | "title";
	descending?: boolean;
	/** What fits best first; then as said above. */
	byScore?: boolean;
}

export interface UserStore {
	/** Until the transaction ends nobody else can give these names to a user. */
	lockUsernames(trx: Trx, names: readonly string[]): Promise<void>;
	get(db: Db, id: string): Promise<User | undefined>;
	/** Locks the row until the transaction ends. */
	lock(trx: Trx, id: string): Promise<User | undefined>;
	find(db: Db, ids: readonly string[]): Promise<User[]>;
	/** Those who work at a place, held until the transaction ends. */
	lockAt(trx: Trx, locationId: string): Promise<User[]>;
	/** Active users with a phone number that ends so, whatever stands between its digits. */
	withPhoneEnding(db: Db, digits: string): Promise<User[]>;
	/** Deleted users have no name to find them by. */
	byUsername(db: Db, username: string): Promise<User | undefined>;
	/** Who was created first, deleted or not. */
	oldest(db: Db): Promise<User | undefined>;
	/** Whom a person means who signs in: by user name, else by an e-mail address that one user alone has. */
	bySignInName(db: Db, name: string): Promise<User | undefined>;
	/** Users other than this one whose user name or e-mail address is one of these, in lower case. */
	othersNamed(db: Db, userId: string, names: readonly string[]): Promise<User[]>;
	page(db: Db, filter: UserFilter, page: PageRequest): Promise<User[]>;
	/** As `page`, and how many there are in all where the page is not beyond them. */
	search(db: Db, filter: UserFilter, page: PageRequest): Promise<{ users: User[]; total?: number }>;
	count(db: Db, filter: UserFilter): Promise<number>;
	insert(trx: Trx, users: readonly User[]): Promise<void>;
	update(trx: Trx, user: User): Promise<void>;
	signedIn(trx: Trx, id: string, at: Date): Promise<void>;
}

/** How many users are in each division. */
export const usersInDivisions = rowsInDivisions("users", sql`state <> 'deleted'`);

/** Whoever signs in types one or the other. */
export const signInNames = namesakes("users", ["username", "email"], sql`state <> 'deleted'`);
/** Users with an account, whether they can work or not. */
export const livingUsers = referable("users", sql`state <> 'deleted'`);
/** Places that users can be at. */
export const places = referable("locations");
/** Users who can work, for whatever gives them work. */
export const activeUsers = referable("users", sql`state = 'active'`);

export const postgresUserStore: UserStore = {
	lockUsernames: (trx, names) =>
		lockNames(
			trx,
			names.map((name) => `username:${name.toLowerCase()}`),
		),
	async get(db, id) {
		const row = await db.selectFrom("users").select(columns).where("id", "=", id).executeTakeFirst();
		return row && toUser(row);
	},
	async lock(trx, id) {
		const row = await trx.selectFrom("users").select(columns).where("id", "=", id).forUpdate().executeTakeFirst();
		return row && toUser(row);
	},
	async find(db, ids) {
		if (ids.length === 0) return [];
		return (await db.selectFrom("users").select(columns).where("id", "in", ids).execute()).map(toUser);
	},
	async lockAt(trx, locationId) {
		const isThere = sql<boolean>`locations @> ${JSON.stringify([{ id: locationId }])}::jsonb`;
		const rows = await trx.selectFrom("users").select(columns).where(isThere).orderBy("id").forUpdate().execute();
		return rows.map(toUser);
	},
	async withPhoneEnding(db, digits) {
		const ends = sql<boolean>`exists (select from jsonb_array_elements(addresses) one where one ->> 'mediaType' = 'PHONE'
			and right(regexp_replace(one ->> 'address', '\\D', '', 'g'), ${digits.length}) = ${digits})`;
		const rows = await db.selectFrom("users").select(columns).where("state", "=", "active").where(ends).execute();
		return rows.map(toUser);
	},
	async byUsername(db, username) {
		const row = await db
			.selectFrom("users")
			.select(columns)
			.where(sql`lower(username)`, "=", lowered(username))
			.where("state", "<>", "deleted")
			.executeTakeFirst();
		return row && toUser(row);
	},
	async oldest(db) {
		const first = db.selectFrom("users").select(columns).orderBy("date_created").orderBy("id").limit(1);
		const row = await first.executeTakeFirst();
		return row && toUser(row);
	},
	async bySignInName(db, name) {
		const wanted = name.normalize("NFKC").trim();
		const found = await postgresUserStore.othersNamed(db, "", [wanted]);
		const named = found.find((one) => one.username.toLowerCase() === wanted.toLowerCase());
		return named ?? (found.length === 1 ? found[0] : undefined);
	},

	async othersNamed(db, userId, names) {
		const rows = await db
			.selectFrom("users")
			.select(columns)
			.where((is) => is.or([isOneOf(sql`username`, names), isOneOf(sql`email`, names)]))
			.where("state", "<>", "deleted")
			.where("id", "<>", userId)
			.execute();
		return rows.map(toUser);
	},

	async page(db, filter, page) {
		const cut = <O>(query: SelectQueryBuilder<Tables, "users", O>) =>
			ordered(query, filter).limit(page.pageSize).offset(pageOffset(page));
		if (filter.memberOf !== undefined) {
			// Chosen by what an index holds of all members; whole users are read for the page alone.
			const chosen = db
				.selectFrom("users")
				.select(columns)
				.where("id", "in", cut(withFilter(db, filter).select("id")));
			return (await ordered(chosen, filter).execute()).map(toUser);
		}
		return (await cut(withFilter(db, filter).select(columns)).execute()).map(toUser);
	},
	async search(db, filter, page) {
		// Found first, by what is searched (`offset` keeps it apart): for a few in the order of names everybody would be walked through.
		const chosen = withFilter(db, filter).select("id").offset(0);
		const total = sql<number>`(count(*) over ())::int`.as("total");
		const found = db.selectFrom("users").select(columns).select(total).where("id", "in", chosen);
		const rows = await ordered(found, filter).limit(page.pageSize).offset(pageOffset(page)).execute();
		return { users: rows.map(toUser), ...(rows[0] ? { total: rows[0].total } : {}) };
	},
	async count(db, filter) {
		const counted = withFilter(db, filter).select((eb) => eb.fn.countAll<number>().as("total"));
		return Number((await counted.executeTakeFirstOrThrow()).total);
	},
	async insert(trx, users) {
		for (let at = 0; at < users.length; at += mostAtOnce)
			await trx
				.insertInto("users")
				.values(users.slice(at, at + mostAtOnce).map(toRow))
				.execute();
	},
	async update(trx, user) {
		await trx.updateTable("users").set(toRow(user)).where("id", "=", user.id).execute();
	},
	async signedIn(trx, id, at) {
		await trx.updateTable("users").set({ date_last_login: at }).where("id", "=", id).execute();
	},
};

/** Rows of one insert: PostgreSQL takes 65,535 values. */
const mostAtOnce = 1_000;

/** What users can be searched by. */
const searchColumns: SearchColumns = {
	id: sql.ref("id"),
	name: sql.ref("name"),
	email: sql.ref("email"),
	username: sql.ref("username"),
	department: sql.ref("department"),
	title: sql.ref("title"),
	state: sql.ref("state"),
	divisionId: sql.ref("division_id"),
	"division.id": sql.ref("division_id"),
	preferredName: sql.ref("preferred_name"),
	manager: sql.ref("manager_id"),
	phone: sql`addresses::text`,
	addresses: sql`addresses::text`,
	primaryContactInfo: sql`email || ' ' || addresses::text`,
};

function ordered<O>(
	query: SelectQueryBuilder<Tables, "users", O>,
	{ sortBy = "name", descending, byScore, search = [] }: UserFilter,
): SelectQueryBuilder<Tables, "users", O> {
	const direction = descending ? "desc" : "asc";
	return (
		query
			.$if(byScore === true, (found) => found.orderBy(scoreOf(search, foldedName), "desc"))
			.orderBy(sql`lower(${sql.ref(sortBy)})`, (order) =>
				mayBeEmpty(sortBy) ? order[direction]().nullsLast() : order[direction](),
			)
			// Of those who are alike in that one looks for a name.
			.$if(mayBeEmpty(sortBy), (found) => found.orderBy(sql`lower(name)`, "asc"))
			.orderBy("id", direction)
	);
}

/** What is empty comes last, whatever the direction; where nothing can be, saying so would keep the index from being used. */
function mayBeEmpty(column: NonNullable<UserFilter["sortBy"]>): boolean {
	return column === "department" || column === "title";
}

/** All that make a `User`. */
const columns = [
	"id",
	"name",
	"email",
	"username",
	"department",
	"title",
	"preferred_name",
	"manager_id",
	"state",
	"division_id",
	"acd_auto_answer",
	"addresses",
	"images",
	"profile",
	"locations",
	"version",
	"date_created",
	"date_last_login",
] as const;

/** Beside its columns a user has their folded text in one, to look through at once. */
const together = {
	column: sql.ref<string>("search_text"),
	fields: ["name", "preferredName", "email", "username", "department", "title"],
};

const foldedName = sql<string>`split_part(search_text, ${fieldMark}, 2)`;

function withFilter(db: Db, filter: UserFilter) {
	const { ids, memberOf, state, search } = filter;
	return db
		.selectFrom("users")
		.$if(memberOf !== undefined, (query) => query.where(sql<SqlBool>`id in (${membersOf(memberOf ?? "")})`))
		.$if(ids !== undefined, (query) => query.where(sql<SqlBool>`id = any(${ids ?? []})`))
		.$if(state !== undefined && state !== "any", (query) => query.where("state", "=", state ?? "active"))
		.where(searchCondition(search ?? [], { columns: searchColumns, together }));
}

/** Finding the users means looking at them all, or at those whose ids were given. */
export function isSearch({ ids, search, memberOf }: UserFilter): boolean {
	return memberOf === undefined && (ids !== undefined || (search?.length ?? 0) > 0);
}

function toUser(row: Pick<Selectable<Tables["users"]>, (typeof columns)[number]>): User {
	return {
		id: row.id,
		name: row.name,
		email: row.email,
		username: row.username,
		department: row.department,
		title: row.title,
		preferredName: row.preferred_name,
		managerId: row.manager_id,
		state: row.state as UserState,
		divisionId: row.division_id,
		acdAutoAnswer: row.acd_auto_answer,
		addresses: row.addresses,
		images: row.images,
		profile: row.profile,
		locations: row.locations,
		version: row.version,
		dateCreated: row.date_created,
		dateLastLogin: row.date_last_login,
	};
}

function toRow(user: User) {
	return {
		id: user.id,
		name: user.name,
		email: user.email,
		username: user.username,
		department: user.department,
		title: user.title,
		preferred_name: user.preferredName,
		manager_id: user.managerId,
		state: user.state,
		division_id: user.divisionId,
		acd_auto_answer: user.acdAutoAnswer,
		addresses: JSON.stringify(user.addresses),
		images: JSON.stringify(user.images),
		profile: JSON.stringify(user.profile),
		locations: JSON.stringify(user.locations),
		version: user.version,
		date_created: user.dateCreated,
	};
}

/** Ids of active users, by their email addresses in lower case. */
export async function activeWithEmails(db: Db, emails: readonly string[]): Promise<Map<string, string>> {
	const { rows } = await sql<{ id: string; email: string }>`
		select id, lower(email) as email from users where lower(email) = any(${[...emails]}) and state = 'active'`.execute(
		db,
	);
	return new Map(rows.map((row) => [row.email, row.id]));
}
