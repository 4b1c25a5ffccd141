import type { Db } from "../kernel/database.ts";
import type { Position } from "../kernel/event-log.ts";

/** `plain` is the JSON WebSocket, `streaming` the XMPP one of the WebRTC SDK (platform-api 6.1). */
export type ChannelKind = "plain" | "streaming";

export interface StoredChannel {
	/** Unguessable: it is the socket's only credential (platform-api 5.1). */
	id: string;
	userId: string;
	clientId: string;
	/** The token that made it: when that token is revoked, so is the channel. */
	tokenHash: string;
	kind: ChannelKind;
	/** As they were asked for, combined ones unexpanded. */
	topics: string[];
	/** How far its socket has read the event log. */
	position: Position;
	createdAt: Date;
	expiresAt: Date;
	lastUsedAt: Date;
}

declare module "../kernel/database.ts" {
	interface Tables {
		notification_channels: {
			id: string;
			user_id: string;
			client_id: string;
			token_hash: string;
			kind: ChannelKind;
			topics: unknown;
			position: string;
			created_at: Date;
			expires_at: Date;
			last_used_at: Date;
		};
	}
}

export interface ChannelStore {
	find(id: string): Promise<StoredChannel | undefined>;
	ofOwner(userId: string, clientId: string): Promise<StoredChannel[]>;
	add(channel: StoredChannel): Promise<void>;
	setTopics(id: string, topics: string[], expiresAt: Date): Promise<void>;
	setPosition(id: string, position: Position, usedAt: Date): Promise<void>;
	remove(ids: string[]): Promise<void>;
	removeOfToken(tokenHash: string): Promise<string[]>;
	removeExpired(now: Date): Promise<void>;
}

export function channelStore(db: Db): ChannelStore {
	const table = () => db.selectFrom("notification_channels").selectAll();
	return {
		async find(id) {
			const row = await table().where("id", "=", id).executeTakeFirst();
			return row && toChannel(row);
		},
		async ofOwner(userId, clientId) {
			const rows = await table().where("user_id", "=", userId).where("client_id", "=", clientId).execute();
			return rows.map(toChannel);
		},
		async add(channel) {
			await db.insertInto("notification_channels").values(toRow(channel)).execute();
		},
		async setTopics(id, topics, expiresAt) {
			await db
				.updateTable("notification_channels")
				.set({ topics: JSON.stringify(topics), expires_at: expiresAt })
				.where("id", "=", id)
				.execute();
		},
		async setPosition(id, position, usedAt) {
			await db
				.updateTable("notification_channels")
				.set({ position, last_used_at: usedAt })
				.where("id", "=", id)
				.execute();
		},
		async remove(ids) {
			if (ids.length === 0) return;
			await db.deleteFrom("notification_channels").where("id", "in", ids).execute();
		},
		async removeOfToken(tokenHash) {
			const rows = await db
				.deleteFrom("notification_channels")
				.where("token_hash", "=", tokenHash)
				.returning("id")
				.execute();
			return rows.map((row) => row.id);
		},
		async removeExpired(now) {
			await db.deleteFrom("notification_channels").where("expires_at", "<", now).execute();
		},
	};
}

interface Row {
	id: string;
	user_id: string;
	client_id: string;
	token_hash: string;
	kind: ChannelKind;
	topics: unknown;
	position: string;
	created_at: Date;
	expires_at: Date;
	last_used_at: Date;
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
		created_at: channel.createdAt,
		expires_at: channel.expiresAt,
		last_used_at: channel.lastUsedAt,
	};
}
