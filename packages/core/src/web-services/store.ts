import { sql } from "kysely";
import type { Db, Trx } from "../kernel/database/database.ts";
import { namesakes } from "../kernel/database/namesakes.ts";
import { referable } from "../kernel/database/references.ts";
import { seal, unseal } from "../kernel/sealing.ts";
import type { WebService } from "./model.ts";

interface Row {
	id: string;
	name: string;
	settings: Omit<WebService, "id" | "name" | "secrets" | "version">;
	/** JSON of the secret headers, sealed. */
	secret: Buffer | null;
	version: number;
}

/** Web services that scripts name by their ids. */
export const referredServices = referable("web_services");

/** Web services as they are kept. */
export function webServiceStore(db: Db) {
	async function keyOf(on: Db | Trx): Promise<Buffer> {
		const { rows } = await sql<{ key: Buffer }>`select key from web_service_keys where id = 1`.execute(on);
		if (!rows[0]) throw new Error("The table web_service_keys has lost its row.");
		return rows[0].key;
	}

	/** The key is read only where there is something to open. */
	async function toServices(rows: readonly Row[], on: Db | Trx): Promise<WebService[]> {
		const key = rows.some(({ secret }) => secret) ? await keyOf(on) : undefined;
		return rows.map(({ id, name, settings, secret, version }) => {
			const secrets = secret && key ? JSON.parse(unseal(key, id, secret)) : {};
			return { ...settings, id, name, secrets, version };
		});
	}

	return {
		names: namesakes("web_services"),

		/** By name. */
		async all(): Promise<WebService[]> {
			const { rows } = await sql<Row>`select * from web_services order by lower(name), id`.execute(db);
			return toServices(rows, db);
		},

		async find(id: string, on: Db | Trx = db): Promise<WebService | undefined> {
			const { rows } = await sql<Row>`select * from web_services where id = ${id}`.execute(on);
			return (await toServices(rows, on))[0];
		},

		async lock(trx: Trx, id: string): Promise<WebService | undefined> {
			await sql`select 1 from web_services where id = ${id} for update`.execute(trx);
			return this.find(id, trx);
		},

		async save(trx: Trx, { id, name, secrets, version, ...settings }: WebService): Promise<void> {
			const hasSecrets = Object.keys(secrets).length > 0;
			const secret = hasSecrets ? seal(await keyOf(trx), id, JSON.stringify(secrets)) : null;
			await sql`insert into web_services (id, name, settings, secret, version)
				values (${id}, ${name}, ${JSON.stringify(settings)}::jsonb, ${secret}, ${version})
				on conflict (id) do update set name = excluded.name, settings = excluded.settings, secret = excluded.secret,
					version = excluded.version`.execute(trx);
		},

		async delete(trx: Trx, id: string): Promise<void> {
			await sql`delete from web_services where id = ${id}`.execute(trx);
		},
	};
}
