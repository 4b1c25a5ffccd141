import type { Db } from "../../kernel/database/database.ts";

declare module "../../kernel/database/database.ts" {
	interface Tables {
		sign_in_keys: { purpose: string; key: string };
	}
}

/** What each key is for: marking devices, sealing second factors, marking names in the log. */
export type KeyPurpose = "device" | "factor" | "name";

/** Keys of this installation, shared by all processes: random, made by the migration, 256 bits each. */
export class SignInKeys {
	readonly #db: Db;
	#keys: Promise<ReadonlyMap<string, Buffer>> | undefined;

	constructor(db: Db) {
		this.#db = db;
	}

	async get(purpose: KeyPurpose): Promise<Buffer> {
		this.#keys ??= this.#read().catch((error: unknown) => {
			this.#keys = undefined;
			throw error;
		});
		const key = (await this.#keys).get(purpose);
		if (!key) throw new Error(`There is no key for ${purpose}.`);
		return key;
	}

	async #read(): Promise<ReadonlyMap<string, Buffer>> {
		const rows = await this.#db.selectFrom("sign_in_keys").selectAll().execute();
		return new Map(rows.map(({ purpose, key }) => [purpose, Buffer.from(key, "base64url")]));
	}
}
