import type { ColumnType, Selectable } from "kysely";
import { sql } from "kysely";
import type { Db, Tables, Trx } from "../kernel/database/database.ts";
import { referable } from "../kernel/database/references.ts";
import type { AuthorizationState, ClientState, GrantType, OAuthClient } from "./model.ts";

declare module "../kernel/database/database.ts" {
	interface Tables {
		oauth_clients: {
			id: string;
			name: string;
			description: string | null;
			grant_type: string;
			redirect_uris: ColumnType<string[], string, string>;
			secret_hash: string | null;
			secret_shown_to: string | null;
			scopes: ColumnType<string[], string, string>;
			access_token_validity_seconds: number;
			state: string;
			date_created: Date;
			date_modified: Date;
			created_by: string | null;
			modified_by: string | null;
			date_to_delete: Date | null;
			version: number;
			authorization_state: string;
			authorized_scopes: ColumnType<string[], string, string>;
			authorized_roles: ColumnType<string[], string, string>;
			date_authorized: Date;
			date_authorization_changed: Date;
			authorized_by: string | null;
			authorization_changed_by: string | null;
		};
	}
}

export interface ClientStore {
	list(db: Db): Promise<OAuthClient[]>;
	get(db: Db, id: string): Promise<OAuthClient | undefined>;
	/** Clients with client credentials in use whose secret a user was shown: this one, or any. */
	knownPrograms(db: Db, userId?: string): Promise<OAuthClient[]>;
	/** Locks the row until the transaction ends. */
	lock(trx: Trx, id: string): Promise<OAuthClient | undefined>;
	save(trx: Trx, client: OAuthClient): Promise<void>;
	delete(trx: Trx, id: string): Promise<void>;
}

/** OAuth clients, for whatever signs people in by one. */
export const referredClients = referable("oauth_clients");

export const postgresClientStore: ClientStore = {
	async list(db) {
		return (await db.selectFrom("oauth_clients").selectAll().orderBy(sql`lower(name)`).orderBy("id").execute()).map(
			toClient,
		);
	},
	async get(db, id) {
		const row = await db.selectFrom("oauth_clients").selectAll().where("id", "=", id).executeTakeFirst();
		return row && toClient(row);
	},
	async knownPrograms(db, userId) {
		const programs = db
			.selectFrom("oauth_clients")
			.selectAll()
			.where("grant_type", "=", "CLIENT-CREDENTIALS")
			.where("state", "=", "active")
			.where("secret_shown_to", "is not", null);
		const known = userId === undefined ? programs : programs.where("secret_shown_to", "=", userId);
		return (await known.orderBy(sql`lower(name)`).orderBy("id").execute()).map(toClient);
	},
	async lock(trx, id) {
		const row = await trx.selectFrom("oauth_clients").selectAll().where("id", "=", id).forUpdate().executeTakeFirst();
		return row && toClient(row);
	},
	async save(trx, client) {
		const row = toRow(client);
		await trx
			.insertInto("oauth_clients")
			.values(row)
			.onConflict((conflict) => conflict.column("id").doUpdateSet(row))
			.execute();
	},
	async delete(trx, id) {
		await trx.deleteFrom("oauth_clients").where("id", "=", id).execute();
	},
};

function toClient(row: Selectable<Tables["oauth_clients"]>): OAuthClient {
	return {
		id: row.id,
		name: row.name,
		description: row.description,
		grantType: row.grant_type as GrantType,
		redirectUris: row.redirect_uris,
		secretHash: row.secret_hash,
		secretShownTo: row.secret_shown_to,
		scopes: row.scopes,
		accessTokenValiditySeconds: row.access_token_validity_seconds,
		state: row.state as ClientState,
		dateCreated: row.date_created,
		dateModified: row.date_modified,
		createdBy: row.created_by,
		modifiedBy: row.modified_by,
		dateToDelete: row.date_to_delete,
		version: row.version,
		authorization: {
			state: row.authorization_state as AuthorizationState,
			scopes: row.authorized_scopes,
			roleIds: row.authorized_roles,
			dateCreated: row.date_authorized,
			dateModified: row.date_authorization_changed,
			createdBy: row.authorized_by,
			modifiedBy: row.authorization_changed_by,
		},
	};
}

function toRow(client: OAuthClient) {
	return {
		id: client.id,
		name: client.name,
		description: client.description,
		grant_type: client.grantType,
		redirect_uris: JSON.stringify(client.redirectUris),
		secret_hash: client.secretHash,
		secret_shown_to: client.secretShownTo,
		scopes: JSON.stringify(client.scopes),
		access_token_validity_seconds: client.accessTokenValiditySeconds,
		state: client.state,
		date_created: client.dateCreated,
		date_modified: client.dateModified,
		created_by: client.createdBy,
		modified_by: client.modifiedBy,
		date_to_delete: client.dateToDelete,
		version: client.version,
		authorization_state: client.authorization.state,
		authorized_scopes: JSON.stringify(client.authorization.scopes),
		authorized_roles: JSON.stringify(client.authorization.roleIds),
		date_authorized: client.authorization.dateCreated,
		date_authorization_changed: client.authorization.dateModified,
		authorized_by: client.authorization.createdBy,
		authorization_changed_by: client.authorization.modifiedBy,
	};
}
