import { type ColumnType, type Selectable, sql } from "kysely";
import { rowsInDivisions } from "../authorization/store.ts";
import type { Db, Tables, Trx } from "../kernel/database/database.ts";
import { prepared } from "../kernel/sql/prepared.ts";
import type { PresenceDefinition, SystemPresence } from "./model.ts";

declare module "../kernel/database/database.ts" {
	interface Tables {
		presence_definitions: {
			id: string;
			language_labels: ColumnType<Record<string, string>, string, string>;
			system_presence: string;
			is_primary: boolean;
			division_id: string;
			deactivated: boolean;
			version: number;
			/** Among those under the same system presence. */
			position: number;
			/** Kept, as users may still have it. */
			deleted: boolean;
			created_at: Date;
			created_by: string | null;
			modified_at: Date;
			modified_by: string | null;
		};
		user_presences: {
			user_id: string;
			definition_id: string;
			message: string;
			modified_at: Date;
			/** Waits for after-call work to be done. */
			then_definition_id: ColumnType<string | null, string | null | undefined, string | null>;
			then_message: ColumnType<string, string | undefined, string>;
		};
	}
}

export interface StoredPresence {
	userId: string;
	definitionId: string;
	message: string;
	modifiedDate: Date;
	next?: { definitionId: string; message: string };
}

export interface PresenceStore {
	/** All, deleted ones included: users may still have them. */
	definitions(db: Db | Trx): Promise<PresenceDefinition[]>;
	/** Of two that would take a label at once, the second one waits here. */
	lockLabels(trx: Trx): Promise<void>;
	lockDefinition(trx: Trx, id: string): Promise<PresenceDefinition | undefined>;
	/** The organization's own under a system presence, in their order, their rows locked until the transaction ends. */
	lockUnder(trx: Trx, systemPresence: SystemPresence): Promise<PresenceDefinition[]>;
	insertDefinition(trx: Trx, definition: PresenceDefinition): Promise<void>;
	updateDefinition(trx: Trx, definition: PresenceDefinition): Promise<void>;
	find(db: Db | Trx, userIds: readonly string[]): Promise<StoredPresence[]>;
	save(trx: Trx, presence: StoredPresence): Promise<void>;
	/** Those of the users for whom a presence waits, by ascending id. */
	wishing(trx: Trx, userIds: readonly string[]): Promise<string[]>;
	/** Users who are On Queue, or will be once their after-call work is done. */
	wantingOnQueue(db: Db): Promise<string[]>;
	/** Users who have a presence other than this system presence. */
	withoutPresence(db: Db, systemPresence: SystemPresence): Promise<string[]>;
}

/** How many definitions are in each division. */
export const definitionsInDivisions = rowsInDivisions("presence_definitions", sql`not deleted`);

export const presenceStore: PresenceStore = {
	async definitions(db) {
		const rows = await db.selectFrom("presence_definitions").selectAll().orderBy("created_at").orderBy("id").execute();
		return rows.map(toDefinition);
	},

	async lockLabels(trx) {
		await sql`select pg_advisory_xact_lock(hashtextextended('presence labels', 0))`.execute(trx);
	},

	async lockDefinition(trx, id) {
		const row = await trx
			.selectFrom("presence_definitions")
			.selectAll()
			.where("id", "=", id)
			.forUpdate()
			.executeTakeFirst();
		return row && toDefinition(row);
	},

	async lockUnder(trx, systemPresence) {
		const rows = await trx
			.selectFrom("presence_definitions")
			.selectAll()
			.where("system_presence", "=", systemPresence)
			.where("is_primary", "=", false)
			.where("deleted", "=", false)
			.orderBy("position")
			.orderBy("created_at")
			.orderBy("id")
			.forUpdate()
			.execute();
		return rows.map(toDefinition);
	},

	async insertDefinition(trx, definition) {
		await trx
			.insertInto("presence_definitions")
			.values({
				id: definition.id,
				is_primary: definition.primary,
				created_at: definition.createdDate,
				created_by: definition.createdBy ?? null,
				...changeable(definition),
			})
			.execute();
	},

	async updateDefinition(trx, definition) {
		await trx.updateTable("presence_definitions").set(changeable(definition)).where("id", "=", definition.id).execute();
	},

	async find(db, userIds) {
		if (userIds.length === 0) return [];
		const rows = await presencesOf.all(db, { userIds: [...userIds] });
		return rows.map((row) => ({
			userId: row.user_id,
			definitionId: row.definition_id,
			message: row.message,
			modifiedDate: row.modified_at,
			...(row.then_definition_id === null
				? {}
				: { next: { definitionId: row.then_definition_id, message: row.then_message } }),
		}));
	},

	save: (trx, { next, ...presence }) =>
		savePresence.write(trx, {
			...presence,
			thenDefinitionId: next?.definitionId ?? null,
			thenMessage: next?.message ?? "",
		}),

	async wishing(trx, userIds) {
		const rows = await wishingAmong.all(trx, { userIds: [...userIds] });
		return rows.map((row) => row.user_id);
	},

	async wantingOnQueue(db) {
		const rows = await db
			.selectFrom("user_presences")
			.innerJoin("presence_definitions", (join) =>
				join.on((is) =>
					is.or([
						is("presence_definitions.id", "=", is.ref("user_presences.definition_id")),
						is("presence_definitions.id", "=", is.ref("user_presences.then_definition_id")),
					]),
				),
			)
			.select("user_presences.user_id")
			.distinct()
			.where("presence_definitions.system_presence", "=", "OnQueue")
			.orderBy("user_presences.user_id")
			.execute();
		return rows.map((row) => row.user_id);
	},

	async withoutPresence(db, systemPresence) {
		const rows = await db
			.selectFrom("user_presences")
			.innerJoin("presence_definitions", "presence_definitions.id", "user_presences.definition_id")
			.select("user_presences.user_id")
			.where("presence_definitions.system_presence", "!=", systemPresence)
			.execute();
		return rows.map((row) => row.user_id);
	},
};

const presencesOf = prepared((db, { userIds }: { userIds: string[] }) =>
	db
		.selectFrom("user_presences")
		.select(["user_id", "definition_id", "message", "modified_at", "then_definition_id", "then_message"])
		.where("user_id", "=", sql<string>`any(${userIds})`),
);

const wishingAmong = prepared((db, { userIds }: { userIds: string[] }) =>
	db
		.selectFrom("user_presences")
		.select("user_id")
		.where("user_id", "=", sql<string>`any(${userIds})`)
		.where("then_definition_id", "is not", null)
		.orderBy("user_id"),
);

interface PresenceRow extends Omit<StoredPresence, "next"> {
	thenDefinitionId: string | null;
	thenMessage: string;
}

const savePresence = prepared((db, row: PresenceRow) =>
	db
		.insertInto("user_presences")
		.values({
			user_id: row.userId,
			definition_id: row.definitionId,
			message: row.message,
			modified_at: row.modifiedDate,
			then_definition_id: row.thenDefinitionId,
			then_message: row.thenMessage,
		})
		.onConflict((conflict) =>
			conflict.column("user_id").doUpdateSet((is) => ({
				definition_id: is.ref("excluded.definition_id"),
				message: is.ref("excluded.message"),
				modified_at: is.ref("excluded.modified_at"),
				then_definition_id: is.ref("excluded.then_definition_id"),
				then_message: is.ref("excluded.then_message"),
			})),
		),
);

function changeable(definition: PresenceDefinition) {
	return {
		language_labels: JSON.stringify(definition.languageLabels),
		system_presence: definition.systemPresence,
		division_id: definition.divisionId,
		deactivated: definition.deactivated,
		version: definition.version,
		position: definition.position,
		deleted: definition.deleted,
		modified_at: definition.modifiedDate,
		modified_by: definition.modifiedBy ?? null,
	};
}

function toDefinition(row: Selectable<Tables["presence_definitions"]>): PresenceDefinition {
	return {
		id: row.id,
		languageLabels: row.language_labels,
		systemPresence: row.system_presence as SystemPresence,
		primary: row.is_primary,
		divisionId: row.division_id,
		deactivated: row.deactivated,
		version: row.version,
		position: row.position,
		deleted: row.deleted,
		createdDate: row.created_at,
		...(row.created_by === null ? {} : { createdBy: row.created_by }),
		modifiedDate: row.modified_at,
		...(row.modified_by === null ? {} : { modifiedBy: row.modified_by }),
	};
}
