import type { CobrowseEnd, CobrowseState, CobrowseView } from "@inlay/contract/cobrowse/session";
import { type Selectable, sql } from "kysely";
import type { Db, Tables, Trx } from "../kernel/database/database.ts";
import type { CobrowseSession } from "./model.ts";

declare module "../kernel/database/database.ts" {
	interface Tables {
		cobrowse_sessions: {
			id: string;
			conversation_id: string;
			user_id: string;
			agent_name: string;
			agent_participant_id: string;
			customer_participant_id: string;
			communication_type: CobrowseView["communicationType"];
			deployment_id: string | null;
			code: string | null;
			share_key_hash: string | null;
			viewer_key_hash: string | null;
			viewer_token: string | null;
			state: CobrowseState;
			is_away: boolean;
			offered_at: Date;
			due_at: Date | null;
			over_at: Date | null;
			ended_by: "agent" | "customer" | "system" | null;
			ended_why: CobrowseEnd | null;
			ended_at: Date | null;
		};
	}
}

type Row = Selectable<Tables["cobrowse_sessions"]>;

/** Sessions of co-browsing, as they are kept. */
export const cobrowseStore = {
	async get(db: Db, id: string): Promise<CobrowseSession | undefined> {
		return toSession(await db.selectFrom("cobrowse_sessions").selectAll().where("id", "=", id).executeTakeFirst());
	},

	/** The same, held until the transaction ends. */
	async hold(trx: Trx, id: string): Promise<CobrowseSession | undefined> {
		const one = trx.selectFrom("cobrowse_sessions").selectAll().where("id", "=", id).forUpdate();
		return toSession(await one.executeTakeFirst());
	},

	/** The newest of a conversation, ended ones too. */
	async ofConversation(db: Db, conversationId: string): Promise<CobrowseSession | undefined> {
		const all = db.selectFrom("cobrowse_sessions").selectAll().where("conversation_id", "=", conversationId);
		return toSession(await all.orderBy("offered_at", "desc").orderBy("id").limit(1).executeTakeFirst());
	},

	async byCode(db: Db, code: string): Promise<CobrowseSession | undefined> {
		return toSession(await db.selectFrom("cobrowse_sessions").selectAll().where("code", "=", code).executeTakeFirst());
	},

	/** Those that have not ended of a conversation or a user. */
	async live(db: Db, of: { conversationId?: string; userId?: string } = {}): Promise<CobrowseSession[]> {
		let all = db.selectFrom("cobrowse_sessions").selectAll().where("state", "<>", "ended");
		if (of.conversationId !== undefined) all = all.where("conversation_id", "=", of.conversationId);
		if (of.userId !== undefined) all = all.where("user_id", "=", of.userId);
		return (await all.orderBy("id").execute()).flatMap((row) => toSession(row) ?? []);
	},

	/** Whoever offers in the user's name waits for whoever does: of two at once the second finds the first. */
	async holdUser(trx: Trx, userId: string): Promise<void> {
		await sql`select pg_advisory_xact_lock(hashtextextended(${`cobrowse:${userId}`}, 0))`.execute(trx);
	},

	async save(trx: Trx, session: CobrowseSession): Promise<void> {
		const { id, ...row } = toRow(session);
		await trx
			.insertInto("cobrowse_sessions")
			.values({ id, ...row })
			.onConflict((conflict) => conflict.column("id").doUpdateSet(row))
			.execute();
	},
};

function toSession(row: Row | undefined): CobrowseSession | undefined {
	if (!row) return undefined;
	return {
		id: row.id,
		conversationId: row.conversation_id,
		userId: row.user_id,
		agentName: row.agent_name,
		agentParticipantId: row.agent_participant_id,
		customerParticipantId: row.customer_participant_id,
		communicationType: row.communication_type,
		state: row.state,
		isAway: row.is_away,
		offeredAt: row.offered_at,
		...(row.deployment_id ? { deploymentId: row.deployment_id } : {}),
		...(row.code ? { code: row.code } : {}),
		...(row.share_key_hash ? { shareKeyHash: row.share_key_hash } : {}),
		...(row.viewer_key_hash ? { viewerKeyHash: row.viewer_key_hash } : {}),
		...(row.viewer_token ? { viewerToken: row.viewer_token } : {}),
		...(row.due_at ? { dueAt: row.due_at } : {}),
		...(row.over_at ? { overAt: row.over_at } : {}),
		...(row.ended_by ? { endedBy: row.ended_by } : {}),
		...(row.ended_why ? { endedWhy: row.ended_why } : {}),
		...(row.ended_at ? { endedAt: row.ended_at } : {}),
	};
}

function toRow(session: CobrowseSession): Row {
	return {
		id: session.id,
		conversation_id: session.conversationId,
		user_id: session.userId,
		agent_name: session.agentName,
		agent_participant_id: session.agentParticipantId,
		customer_participant_id: session.customerParticipantId,
		communication_type: session.communicationType,
		deployment_id: session.deploymentId ?? null,
		code: session.code ?? null,
		share_key_hash: session.shareKeyHash ?? null,
		viewer_key_hash: session.viewerKeyHash ?? null,
		viewer_token: session.viewerToken ?? null,
		state: session.state,
		is_away: session.isAway,
		offered_at: session.offeredAt,
		due_at: session.dueAt ?? null,
		over_at: session.overAt ?? null,
		ended_by: session.endedBy ?? null,
		ended_why: session.endedWhy ?? null,
		ended_at: session.endedAt ?? null,
	};
}
