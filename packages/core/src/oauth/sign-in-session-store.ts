import type { Selectable } from "kysely";
import type { Db, Tables, Trx } from "../kernel/database/database.ts";
import type { StoredSignInSession } from "./model.ts";

declare module "../kernel/database/database.ts" {
	interface Tables {
		oauth_sign_in_sessions: {
			hash: string;
			client_id: string;
			user_id: string;
			redirect_uri: string;
			family_id: string;
			signed_in_at: Date;
			expires_at: Date;
		};
	}
}

/** Sign-in sessions, by the hash of their cookie. They end in `store.ts`, with the tokens of their family. */
export const postgresSignInSessions = {
	async add(trx: Trx, session: StoredSignInSession): Promise<void> {
		const { hash, clientId, userId, redirectUri, familyId, signedInAt, expiresAt } = session;
		await trx
			.insertInto("oauth_sign_in_sessions")
			.values({
				hash,
				client_id: clientId,
				user_id: userId,
				redirect_uri: redirectUri,
				family_id: familyId,
				signed_in_at: signedInAt,
				expires_at: expiresAt,
			})
			.execute();
	},
	/** What a user has in a browser goes on under another cookie; all else under the old one ends. */
	async move(trx: Trx, { from, to, userId, except }: { from: string; to: string; userId: string; except: string }) {
		await trx
			.updateTable("oauth_sign_in_sessions")
			.set({ hash: to })
			.where("hash", "=", from)
			.where("user_id", "=", userId)
			.where("client_id", "!=", except)
			.execute();
		await postgresSignInSessions.remove(trx, from);
	},
	async find(db: Db, hash: string, clientId: string): Promise<StoredSignInSession | undefined> {
		const row = await db
			.selectFrom("oauth_sign_in_sessions")
			.selectAll()
			.where("hash", "=", hash)
			.where("client_id", "=", clientId)
			.executeTakeFirst();
		return row && toSession(row);
	},
	async families(db: Db, hash: string): Promise<string[]> {
		const rows = db.selectFrom("oauth_sign_in_sessions").select("family_id").where("hash", "=", hash);
		return (await rows.execute()).map((row) => row.family_id);
	},
	async remove(trx: Trx, hash: string): Promise<void> {
		await trx.deleteFrom("oauth_sign_in_sessions").where("hash", "=", hash).execute();
	},
};

function toSession(row: Selectable<Tables["oauth_sign_in_sessions"]>): StoredSignInSession {
	return {
		hash: row.hash,
		clientId: row.client_id,
		userId: row.user_id,
		redirectUri: row.redirect_uri,
		familyId: row.family_id,
		signedInAt: row.signed_in_at,
		expiresAt: row.expires_at,
	};
}
