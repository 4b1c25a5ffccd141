import { type RawBuilder, type Selectable, type SqlBool, sql } from "kysely";
import type { Db, Tables, Trx } from "../kernel/database/database.ts";
import { prepared } from "../kernel/sql/prepared.ts";
import type { StoredCode, StoredRefreshToken, StoredToken } from "./model.ts";

declare module "../kernel/database/database.ts" {
	interface Tables {
		oauth_codes: {
			hash: string;
			client_id: string;
			user_id: string;
			redirect_uri: string;
			challenge: string | null;
			family_id: string;
			expires_at: Date;
			redeemed_at: Date | null;
			signed_in_at: Date | null;
		};
		oauth_tokens: {
			hash: string;
			client_id: string;
			user_id: string | null;
			family_id: string;
			created_at: Date;
			expires_at: Date;
			last_used_at: Date;
			subject_client_id: string | null;
		};
		oauth_refresh_tokens: {
			hash: string;
			client_id: string;
			user_id: string;
			family_id: string;
			created_at: Date;
			signed_in_at: Date;
			expires_at: Date;
			used_at: Date | null;
			public: boolean;
		};
		oauth_keys: { purpose: string; key: string };
		/** Sign-ins that have let somebody in, for as long as one of their forms would be good. */
		oauth_completed_sign_ins: { id: string; expires_at: Date };
	}
}

/** Which tokens to end, those of the panel with those that they were exchanged for. With `keep`, the family of the token of that hash stays. */
export type TokenSelection =
	| { userId: string; keep?: string; keepFamilies?: readonly string[] }
	| { clientId: string; keep?: string }
	| { familyId: string };

/** One sign-in of a user at one client: all tokens that came of it. */
export interface StoredSession {
	familyId: string;
	clientId: string;
	since: Date;
	lastUsedAt: Date;
	expiresAt: Date;
}

/** As many as a page shows; nobody works in more. */
const mostSessions = 200;

/** Codes and tokens, all by hash: what stands here opens nothing. */
export interface TokenStore {
	addCode(trx: Trx, code: StoredCode): Promise<void>;
	/** Notes that a sign-in has let somebody in. Of two at once one waits for the other. @returns false: it had before */
	signedInOnce(trx: Trx, id: string, expiresAt: Date): Promise<boolean>;
	hasSignedIn(db: Db, id: string): Promise<boolean>;
	/** Locks the code, so that of two redemptions at once the second sees what the first did. */
	lockCode(trx: Trx, hash: string): Promise<StoredCode | undefined>;
	redeemed(trx: Trx, hash: string, at: Date): Promise<void>;
	addToken(trx: Trx, token: StoredToken): Promise<void>;
	token(db: Db, hash: string): Promise<StoredToken | undefined>;
	/** Those of these that are there. */
	tokens(db: Db, hashes: readonly string[]): Promise<StoredToken[]>;
	/** Those of these that are there and have not expired. */
	living(db: Db, hashes: readonly string[], now: Date): Promise<Set<string>>;
	/**
	 * Until the transaction ends nobody ends what these have and nobody else renews this family: what comes of a token must
	 * not be missed by whoever ends it at the same moment.
	 */
	holdSession(trx: Trx, owner: { userId: string; clientId: string; familyId: string }): Promise<void>;
	/** Ends access tokens, refresh tokens, sign-in sessions and codes. @returns the access tokens that were there */
	removeTokens(trx: Trx, which: TokenSelection): Promise<StoredToken[]>;
	used(db: Db, lastUsed: ReadonlyMap<string, Date>): Promise<void>;
	/** Families of users' tokens of which none was used since `before`, at most `limit` of them. */
	idleFamilies(db: Db, before: Date, limit: number): Promise<Array<{ familyId: string; userId: string }>>;
	/** A user's sessions that have not ended by now, those used last first. */
	sessionsOf(db: Db, userId: string, now: Date): Promise<StoredSession[]>;
	/** When a family's access tokens were used last; undefined where none is left. */
	familyUsedAt(db: Db, familyId: string): Promise<Date | undefined>;
	/** Hash of the access token that is good longest of those that came of the same sign-in; undefined where the token has gone. */
	newestOfFamily(db: Db, hash: string): Promise<string | undefined>;
	/** Whether a token of the user that is good at `now` was used since then. */
	userActiveSince(db: Db, userId: string, since: Date, now: Date): Promise<boolean>;
	addRefreshToken(trx: Trx, token: StoredRefreshToken): Promise<void>;
	refreshToken(db: Db, hash: string): Promise<StoredRefreshToken | undefined>;
	code(db: Db, hash: string): Promise<StoredCode | undefined>;
	lockRefreshToken(trx: Trx, hash: string): Promise<StoredRefreshToken | undefined>;
	refreshed(trx: Trx, hash: string, at: Date): Promise<void>;
	/** Removes what ended before `before`. */
	prune(trx: Trx, before: Date): Promise<void>;
	/** Key under which sign-in pages are signed, shared by all processes. */
	signInKey(db: Db): Promise<string>;
}

const tokensByHash = prepared<{ hashes: readonly string[] }, Selectable<Tables["oauth_tokens"]>>((db, { hashes }) =>
	db.selectFrom("oauth_tokens").selectAll().where("hash", "=", sql<string>`any(${hashes}::text[])`),
);

export const postgresTokenStore: TokenStore = {
	async addCode(trx, code) {
		await trx
			.insertInto("oauth_codes")
			.values({
				hash: code.hash,
				client_id: code.clientId,
				user_id: code.userId,
				redirect_uri: code.redirectUri,
				challenge: code.challenge,
				family_id: code.familyId,
				expires_at: code.expiresAt,
				redeemed_at: code.redeemedAt,
				signed_in_at: code.signedInAt,
			})
			.execute();
	},
	async code(db, hash) {
		const row = await db.selectFrom("oauth_codes").selectAll().where("hash", "=", hash).executeTakeFirst();
		return row && toCode(row);
	},
	async signedInOnce(trx, id, expiresAt) {
		const rows = await trx
			.insertInto("oauth_completed_sign_ins")
			.values({ id, expires_at: expiresAt })
			.onConflict((conflict) => conflict.column("id").doNothing())
			.returning("id")
			.execute();
		return rows.length > 0;
	},
	async hasSignedIn(db, id) {
		const row = await db.selectFrom("oauth_completed_sign_ins").select("id").where("id", "=", id).executeTakeFirst();
		return row !== undefined;
	},
	async lockCode(trx, hash) {
		const row = await trx.selectFrom("oauth_codes").selectAll().where("hash", "=", hash).forUpdate().executeTakeFirst();
		return row && toCode(row);
	},
	async redeemed(trx, hash, at) {
		await trx.updateTable("oauth_codes").set({ redeemed_at: at }).where("hash", "=", hash).execute();
	},
	async addToken(trx, token) {
		await trx
			.insertInto("oauth_tokens")
			.values({
				hash: token.hash,
				client_id: token.clientId,
				user_id: token.userId,
				family_id: token.familyId,
				created_at: token.createdAt,
				expires_at: token.expiresAt,
				last_used_at: token.lastUsedAt,
				subject_client_id: token.subjectClientId,
			})
			.execute();
	},
	async token(db, hash) {
		const [row] = await tokensByHash.all(db, { hashes: [hash] });
		return row && toToken(row);
	},
	async tokens(db, hashes) {
		return (await tokensByHash.all(db, { hashes })).map(toToken);
	},
	async living(db, hashes, now) {
		if (hashes.length === 0) return new Set();
		const rows = await db
			.selectFrom("oauth_tokens")
			.select("hash")
			.where("hash", "in", hashes)
			.where("expires_at", ">", now)
			.execute();
		return new Set(rows.map((row) => row.hash));
	},
	async holdSession(trx, { userId, clientId, familyId }) {
		await sql`select pg_advisory_xact_lock_shared(${lockOf("user", userId)}),
			pg_advisory_xact_lock_shared(${lockOf("client", clientId)}),
			pg_advisory_xact_lock(${lockOf("family", familyId)})`.execute(trx);
	},
	async removeTokens(trx, which) {
		const condition = conditionOf(which);
		await sql`select pg_advisory_xact_lock(${lockOfSelection(which)})`.execute(trx);
		await trx.deleteFrom("oauth_refresh_tokens").where(condition).execute();
		await trx.deleteFrom("oauth_sign_in_sessions").where(condition).execute();
		// A redeemed code stays: its replay must still be recognised.
		await trx.deleteFrom("oauth_codes").where(condition).where("redeemed_at", "is", null).execute();
		await trx.deleteFrom("oauth_panel_bindings").where(condition).execute();
		const tokens = trx
			.deleteFrom("oauth_tokens")
			.where(conditionOf(which, sql`coalesce(subject_client_id, client_id)`));
		return (await tokens.returningAll().execute()).map(toToken);
	},
	async used(db, lastUsed) {
		const hashes = [...lastUsed.keys()];
		const times = [...lastUsed.values()].map((at) => at.toISOString());
		await sql`update oauth_tokens set last_used_at = greatest(last_used_at, used.at)
			from unnest(${hashes}::text[], ${times}::timestamptz[]) as used (hash, at)
			where oauth_tokens.hash = used.hash`.execute(db);
	},
	async idleFamilies(db, before, limit) {
		const rows = await db
			.selectFrom("oauth_tokens")
			.select(["family_id", "user_id"])
			.where("user_id", "is not", null)
			.groupBy(["family_id", "user_id"])
			.having((row) => row.fn.max("last_used_at"), "<", before)
			.limit(limit)
			.execute();
		return rows.map((row) => ({ familyId: row.family_id, userId: row.user_id ?? "" }));
	},
	async sessionsOf(db, userId, now) {
		// A session lives by its access tokens, and between two of them by the refresh token that waits.
		const { rows } = await sql<StoredSession>`
			select family_id as "familyId", min(client_id) as "clientId", min(since) as "since",
				max(used_at) as "lastUsedAt", max(expires_at) as "expiresAt"
			from (
				select family_id, coalesce(subject_client_id, client_id) as client_id, created_at as since,
					last_used_at as used_at, expires_at
				from oauth_tokens where user_id = ${userId} and expires_at > ${now}
				union all
				select family_id, client_id, signed_in_at, created_at, expires_at
				from oauth_refresh_tokens where user_id = ${userId} and expires_at > ${now} and used_at is null
			) as parts
			group by family_id order by max(used_at) desc, family_id limit ${mostSessions}`.execute(db);
		return rows;
	},
	async familyUsedAt(db, familyId) {
		const row = await db
			.selectFrom("oauth_tokens")
			.select((each) => each.fn.max("last_used_at").as("at"))
			.where("family_id", "=", familyId)
			.executeTakeFirst();
		return row?.at ?? undefined;
	},
	async newestOfFamily(db, hash) {
		const row = await db
			.selectFrom("oauth_tokens")
			.select("hash")
			.where("family_id", "=", (one) => one.selectFrom("oauth_tokens").select("family_id").where("hash", "=", hash))
			.orderBy("expires_at", "desc")
			.limit(1)
			.executeTakeFirst();
		return row?.hash;
	},
	async userActiveSince(db, userId, since, now) {
		const found = await db
			.selectFrom("oauth_tokens")
			.select("hash")
			.where("user_id", "=", userId)
			.where("last_used_at", ">=", since)
			.where("expires_at", ">", now)
			.limit(1)
			.executeTakeFirst();
		return found !== undefined;
	},
	async addRefreshToken(trx, token) {
		await trx
			.insertInto("oauth_refresh_tokens")
			.values({
				hash: token.hash,
				client_id: token.clientId,
				user_id: token.userId,
				family_id: token.familyId,
				created_at: token.createdAt,
				signed_in_at: token.signedInAt,
				expires_at: token.expiresAt,
				used_at: token.usedAt,
				public: token.isPublic,
			})
			.execute();
	},
	async refreshToken(db, hash) {
		const row = await db.selectFrom("oauth_refresh_tokens").selectAll().where("hash", "=", hash).executeTakeFirst();
		return row && toRefreshToken(row);
	},
	async lockRefreshToken(trx, hash) {
		const row = await trx
			.selectFrom("oauth_refresh_tokens")
			.selectAll()
			.where("hash", "=", hash)
			.forUpdate()
			.executeTakeFirst();
		return row && toRefreshToken(row);
	},
	async refreshed(trx, hash, at) {
		await trx.updateTable("oauth_refresh_tokens").set({ used_at: at }).where("hash", "=", hash).execute();
	},
	async prune(trx, before) {
		for (const table of prunedTables) {
			await trx.deleteFrom(table).where("expires_at", "<", before).execute();
		}
	},
	async signInKey(db) {
		const row = await db
			.selectFrom("oauth_keys")
			.select("key")
			.where("purpose", "=", "sign-in")
			.executeTakeFirstOrThrow();
		return row.key;
	},
};

const prunedTables = [
	"oauth_codes",
	"oauth_tokens",
	"oauth_refresh_tokens",
	"oauth_sign_in_sessions",
	"oauth_panel_bindings",
	"oauth_completed_sign_ins",
] as const;

function lockOf(what: "user" | "client" | "family", id: string) {
	return sql`hashtextextended(${`sessions:${what}:${id}`}, 0)`;
}

function lockOfSelection(which: TokenSelection) {
	if ("userId" in which) return lockOf("user", which.userId);
	return "clientId" in which ? lockOf("client", which.clientId) : lockOf("family", which.familyId);
}

/** @param client the column that says of which client something is; a token that was exchanged ends with the other's */
function conditionOf(which: TokenSelection, client: RawBuilder<unknown> = sql`client_id`) {
	if ("familyId" in which) return sql<SqlBool>`family_id = ${which.familyId}`;
	const owner =
		"userId" in which ? sql<SqlBool>`user_id = ${which.userId}` : sql<SqlBool>`${client} = ${which.clientId}`;
	if (which.keep) {
		const kept = sql`select family_id from oauth_tokens where hash = ${which.keep}`;
		return sql<SqlBool>`${owner} and family_id not in (${kept})`;
	}
	const families = "userId" in which ? (which.keepFamilies ?? []) : [];
	return families.length > 0 ? sql<SqlBool>`${owner} and family_id <> all(${[...families]})` : owner;
}

function toCode(row: Selectable<Tables["oauth_codes"]>): StoredCode {
	return {
		hash: row.hash,
		clientId: row.client_id,
		userId: row.user_id,
		redirectUri: row.redirect_uri,
		challenge: row.challenge,
		familyId: row.family_id,
		expiresAt: row.expires_at,
		redeemedAt: row.redeemed_at,
		signedInAt: row.signed_in_at,
	};
}

function toToken(row: Selectable<Tables["oauth_tokens"]>): StoredToken {
	return {
		hash: row.hash,
		clientId: row.client_id,
		userId: row.user_id,
		familyId: row.family_id,
		createdAt: row.created_at,
		expiresAt: row.expires_at,
		lastUsedAt: row.last_used_at,
		subjectClientId: row.subject_client_id,
	};
}

function toRefreshToken(row: Selectable<Tables["oauth_refresh_tokens"]>): StoredRefreshToken {
	return {
		hash: row.hash,
		clientId: row.client_id,
		userId: row.user_id,
		familyId: row.family_id,
		createdAt: row.created_at,
		signedInAt: row.signed_in_at,
		expiresAt: row.expires_at,
		usedAt: row.used_at,
		isPublic: row.public,
	};
}
