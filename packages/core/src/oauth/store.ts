import { type Selectable, type SqlBool, sql } from "kysely";
import type { Db, Tables, Trx } from "../kernel/database.ts";
import type { StoredCode, StoredRefreshToken, StoredToken } from "./model.ts";

declare module "../kernel/database.ts" {
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
		};
		oauth_tokens: {
			hash: string;
			client_id: string;
			user_id: string | null;
			family_id: string;
			created_at: Date;
			expires_at: Date;
			last_used_at: Date;
		};
		oauth_refresh_tokens: {
			hash: string;
			client_id: string;
			user_id: string;
			family_id: string;
			expires_at: Date;
			used_at: Date | null;
		};
		oauth_keys: { purpose: string; key: string };
	}
}

/** Which tokens to end. */
export type TokenSelection = { hash: string } | { userId: string } | { clientId: string } | { familyId: string };

/** Codes and tokens, all by hash: what stands here opens nothing. */
export interface TokenStore {
	addCode(trx: Trx, code: StoredCode): Promise<void>;
	/** Locks the code, so that of two redemptions at once the second sees what the first did. */
	lockCode(trx: Trx, hash: string): Promise<StoredCode | undefined>;
	redeemed(trx: Trx, hash: string, at: Date): Promise<void>;
	addToken(trx: Trx, token: StoredToken): Promise<void>;
	token(db: Db, hash: string): Promise<StoredToken | undefined>;
	/** Those of these that are there and have not expired. */
	living(db: Db, hashes: readonly string[], now: Date): Promise<Set<string>>;
	/** Ends access and refresh tokens. @returns the access tokens that were there */
	removeTokens(trx: Trx, which: TokenSelection): Promise<StoredToken[]>;
	used(db: Db, lastUsed: ReadonlyMap<string, Date>): Promise<void>;
	addRefreshToken(trx: Trx, token: StoredRefreshToken): Promise<void>;
	lockRefreshToken(trx: Trx, hash: string): Promise<StoredRefreshToken | undefined>;
	refreshed(trx: Trx, hash: string, at: Date): Promise<void>;
	/** Removes what ended before `before`. */
	prune(trx: Trx, before: Date): Promise<void>;
	/** Key under which sign-in pages are signed, shared by all processes. */
	signInKey(db: Db): Promise<string>;
}

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
			})
			.execute();
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
			})
			.execute();
	},
	async token(db, hash) {
		const row = await db.selectFrom("oauth_tokens").selectAll().where("hash", "=", hash).executeTakeFirst();
		return row && toToken(row);
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
	async removeTokens(trx, which) {
		const condition = conditionOf(which);
		if (!("hash" in which)) await trx.deleteFrom("oauth_refresh_tokens").where(condition).execute();
		return (await trx.deleteFrom("oauth_tokens").where(condition).returningAll().execute()).map(toToken);
	},
	async used(db, lastUsed) {
		const hashes = [...lastUsed.keys()];
		const times = [...lastUsed.values()].map((at) => at.toISOString());
		await sql`update oauth_tokens set last_used_at = greatest(last_used_at, used.at)
			from unnest(${hashes}::text[], ${times}::timestamptz[]) as used (hash, at)
			where oauth_tokens.hash = used.hash`.execute(db);
	},
	async addRefreshToken(trx, token) {
		await trx
			.insertInto("oauth_refresh_tokens")
			.values({
				hash: token.hash,
				client_id: token.clientId,
				user_id: token.userId,
				family_id: token.familyId,
				expires_at: token.expiresAt,
				used_at: token.usedAt,
			})
			.execute();
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
		for (const table of ["oauth_codes", "oauth_tokens", "oauth_refresh_tokens"] as const) {
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

function conditionOf(which: TokenSelection) {
	if ("hash" in which) return sql<SqlBool>`hash = ${which.hash}`;
	if ("userId" in which) return sql<SqlBool>`user_id = ${which.userId}`;
	if ("clientId" in which) return sql<SqlBool>`client_id = ${which.clientId}`;
	return sql<SqlBool>`family_id = ${which.familyId}`;
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
	};
}

function toRefreshToken(row: Selectable<Tables["oauth_refresh_tokens"]>): StoredRefreshToken {
	return {
		hash: row.hash,
		clientId: row.client_id,
		userId: row.user_id,
		familyId: row.family_id,
		expiresAt: row.expires_at,
		usedAt: row.used_at,
	};
}
