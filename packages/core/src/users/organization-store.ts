import type { ColumnType, Selectable } from "kysely";
import type { Db, Tables, Trx } from "../kernel/database/database.ts";
import type { Organization } from "./organization.ts";
import type { OrganizationSettings } from "./organization-settings.ts";

declare module "../kernel/database/database.ts" {
	interface Tables {
		organization: {
			id: string;
			name: string;
			domain: string;
			default_language: string;
			default_country_code: string;
			third_party_uri: string | null;
			support_uri: string | null;
			version: number;
			settings: ColumnType<OrganizationSettings, string, string>;
			/** Since when it has an administrator, or had one: the product makes no other. */
			administered_since: Date | null;
		};
	}
}

/** The one row of the organization. */
export const organizationStore = {
	async get(db: Db): Promise<Organization> {
		return toOrganization(await db.selectFrom("organization").selectAll().executeTakeFirstOrThrow());
	},
	/** Locks the row until the transaction ends. */
	async lock(trx: Trx): Promise<Organization> {
		return toOrganization(await trx.selectFrom("organization").selectAll().forUpdate().executeTakeFirstOrThrow());
	},
	/** Whether the product has made its first administrator here, whatever became of them. */
	async hasHadAdministrator(db: Db): Promise<boolean> {
		const { administered_since } = await db
			.selectFrom("organization")
			.select("administered_since")
			.executeTakeFirstOrThrow();
		return administered_since !== null;
	},
	async markAdministered(db: Db, at: Date): Promise<void> {
		await db.updateTable("organization").set({ administered_since: at }).execute();
	},
	async save(trx: Trx, organization: Organization): Promise<void> {
		await trx
			.updateTable("organization")
			.set({
				name: organization.name,
				domain: organization.domain,
				default_language: organization.defaultLanguage,
				default_country_code: organization.defaultCountryCode,
				third_party_uri: organization.thirdPartyUri,
				support_uri: organization.supportUri,
				version: organization.version,
				settings: JSON.stringify(organization.settings),
			})
			.execute();
	},
};

function toOrganization(row: Selectable<Tables["organization"]>): Organization {
	return {
		id: row.id,
		name: row.name,
		domain: row.domain,
		defaultLanguage: row.default_language,
		defaultCountryCode: row.default_country_code,
		thirdPartyUri: row.third_party_uri,
		supportUri: row.support_uri,
		version: row.version,
		settings: row.settings,
	};
}
