import { type ColumnType, type Generated, type Selectable, sql } from "kysely";
import type { Db, Tables, Trx } from "../kernel/database/database.ts";
import { seal, unseal } from "../kernel/sealing.ts";
import type { OfferedProvider } from "../oauth/sign-in-providers.ts";
import type { SsoKeys } from "./keys.ts";
import type { Gift, IdentityProvider, OidcTrust, SamlTrust } from "./model.ts";

/** What a provider's row keeps as JSON. */
interface KeptSettings {
	trust: Omit<OidcTrust, "clientSecret"> | SamlTrust;
	claims: IdentityProvider["claims"];
	allowedGroups: readonly string[];
}

declare module "../kernel/database/database.ts" {
	interface Tables {
		identity_providers: {
			id: string;
			name: string;
			label: string;
			kind: string;
			enabled: boolean;
			shown: boolean;
			settings: ColumnType<KeptSettings, string, string>;
			/** Sealed. */
			client_secret: Buffer | null;
			creates_people: boolean;
			division_id: string | null;
			version: number;
			date_created: Date;
			date_modified: Date;
		};
		identity_provider_gifts: {
			id: Generated<number>;
			provider_id: string;
			provider_group: string | null;
			group_id: string | null;
			role_id: string | null;
			division_id: string | null;
		};
	}
}

type Row = Selectable<Tables["identity_providers"]>;
type GiftRow = Selectable<Tables["identity_provider_gifts"]>;

/** The organization's identity providers, as they are kept. */
export function providerStore(db: Db, keyOf: SsoKeys) {
	async function toProviders(rows: readonly Row[], on: Db): Promise<IdentityProvider[]> {
		if (rows.length === 0) return [];
		const ids = rows.map((row) => row.id);
		const gifts = await on
			.selectFrom("identity_provider_gifts")
			.selectAll()
			.where("provider_id", "in", ids)
			.orderBy("id")
			.execute();
		return Promise.all(
			rows.map(async (row) => {
				const own = gifts.filter((gift) => gift.provider_id === row.id).map(toGift);
				const secret =
					row.client_secret === null ? undefined : unseal(await keyOf("seal", on), row.id, row.client_secret);
				return toProvider(row, own, secret);
			}),
		);
	}

	const enabled = () =>
		db.selectFrom("identity_providers").select(["id", "name", "label"]).where("enabled", "=", true).orderBy("name");

	return {
		/** Whoever changes a provider, or whether passwords count, waits for who does: one change at a time. */
		async lockAll(trx: Trx): Promise<void> {
			await sql`select pg_advisory_xact_lock(hashtextextended('identity_providers', 0))`.execute(trx);
		},
		async list(on: Db = db): Promise<IdentityProvider[]> {
			return toProviders(await on.selectFrom("identity_providers").selectAll().orderBy("name").execute(), on);
		},
		/** As the sign-in pages know those that they offer: without secrets, and what is given by them. */
		offered(): Promise<OfferedProvider[]> {
			return enabled().where("shown", "=", true).execute();
		},
		/** The same of the one that somebody names. */
		named(name: string): Promise<OfferedProvider | undefined> {
			return enabled().where("name", "=", name).executeTakeFirst();
		},
		/** Where a mapping gives the role, switched off or not: it is given again as soon as somebody switches it on. */
		async divisionsOfRole(on: Db, roleId: string): Promise<string[]> {
			const gifts = on.selectFrom("identity_provider_gifts").select("division_id").distinct();
			const rows = await gifts.where("role_id", "=", roleId).execute();
			return rows.flatMap(({ division_id }) => division_id ?? []);
		},
		async get(id: string, on: Db = db): Promise<IdentityProvider | undefined> {
			return (
				await toProviders(await on.selectFrom("identity_providers").selectAll().where("id", "=", id).execute(), on)
			)[0];
		},
		async save(trx: Trx, provider: IdentityProvider): Promise<void> {
			const row = await toRow(provider, await keyOf("seal", trx));
			await trx
				.insertInto("identity_providers")
				.values(row)
				.onConflict((conflict) => conflict.column("id").doUpdateSet(row))
				.execute();
			await trx.deleteFrom("identity_provider_gifts").where("provider_id", "=", provider.id).execute();
			if (provider.gifts.length === 0) return;
			const gifts = provider.gifts.map((gift) => ({
				provider_id: provider.id,
				provider_group: gift.group ?? null,
				group_id: gift.groupId ?? null,
				role_id: gift.roleId ?? null,
				division_id: gift.divisionId ?? null,
			}));
			await trx.insertInto("identity_provider_gifts").values(gifts).execute();
		},
		async delete(trx: Trx, id: string): Promise<void> {
			await trx.deleteFrom("identity_providers").where("id", "=", id).execute();
		},
		/** How much of providers is said of each of these divisions. */
		async inDivisions(ids: readonly string[], on: Db): Promise<Map<string, number>> {
			if (ids.length === 0) return new Map();
			const { rows } = await sql<{ id: string; count: number }>`
				select division_id as id, count(*)::int as count from (
					select division_id from identity_providers where division_id = any(${[...ids]})
					union all select division_id from identity_provider_gifts where division_id = any(${[...ids]})
				) said group by division_id`.execute(on);
			return new Map(rows.map(({ id, count }) => [id, count]));
		},
	};
}

export type ProviderStore = ReturnType<typeof providerStore>;

async function toRow(provider: IdentityProvider, key: Buffer): Promise<Row & { settings: never }> {
	const { id, trust, claims, allowedGroups } = provider;
	const secret = trust.kind === "oidc" ? trust.clientSecret : undefined;
	const { clientSecret: _sealed, ...told } = { clientSecret: undefined, ...trust };
	return {
		id,
		name: provider.name,
		label: provider.label,
		kind: trust.kind,
		enabled: provider.enabled,
		shown: provider.shown,
		settings: JSON.stringify({ trust: told, claims, allowedGroups }) as never,
		client_secret: secret === undefined ? null : seal(key, id, secret),
		creates_people: provider.createsPeople,
		division_id: provider.divisionId ?? null,
		version: provider.version,
		date_created: provider.dateCreated,
		date_modified: provider.dateModified,
	};
}

function toProvider(row: Row, gifts: readonly Gift[], clientSecret: string | undefined): IdentityProvider {
	const { trust, claims, allowedGroups } = row.settings;
	return {
		id: row.id,
		name: row.name,
		label: row.label,
		enabled: row.enabled,
		shown: row.shown,
		trust: trust.kind === "oidc" && clientSecret !== undefined ? { ...trust, clientSecret } : trust,
		claims,
		allowedGroups,
		createsPeople: row.creates_people,
		...(row.division_id === null ? {} : { divisionId: row.division_id }),
		gifts,
		version: Number(row.version),
		dateCreated: row.date_created,
		dateModified: row.date_modified,
	};
}

function toGift(row: GiftRow): Gift {
	return {
		...(row.provider_group === null ? {} : { group: row.provider_group }),
		...(row.group_id === null ? {} : { groupId: row.group_id }),
		...(row.role_id === null ? {} : { roleId: row.role_id }),
		...(row.division_id === null ? {} : { divisionId: row.division_id }),
	};
}
