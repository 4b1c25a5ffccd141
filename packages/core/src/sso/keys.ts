import type { Db } from "../kernel/database/database.ts";

declare module "../kernel/database/database.ts" {
	interface Tables {
		sso_keys: { purpose: KeyPurpose; key: Buffer };
	}
}

/** Sealing what stands in the database, and what a browser carries to a provider and back. */
export type KeyPurpose = "seal" | "round-trip";

/** This installation's keys of 256 bits, made by the migration, the same in all processes. */
export function createSsoKeys(db: Db) {
	const known = new Map<KeyPurpose, Buffer>();
	return async function keyOf(purpose: KeyPurpose, on: Db = db): Promise<Buffer> {
		const read = known.get(purpose);
		if (read) return read;
		const row = on.selectFrom("sso_keys").select("key").where("purpose", "=", purpose);
		const { key } = await row.executeTakeFirstOrThrow();
		known.set(purpose, key);
		return key;
	};
}

export type SsoKeys = ReturnType<typeof createSsoKeys>;
