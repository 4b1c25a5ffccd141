import { type Generated, type Selectable, type SelectQueryBuilder, sql } from "kysely";
import type { Db, Tables, Trx } from "../kernel/database/database.ts";
import { lowered } from "../kernel/database/lowered.ts";
import type { Station, UserStations } from "./model.ts";

declare module "../kernel/database/database.ts" {
	interface Tables {
		stations: {
			id: string;
			name: string;
			type: string;
			web_rtc_user_id: string | null;
			line_appearance_id: string;
			associated_user_id: string | null;
			associated_at: Date | null;
			call_appearances: Generated<number>;
			persistent_enabled: Generated<boolean>;
			persistent_idle_seconds: Generated<number>;
		};
		user_stations: { user_id: string; default_station_id: string | null; last_station_id: string | null };
	}
}

export interface StationFilter {
	/** Part of the name; letter case does not matter. */
	name?: string;
	ids?: string[];
	webRtcUserId?: string;
	lineAppearanceId?: string;
	/** Only stations that this user may choose, or only those they may not. */
	selectable?: { userId: string | undefined; wanted: boolean };
	descending?: boolean;
}

export interface StationStore {
	get(db: Db | Trx, stationId: string): Promise<Station | undefined>;
	list(db: Db, filter: StationFilter, slice: { limit: number; offset: number }): Promise<Station[]>;
	count(db: Db, filter: StationFilter): Promise<number>;
	/** Makes these stations unless their WebRTC users have one already. */
	insertMissing(trx: Trx, stations: Station[]): Promise<void>;
	webRtcOf(db: Db | Trx, userIds: readonly string[]): Promise<Station[]>;
	/** One user's association changes at a time. */
	lockUser(trx: Trx, userId: string): Promise<void>;
	/** Holds a station together with the one that the user has now, in one order for all callers. */
	lockWithUsers(trx: Trx, stationId: string | undefined, userId: string): Promise<Station[]>;
	lockStation(trx: Trx, stationId: string): Promise<Station | undefined>;
	/** What an administrator may set; nothing else of the station. */
	saveSettings(trx: Trx, station: Station): Promise<void>;
	saveAssociation(trx: Trx, stationId: string, user: { id: string; at: Date } | undefined): Promise<void>;
	setLast(trx: Trx, userId: string, stationId: string): Promise<void>;
	setDefault(trx: Trx, userId: string, stationId: string | null): Promise<void>;
	around(db: Db | Trx, userIds: readonly string[]): Promise<Map<string, UserStations>>;
}

export const stationStore: StationStore = {
	async get(db, stationId) {
		const row = await db.selectFrom("stations").selectAll().where("id", "=", stationId).executeTakeFirst();
		return row && toStation(row);
	},

	async list(db, filter, slice) {
		const rows = await filtered(db.selectFrom("stations").selectAll(), filter)
			.orderBy(sql`lower(name)`, filter.descending ? "desc" : "asc")
			.orderBy("id")
			.limit(slice.limit)
			.offset(slice.offset)
			.execute();
		return rows.map(toStation);
	},

	async count(db, filter) {
		const counted = db.selectFrom("stations").select((eb) => eb.fn.countAll<string>().as("total"));
		return Number((await filtered(counted, filter).executeTakeFirstOrThrow()).total);
	},

	async insertMissing(trx, stations) {
		if (stations.length === 0) return;
		await trx
			.insertInto("stations")
			.values(
				stations.map((station) => ({
					id: station.id,
					name: station.name,
					type: station.type,
					web_rtc_user_id: station.webRtcUserId ?? null,
					line_appearance_id: station.lineAppearanceId,
					associated_user_id: null,
					associated_at: null,
				})),
			)
			.onConflict((conflict) => conflict.column("web_rtc_user_id").doNothing())
			.execute();
	},

	async webRtcOf(db, userIds) {
		if (userIds.length === 0) return [];
		const rows = await db
			.selectFrom("stations")
			.selectAll()
			.where("web_rtc_user_id", "in", [...userIds])
			.execute();
		return rows.map(toStation);
	},

	async lockUser(trx, userId) {
		await sql`select pg_advisory_xact_lock(hashtextextended(${`station:${userId}`}, 0))`.execute(trx);
	},

	async lockWithUsers(trx, stationId, userId) {
		const rows = await trx
			.selectFrom("stations")
			.selectAll()
			.where((eb) => eb.or([eb("id", "=", stationId ?? ""), eb("associated_user_id", "=", userId)]))
			.orderBy("id")
			.forUpdate()
			.execute();
		return rows.map(toStation);
	},

	async lockStation(trx, stationId) {
		const row = await trx.selectFrom("stations").selectAll().where("id", "=", stationId).forUpdate().executeTakeFirst();
		return row && toStation(row);
	},

	async saveSettings(trx, { id, callAppearances, persistentEnabled, persistentIdleSeconds }) {
		await trx
			.updateTable("stations")
			.set({
				call_appearances: callAppearances,
				persistent_enabled: persistentEnabled,
				persistent_idle_seconds: persistentIdleSeconds,
			})
			.where("id", "=", id)
			.execute();
	},

	async saveAssociation(trx, stationId, user) {
		await trx
			.updateTable("stations")
			.set({ associated_user_id: user?.id ?? null, associated_at: user?.at ?? null })
			.where("id", "=", stationId)
			.execute();
	},

	async setLast(trx, userId, stationId) {
		await saveUser(trx, userId, { last_station_id: stationId });
	},

	async setDefault(trx, userId, stationId) {
		await saveUser(trx, userId, { default_station_id: stationId });
	},

	async around(db, userIds) {
		const found = new Map<string, UserStations>(userIds.map((id) => [id, {}]));
		if (userIds.length === 0) return found;
		const { rows } = await sql<Selectable<Tables["stations"]> & { of_user: string; role: keyof UserStations }>`
			select s.*, u.user_id as of_user, 'default' as role from user_stations u
				join stations s on s.id = u.default_station_id where u.user_id = any(${[...userIds]})
			union all select s.*, u.user_id, 'lastAssociated' from user_stations u
				join stations s on s.id = u.last_station_id where u.user_id = any(${[...userIds]})
			union all select s.*, s.associated_user_id, 'associated' from stations s
				where s.associated_user_id = any(${[...userIds]})`.execute(db);
		for (const row of rows) {
			const stations = found.get(row.of_user);
			if (stations) stations[row.role] = toStation(row);
		}
		return found;
	},
};

async function saveUser(
	trx: Trx,
	userId: string,
	values: { default_station_id?: string | null; last_station_id?: string },
) {
	await trx
		.insertInto("user_stations")
		.values({ user_id: userId, default_station_id: null, last_station_id: null, ...values })
		.onConflict((conflict) => conflict.column("user_id").doUpdateSet(values))
		.execute();
}

function filtered<O>(
	query: SelectQueryBuilder<Tables, "stations", O>,
	filter: StationFilter,
): SelectQueryBuilder<Tables, "stations", O> {
	const { name, ids, webRtcUserId, lineAppearanceId, selectable } = filter;
	let narrowed = query;
	if (name) narrowed = narrowed.where(sql`lower(name)`, "like", lowered(`%${name.replaceAll(/[\\%_]/g, "\\$&")}%`));
	if (ids) narrowed = narrowed.where("id", "=", sql<string>`any(${ids})`);
	if (webRtcUserId) narrowed = narrowed.where("web_rtc_user_id", "=", webRtcUserId);
	if (lineAppearanceId) narrowed = narrowed.where("line_appearance_id", "=", lineAppearanceId);
	if (selectable) {
		const user = selectable.userId ?? "";
		narrowed = narrowed.where(
			sql<boolean>`(coalesce(web_rtc_user_id, ${user}) = ${user}
				and coalesce(associated_user_id, ${user}) = ${user}) = ${selectable.wanted}`,
		);
	}
	return narrowed;
}

function toStation(row: Selectable<Tables["stations"]>): Station {
	return {
		id: row.id,
		name: row.name,
		type: row.type,
		...(row.web_rtc_user_id === null ? {} : { webRtcUserId: row.web_rtc_user_id }),
		lineAppearanceId: row.line_appearance_id,
		callAppearances: row.call_appearances,
		persistentEnabled: row.persistent_enabled,
		persistentIdleSeconds: row.persistent_idle_seconds,
		...(row.associated_user_id === null ? {} : { associatedUserId: row.associated_user_id }),
		...(row.associated_at === null ? {} : { associatedDate: row.associated_at }),
	};
}
