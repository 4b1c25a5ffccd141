import { type ColumnType, type Selectable, type SqlBool, sql } from "kysely";
import type { Db, Tables, Trx } from "../kernel/database.ts";
import { type PageRequest, pageOffset } from "../kernel/paging.ts";
import type { Contact, Image, Profile, User, UserState } from "./model.ts";
import { type SearchColumns, type SearchCriterion, searchCondition } from "./search-store.ts";

declare module "../kernel/database.ts" {
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
			version: number;
			password_hash: ColumnType<string | null, string | null | undefined, string | null>;
			date_created: Date;
			date_last_login: ColumnType<Date | null, Date | null | undefined, Date | null>;
		};
	}
}

/** Which users a listing is about; every part narrows it. */
export interface UserFilter {
	ids?: readonly string[];
	/** `any` includes the deleted ones. */
	state?: UserState | "any";
	/** What users are searched by; see search-store.ts. */
	search?: readonly SearchCriterion[];
	sortBy?: "name" | "email" | "department" | "title";
	descending?: boolean;
}

export interface UserStore {
	/** Until the transaction ends nobody else can give this name to a user. */
	lockUsername(trx: Trx, username: string): Promise<void>;
	get(db: Db, id: string): Promise<User | undefined>;
	/** Locks the row until the transaction ends. */
	lock(trx: Trx, id: string): Promise<User | undefined>;
	find(db: Db, ids: readonly string[]): Promise<User[]>;
	/** Deleted users have no name to find them by. */
	byUsername(db: Db, username: string): Promise<User | undefined>;
	passwordHash(db: Db, id: string): Promise<string | null>;
	page(db: Db, filter: UserFilter, page: PageRequest): Promise<{ users: User[]; total: number }>;
	insert(trx: Trx, user: User, passwordHash: string | null): Promise<void>;
	update(trx: Trx, user: User): Promise<void>;
	setPassword(trx: Trx, id: string, passwordHash: string): Promise<void>;
	signedIn(trx: Trx, id: string, at: Date): Promise<void>;
	countInDivision(db: Db, divisionId: string): Promise<number>;
}

export const postgresUserStore: UserStore = {
	async lockUsername(trx, username) {
		const name = `username:${username.toLowerCase()}`;
		await sql`select pg_advisory_xact_lock(hashtextextended(${name}, 0))`.execute(trx);
	},
	async get(db, id) {
		const row = await db.selectFrom("users").selectAll().where("id", "=", id).executeTakeFirst();
		return row && toUser(row);
	},
	async lock(trx, id) {
		const row = await trx.selectFrom("users").selectAll().where("id", "=", id).forUpdate().executeTakeFirst();
		return row && toUser(row);
	},
	async find(db, ids) {
		if (ids.length === 0) return [];
		return (await db.selectFrom("users").selectAll().where("id", "in", ids).execute()).map(toUser);
	},
	async byUsername(db, username) {
		const row = await db
			.selectFrom("users")
			.selectAll()
			.where(sql`lower(username)`, "=", username.toLowerCase())
			.where("state", "<>", "deleted")
			.executeTakeFirst();
		return row && toUser(row);
	},
	async passwordHash(db, id) {
		const row = await db.selectFrom("users").select("password_hash").where("id", "=", id).executeTakeFirst();
		return row?.password_hash ?? null;
	},
	async page(db, filter, page) {
		const matching = withFilter(db, filter);
		const column = filter.sortBy ?? "name";
		const rows = await matching
			.selectAll()
			.orderBy(sql`lower(${sql.ref(column)})`, (order) => {
				const directed = filter.descending ? order.desc() : order.asc();
				return directed.nullsLast();
			})
			.orderBy("id")
			.limit(page.pageSize)
			.offset(pageOffset(page))
			.execute();
		const { total } = await matching.select((eb) => eb.fn.countAll<number>().as("total")).executeTakeFirstOrThrow();
		return { users: rows.map(toUser), total: Number(total) };
	},
	async insert(trx, user, passwordHash) {
		await trx
			.insertInto("users")
			.values({ ...toRow(user), password_hash: passwordHash })
			.execute();
	},
	async update(trx, user) {
		await trx.updateTable("users").set(toRow(user)).where("id", "=", user.id).execute();
	},
	async setPassword(trx, id, passwordHash) {
		await trx.updateTable("users").set({ password_hash: passwordHash }).where("id", "=", id).execute();
	},
	async signedIn(trx, id, at) {
		await trx.updateTable("users").set({ date_last_login: at }).where("id", "=", id).execute();
	},
	async countInDivision(db, divisionId) {
		const { count } = await db
			.selectFrom("users")
			.select((eb) => eb.fn.countAll<number>().as("count"))
			.where("division_id", "=", divisionId)
			.where("state", "<>", "deleted")
			.executeTakeFirstOrThrow();
		return Number(count);
	},
};

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

function withFilter(db: Db, filter: UserFilter) {
	const { ids, state, search } = filter;
	return db
		.selectFrom("users")
		.$if(ids !== undefined, (query) => query.where(sql<SqlBool>`id = any(${ids ?? []})`))
		.$if(state !== undefined && state !== "any", (query) => query.where("state", "=", state ?? "active"))
		.where(searchCondition(search ?? [], searchColumns));
}

function toUser(row: Selectable<Tables["users"]>): User {
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
		version: user.version,
		date_created: user.dateCreated,
	};
}
