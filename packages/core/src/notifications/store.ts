import { sql } from "kysely";
import type { Db, Trx } from "../kernel/database/database.ts";
import type { Position } from "../kernel/events/position.ts";
import { prepared } from "../kernel/sql/prepared.ts";
import { writeLater } from "../kernel/sql/transaction.ts";
import type { ResumePoint } from "./resume-point.ts";

/** `plain` is the JSON WebSocket, `streaming` the XMPP one of the WebRTC SDK (platform-api 6.1). */
export type ChannelKind = "plain" | "streaming";

export interface StoredChannel {
	/** Unguessable: it is the socket's only credential (platform-api 5.1). */
	id: string;
	userId: string;
	clientId: string;
	/** The token with which it was made or last asked for topics: when that is over, so is the channel. */
	tokenHash: string;
	kind: ChannelKind;
	/** As they were asked for, combined ones unexpanded. */
	topics: string[];
	/** How far its socket has read the event log. */
	position: ResumePoint;
	/** Where the log stood when the channel was made: nobody resumes from before. */
	startPosition: Position;
	createdAt: Date;
	expiresAt: Date;
	lastUsedAt: Date;
}

interface Row {
	id: string;
	user_id: string;
	client_id: string;
	token_hash: string;
	kind: ChannelKind;
	topics: unknown;
	position: string;
	start_position: string;
	created_at: Date;
	expires_at: Date;
	last_used_at: Date;
}

declare module "../kernel/database/database.ts" {
	interface Tables {
		notification_channels: Row;
	}
}

/** A channel whose owner asks for topics lives on, with the token that asked. */
export interface Renewal {
	expiresAt: Date;
	usedAt: Date;
	/** Absent where another client asked: the channel stays with its own token. */
	tokenHash?: string;
}

export interface ChannelStore {
	/** Those of these ids that are there. */
	find(ids: readonly string[]): Promise<StoredChannel[]>;
	/** Of so many, those that were used last. */
	ids(most: number): Promise<string[]>;
	ofOwner(userId: string, clientId: string): Promise<StoredChannel[]>;
	/**
	 * Adds a channel after removing those of its owner that have to go for it; two at once see each other's.
	 * @param going names the ids to remove among the owner's channels
	 * @returns what was removed
	 */
	addInPlaceOf(channel: StoredChannel, going: (own: StoredChannel[]) => string[]): Promise<string[]>;
	/** Changes the topics with nobody changing them meanwhile; undefined where there is no such channel. */
	changeTopics(id: string, change: (topics: string[]) => string[], renewal?: Renewal): Promise<string[] | undefined>;
	/** From now on the channel lives with this token. */
	bind(id: string, tokenHash: string): Promise<void>;
	setPosition(id: string, position: ResumePoint, usedAt: Date): Promise<void>;
	/** Sets many at once, but none back: a position saved late must not undo a newer one. */
	advancePositions(positions: ReadonlyMap<string, ResumePoint>, usedAt: Date): Promise<void>;
	/** Returns the ids of those that were removed. */
	removeOfTokens(tokenHashes: readonly string[]): Promise<string[]>;
	/** The tokens that channels live with. */
	tokenHashes(): Promise<string[]>;
	/** Returns the ids of those that were removed. */
	removeExpired(now: Date): Promise<string[]>;
}

const byIds = prepared<{ ids: readonly string[] }, Row>((db, { ids }) =>
	db.selectFrom("notification_channels").selectAll().where("id", "=", sql<string>`any(${ids}::text[])`),
);

const ofOwner = prepared<{ userId: string; clientId: string }, Row>((db, { userId, clientId }) =>
	db.selectFrom("notification_channels").selectAll().where("user_id", "=", userId).where("client_id", "=", clientId),
);

/** Until the transaction ends no other adds a channel of the same owner. */
const ownLock = prepared<{ owner: string }>(
	(_db, { owner }) => sql`select pg_advisory_xact_lock(hashtext('notification_channels'), hashtext(${owner}))`,
);

export function channelStore(db: Db): ChannelStore {
	const table = (from: Db | Trx = db) => from.selectFrom("notification_channels").selectAll();
	const remove = () => db.deleteFrom("notification_channels").returning("id");
	return {
		async find(ids) {
			return (await byIds.all(db, { ids })).map(toChannel);
		},
		async ids(most) {
			const channels = db.selectFrom("notification_channels").select("id");
			return idsOf(await channels.orderBy("last_used_at", "desc").limit(most).execute());
		},
		async ofOwner(userId, clientId) {
			return (await ofOwner.all(db, { userId, clientId })).map(toChannel);
		},
		addInPlaceOf: (channel, going) =>
			db.transaction().execute(async (trx) => {
				const { userId, clientId } = channel;
				await ownLock.write(trx, { owner: `${userId} ${clientId}` });
				const own = await ofOwner.all(trx, { userId, clientId });
				const ids = going(own.map(toChannel));
				if (ids.length > 0) await writeLater(trx, trx.deleteFrom("notification_channels").where("id", "in", ids));
				await writeLater(trx, trx.insertInto("notification_channels").values(toRow(channel)));
				return ids;
			}),
		changeTopics: (id, change, renewal) =>
			db.transaction().execute(async (trx) => {
				const row = await table(trx).where("id", "=", id).forUpdate().executeTakeFirst();
				if (!row) return undefined;
				const topics = change(row.topics as string[]);
				await trx
					.updateTable("notification_channels")
					.set({ topics: JSON.stringify(topics), ...columnsOf(renewal) })
					.where("id", "=", id)
					.execute();
				return topics;
			}),
		async setPosition(id, position, usedAt) {
			await db
				.updateTable("notification_channels")
				.set({ position, last_used_at: usedAt })
				.where("id", "=", id)
				.execute();
		},
		async advancePositions(positions, usedAt) {
			if (positions.size === 0) return;
			const ids = [...positions.keys()].sort();
			const points = ids.map((id) => positions.get(id) ?? "0.0");
			await sql`update notification_channels as c
				set last_used_at = ${usedAt},
					position = case
						when (string_to_array(c.position, '.')::numeric[])[1:2] < (string_to_array(new.position, '.')::numeric[])[1:2]
							or starts_with(c.position, new.position || '.')
						then new.position else c.position end
				from unnest(${ids}::text[], ${points}::text[]) as new (id, position)
				where c.id = new.id`.execute(db);
		},
		async bind(id, tokenHash) {
			await db.updateTable("notification_channels").set({ token_hash: tokenHash }).where("id", "=", id).execute();
		},
		async removeOfTokens(tokenHashes) {
			if (tokenHashes.length === 0) return [];
			return idsOf(await remove().where("token_hash", "in", tokenHashes).execute());
		},
		async tokenHashes() {
			const rows = await db.selectFrom("notification_channels").select("token_hash").distinct().execute();
			return rows.map((row) => row.token_hash);
		},
		async removeExpired(now) {
			return idsOf(await remove().where("expires_at", "<=", now).execute());
		},
	};
}

function columnsOf(renewal: Renewal | undefined) {
	if (!renewal) return {};
	const { expiresAt, usedAt, tokenHash } = renewal;
	return { expires_at: expiresAt, last_used_at: usedAt, ...(tokenHash ? { token_hash: tokenHash } : {}) };
}

function idsOf(rows: { id: string }[]): string[] {
	return rows.map((row) => row.id);
}

function toChannel(row: Row): StoredChannel {
	return {
		id: row.id,
		userId: row.user_id,
		clientId: row.client_id,
		tokenHash: row.token_hash,
		kind: row.kind,
		topics: row.topics as string[],
		position: row.position,
		startPosition: row.start_position,
		createdAt: row.created_at,
		expiresAt: row.expires_at,
		lastUsedAt: row.last_used_at,
	};
}

function toRow(channel: StoredChannel): Row {
	return {
		id: channel.id,
		user_id: channel.userId,
		client_id: channel.clientId,
		token_hash: channel.tokenHash,
		kind: channel.kind,
		topics: JSON.stringify(channel.topics),
		position: channel.position,
		start_position: channel.startPosition,
		created_at: channel.createdAt,
		expires_at: channel.expiresAt,
		last_used_at: channel.lastUsedAt,
	};
}
