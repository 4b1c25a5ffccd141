import { randomUUID } from "node:crypto";
import { isDeepStrictEqual } from "node:util";
import type { Db, Trx } from "../kernel/database/database.ts";
import { RememberedTotals } from "../kernel/database/remembered-totals.ts";
import type { Kernel } from "../kernel/domain.ts";
import type { Actor } from "../kernel/events/event-log.ts";
import { notFound } from "../kernel/http/api-error.ts";
import type { EndingUsers } from "../users/endings.ts";
import { defaultStationChanged, stationAssociated, stationChanged, stationDisassociated } from "./events.ts";
import {
	defaultPersistentIdleSeconds,
	effectiveStationOf,
	type Station,
	type StationSettings,
	type UserStations,
	webRtcStationType,
} from "./model.ts";
import { requireAssociable, requireSettable } from "./rules.ts";
import { type StationFilter, stationStore as store } from "./store.ts";

/** What stations ask of the users domain. */
export interface StationUsers extends Pick<EndingUsers, "onEnded" | "whichActive"> {
	/** Those of the ids that are users. */
	find(userIds: readonly string[]): Promise<StationUser[]>;
}

export interface StationUser {
	id: string;
	name: string;
	/** The platform's User has one wherever it appears, also as a mere reference. */
	version: number;
}

/** Phones and who uses them: a station has at most one user, a user at most one station. */
export interface Stations {
	/** Whose stations these are. */
	users: StationUsers;
	get(stationId: string): Promise<Station | undefined>;
	/** @throws ApiError 404 `not.found` */
	require(stationId: string): Promise<Station>;
	list(
		filter: StationFilter,
		slice: { limit: number; offset: number },
	): Promise<{ stations: Station[]; total: number }>;
	/** The user's own phone in the browser, made when it is first asked for; undefined for unknown users. */
	webRtcStationOf(userId: string): Promise<Station | undefined>;
	/** Makes the WebRTC stations that these users lack. */
	ensureWebRtcStations(userIds: readonly string[]): Promise<void>;
	stationsOf(userId: string): Promise<UserStations>;
	stationsOfAll(userIds: readonly string[]): Promise<Map<string, UserStations>>;
	/** Where users' calls ring: the associated station, else the default one; who has none is left out. */
	effectiveStations(userIds: readonly string[], from?: Db): Promise<Map<string, Station>>;
	/**
	 * Gives the user this station in place of the one they had.
	 * @throws ApiError 404 `not.found`, 409 `general.conflict` when somebody else has it
	 */
	associate(userId: string, stationId: string, actor: Actor): Promise<void>;
	/** Nothing happens to a user without a station. */
	disassociate(userId: string, actor: Actor): Promise<void>;
	/** Takes the station from whoever has it. @throws ApiError 404 `not.found` */
	disassociateStation(stationId: string, actor: Actor): Promise<void>;
	/** Sets what is named. @throws ApiError 404 `not.found`, 400 where the station cannot have it */
	change(stationId: string, settings: StationSettings, actor: Actor): Promise<Station>;
	/** How long a media connection of the user's phone stays open without a call, in ms; undefined where it ends with it. */
	persistentMs(userId: string): Promise<number | undefined>;
	/** How many calls are on the line at once of the stations where users' calls ring; who has none is left out. */
	callAppearancesOf(trx: Trx, userIds: readonly string[]): Promise<Map<string, number>>;
	/** The station for when none is associated; undefined for none. @throws ApiError 404, 409 */
	setDefault(userId: string, stationId: string | undefined, actor: Actor): Promise<void>;
	/** Ends following the event log. */
	stop(): void;
}

export function createStations(kernel: Kernel, deps: { users: StationUsers }): Stations {
	const { database, events, clock } = kernel;
	const { db } = database;
	const totals = new RememberedTotals(kernel.feed, ({ entityType }) => entityType === "station");

	async function ensureWebRtcStations(userIds: readonly string[]): Promise<void> {
		const having = new Set((await store.webRtcOf(db, userIds)).map((station) => station.webRtcUserId));
		const lacking = userIds.filter((id) => !having.has(id));
		if (lacking.length === 0) return;
		const users = await deps.users.find(lacking);
		// In one order for all callers, so that two of them never wait for each other at the unique index.
		const inOrder = users.toSorted((a, b) => (a.id < b.id ? -1 : 1));
		await database.change((trx) => store.insertMissing(trx, inOrder.map(webRtcStation)));
		totals.forget();
	}

	async function webRtcStationOf(userId: string): Promise<Station | undefined> {
		await ensureWebRtcStations([userId]);
		return (await store.webRtcOf(db, [userId]))[0];
	}

	async function requireStation(stationId: string): Promise<Station> {
		const station = await store.get(db, stationId);
		if (!station) throw notFound("station", stationId);
		return station;
	}

	async function stationsOf(userId: string): Promise<UserStations> {
		return (await store.around(db, [userId])).get(userId) ?? {};
	}

	async function effectiveStations(userIds: readonly string[], from: Db = db): Promise<Map<string, Station>> {
		const around = await store.around(from, userIds);
		return new Map(
			[...around].flatMap(([userId, stations]) => {
				const station = effectiveStationOf(stations);
				return station ? [[userId, station] as const] : [];
			}),
		);
	}

	async function requireActive(trx: Trx, userId: string): Promise<void> {
		const active = await deps.users.whichActive(trx, [userId]);
		if (!active.has(userId)) throw notFound("user", userId);
	}

	// Lock order: the user, then stations by ascending id, then what is remembered of the user.
	async function associate(userId: string, stationId: string, actor: Actor): Promise<void> {
		await database.change(async (trx) => {
			await store.lockUser(trx, userId);
			await requireActive(trx, userId);
			const held = await store.lockWithUsers(trx, stationId, userId);
			const wanted = held.find((station) => station.id === stationId);
			if (!wanted) throw notFound("station", stationId);
			requireAssociable(wanted, userId);
			if (wanted.associatedUserId === userId) return;
			for (const left of held) if (left.id !== stationId) await store.saveAssociation(trx, left.id, undefined);
			await store.saveAssociation(trx, stationId, { id: userId, at: clock.now() });
			await store.setLast(trx, userId, stationId);
			await events.append(trx, [stationAssociated(userId, wanted, actor)]);
		});
	}

	async function disassociate(userId: string, actor: Actor): Promise<void> {
		await database.change((trx) => disassociateIn(trx, userId, actor));
	}

	async function disassociateIn(trx: Trx, userId: string, actor: Actor): Promise<void> {
		await store.lockUser(trx, userId);
		for (const station of await store.lockWithUsers(trx, undefined, userId)) await release(trx, station, actor);
	}

	async function disassociateStation(stationId: string, actor: Actor): Promise<void> {
		await database.change(async (trx) => {
			const station = await store.lockStation(trx, stationId);
			if (!station) throw notFound("station", stationId);
			await release(trx, station, actor);
		});
	}

	async function release(trx: Trx, station: Station, actor: Actor): Promise<void> {
		if (station.associatedUserId === undefined) return;
		await store.saveAssociation(trx, station.id, undefined);
		await events.append(trx, [stationDisassociated(station.associatedUserId, station, actor)]);
	}

	async function change(stationId: string, settings: StationSettings, actor: Actor): Promise<Station> {
		return database.change(async (trx) => {
			const station = await store.lockStation(trx, stationId);
			if (!station) throw notFound("station", stationId);
			requireSettable(station, settings);
			const after: Station = {
				...station,
				callAppearances: settings.callAppearances ?? station.callAppearances,
				persistentEnabled: settings.persistentEnabled ?? station.persistentEnabled,
				persistentIdleSeconds: settings.persistentIdleSeconds ?? station.persistentIdleSeconds,
			};
			if (isDeepStrictEqual(after, station)) return station;
			await store.saveSettings(trx, after);
			await events.append(trx, [stationChanged(after, actor)]);
			return after;
		});
	}

	async function persistentMs(userId: string): Promise<number | undefined> {
		const station = effectiveStationOf(await stationsOf(userId));
		return station?.persistentEnabled ? station.persistentIdleSeconds * 1000 : undefined;
	}

	async function callAppearancesOf(trx: Trx, userIds: readonly string[]): Promise<Map<string, number>> {
		const found = await effectiveStations(userIds, trx);
		return new Map([...found].map(([userId, { callAppearances }]) => [userId, callAppearances]));
	}

	async function setDefault(userId: string, stationId: string | undefined, actor: Actor): Promise<void> {
		if (stationId !== undefined) {
			const { associatedUserId: _inUse, ...station } = await requireStation(stationId);
			requireAssociable(station, userId);
		}
		await database.change(async (trx) => {
			// Also for the first default, of which there is no row to wait for: the log tells the last one last.
			await store.lockUser(trx, userId);
			if (stationId !== undefined) await requireActive(trx, userId);
			await store.setDefault(trx, userId, stationId ?? null);
			await events.append(trx, [defaultStationChanged(userId, stationId, actor)]);
		});
	}

	const unsubscribe = kernel.feed.subscribe(async (event) => {
		if (event.type === "user.created") await ensureWebRtcStations([event.entityId]);
	});
	// Whoever is deactivated or deleted leaves the desk to somebody else.
	deps.users.onEnded(async (trx, userId, actor) => {
		await disassociateIn(trx, userId, actor);
		return () => {};
	});

	return {
		users: deps.users,
		get: (stationId) => store.get(db, stationId),
		require: requireStation,
		async list(filter, slice) {
			if (filter.webRtcUserId) await ensureWebRtcStations([filter.webRtcUserId]);
			const { descending: _order, ...which } = filter;
			const [stations, total] = await Promise.all([
				store.list(db, filter, slice),
				totals.of(which, () => store.count(db, which)),
			]);
			return { stations, total };
		},
		webRtcStationOf,
		ensureWebRtcStations,
		stationsOf,
		stationsOfAll: (userIds) => store.around(db, userIds),
		effectiveStations,
		associate,
		disassociate,
		disassociateStation,
		change,
		persistentMs,
		callAppearancesOf,
		setDefault,
		stop: unsubscribe,
	};
}

function webRtcStation(user: { id: string; name: string }): Station {
	return {
		id: randomUUID(),
		name: `${user.name} WebRTC`,
		type: webRtcStationType,
		webRtcUserId: user.id,
		lineAppearanceId: randomUUID(),
		callAppearances: 1,
		persistentEnabled: false,
		persistentIdleSeconds: defaultPersistentIdleSeconds,
	};
}
