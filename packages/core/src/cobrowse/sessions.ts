import { createHash, randomBytes, randomInt, randomUUID } from "node:crypto";
import type { CobrowseEnd, CobrowseState } from "@inlay/contract/cobrowse/session";
import type { Conversation } from "../conversations/model.ts";
import type { Controller, Conversations } from "../conversations/service.ts";
import type { Trx } from "../kernel/database/database.ts";
import type { Kernel } from "../kernel/domain.ts";
import { notFound } from "../kernel/http/api-error.ts";
import { notesOf } from "./document.ts";
import { cobrowseChanged } from "./events.ts";
import { awayMs, type CobrowseSession, isLive, isShared, offerMs, outlivesMs } from "./model.ts";
import { busy, codeUnknown, offerExpired, sessionOver } from "./refusals.ts";
import { requireParties } from "./rights.ts";
import { cobrowseStore as store } from "./store.ts";

/** A session ends by itself: its offer was not taken up, or no page came back. */
export const cobrowseDue = "cobrowse.due";

export interface SessionDeps {
	conversations: Pick<Conversations, "get" | "companions">;
	/** Where agents see what is shared; the session's id follows. */
	viewerUrl: string;
	/** Whether any messenger lets customers share that way. @throws ApiError 409 `cobrowse.off` */
	requireSetUp(communicationType: CobrowseSession["communicationType"]): Promise<void>;
}

/** What becomes of a session from one moment to the next. */
type Change = Partial<Omit<CobrowseSession, "id" | "conversationId" | "userId">>;

/** The life of sessions: each change is kept with what the conversation's document tells of it, and is told to the agent. */
export function createSessions(kernel: Kernel, { conversations, viewerUrl, requireSetUp }: SessionDeps) {
	const { database, clock, jobs } = kernel;
	const { db } = database;

	/** The session after it, kept; the conversation is held already. */
	async function keep(trx: Trx, session: CobrowseSession): Promise<CobrowseSession> {
		await store.save(trx, session);
		const runAt = endOf(session);
		if (runAt) await jobs.schedule(trx, { kind: cobrowseDue, key: session.id, runAt, payload: { id: session.id } });
		else await jobs.cancel(trx, cobrowseDue, session.id);
		await kernel.events.append(trx, [cobrowseChanged(session)]);
		return session;
	}

	/**
	 * What is decided of a session that is held. The conversation comes first: whoever changes it holds nothing of ours.
	 * @param decide undefined where nothing is to change
	 */
	async function change(
		id: string,
		decide: (session: CobrowseSession) => Change | undefined,
		by?: Controller,
		within?: Trx,
	): Promise<CobrowseSession | undefined> {
		const seen = await store.get(within ?? db, id);
		if (!seen) return undefined;
		const work = async (trx: Trx) => {
			let after: CobrowseSession | undefined;
			const decided = async () => {
				const before = await store.hold(trx, id);
				const changes = before && decide(before);
				after = before && changes ? without({ ...before, ...changes }) : before;
				return changes !== undefined;
			};
			// Whether there is anything to do is asked first, so that nothing is held for it.
			if (decide(seen) === undefined) return seen;
			await conversations.companions.note(trx, seen.conversationId, () => [], by);
			if (!(await decided()) || !after) return after;
			const now = clock.now();
			const kept = after;
			const connectedAt = isShared(kept) && kept.state !== "connecting" ? now : undefined;
			await conversations.companions.note(
				trx,
				kept.conversationId,
				(held) => notesOf(kept, `${viewerUrl}?session=${kept.id}`, now, connectedSince(held, kept) ?? connectedAt),
				by,
			);
			return keep(trx, kept);
		};
		return within ? work(within) : database.change(work);
	}

	/** Ends a session; one that has ended stays as it is. */
	function end(id: string, endedBy: "agent" | "customer" | "system", endedWhy: CobrowseEnd, within?: Trx) {
		return change(
			id,
			(session) =>
				isLive(session)
					? {
							...{ state: "ended", endedBy, endedWhy, endedAt: clock.now(), ...over },
							// Whoever types it late is told that it was one.
							...(endedWhy === "expired" && session.code ? { code: session.code } : {}),
						}
					: undefined,
			undefined,
			within,
		);
	}

	jobs.handle(cobrowseDue, async (trx, payload) => {
		const { id } = payload as { id: string };
		const session = await store.get(trx, id);
		// The jobs' own time may be a breath ahead of the clock (`Timeline`).
		const at = session && isLive(session) ? endOf(session) : undefined;
		if (!session || !at || at.getTime() > clock.now().getTime() + 1000) return;
		const why = at === session.overAt ? "interaction" : isShared(session) ? "left" : "expired";
		await end(id, "system", why, trx);
	});

	return {
		get: (id: string) => store.get(db, id),
		ofConversation: (conversationId: string) => store.ofConversation(db, conversationId),
		live: () => store.live(db),
		end,

		/**
		 * An agent offers to co-browse. An offer of theirs in that conversation that nobody has taken up gives way to it.
		 * @throws ApiError 403, 404, 409 `cobrowse.busy`, `cobrowse.off`
		 */
		async offer(conversationId: string, by: Controller): Promise<CobrowseSession> {
			const conversation = await conversations.get(conversationId);
			if (!conversation) throw notFound("conversation", conversationId);
			const { communicationType } = requireParties(conversation, by);
			await requireSetUp(communicationType);
			return database.change(async (trx) => {
				const held = await conversations.companions.note(trx, conversationId, () => [], by);
				const { agent, customer } = requireParties(held, by);
				await store.holdUser(trx, agent.userId ?? "");
				for (const one of await store.live(trx, { conversationId })) {
					if (one.userId !== agent.userId || isShared(one)) throw busy(conversationId);
					await end(one.id, "agent", "replaced", trx);
				}
				for (const one of await store.live(trx, { userId: agent.userId ?? "" })) {
					// What goes on after its call is over gives way to what the agent does now.
					if (!one.overAt) throw busy(conversationId);
					await end(one.id, "agent", "replaced", trx);
				}
				const now = clock.now();
				const session: CobrowseSession = {
					id: randomUUID(),
					conversationId,
					userId: agent.userId ?? "",
					agentName: agent.name ?? "",
					agentParticipantId: agent.id,
					customerParticipantId: customer.id,
					communicationType,
					code: await freeCode(trx),
					state: "offered",
					isAway: false,
					offeredAt: now,
					dueAt: new Date(now.getTime() + offerMs),
				};
				const url = `${viewerUrl}?session=${session.id}`;
				await conversations.companions.note(trx, conversationId, () => notesOf(session, url, now), by);
				return keep(trx, session);
			});
		},

		/**
		 * A customer has typed the code: it is used. They agree, or not, once they have read with whom they would share.
		 * @throws ApiError 404 `cobrowse.code.unknown`, 410 `cobrowse.offer.expired`
		 */
		async acceptCode(code: string, deploymentId: string): Promise<{ session: CobrowseSession; key: string }> {
			const found = await store.byCode(db, code);
			if (!found) throw codeUnknown();
			if (!isLive(found)) throw offerExpired();
			if (found.dueAt && found.dueAt <= clock.now()) {
				await end(found.id, "system", "expired");
				throw offerExpired();
			}
			return this.accept(found.id, deploymentId, "accepted");
		},

		/** @throws ApiError 409 where it is not offered any more */
		async accept(id: string, deploymentId: string, state: "accepted" | "connecting") {
			const key = randomBytes(24).toString("base64url");
			let isOurs = false;
			const session = await change(id, (before) => {
				isOurs = before.state === "offered";
				if (!isOurs) return undefined;
				const dueAt = new Date(clock.now().getTime() + (state === "accepted" ? consentMs : awayMs));
				return { state, deploymentId, code: undefined, shareKeyHash: hashOf(key), dueAt } as Change;
			});
			if (!session || !isOurs) throw codeUnknown();
			return { session, key };
		},

		/** A page of the customer's is there: by the key it is theirs. @throws ApiError 409 `cobrowse.over` */
		async pageCame(id: string, key: string): Promise<CobrowseSession> {
			const session = await change(id, (before) => {
				if (!isLive(before) || before.state === "offered" || before.shareKeyHash !== hashOf(key)) return undefined;
				return { state: "connecting", isAway: false, dueAt: undefined } as unknown as Change;
			});
			if (!session || !isLive(session) || session.shareKeyHash !== hashOf(key)) throw sessionOver();
			return session;
		},

		/** No page of the customer's is there: one may come back. */
		pageWent: (id: string) =>
			change(id, (before) =>
				isShared(before) && !before.isAway
					? { isAway: true, dueAt: new Date(clock.now().getTime() + awayMs) }
					: undefined,
			),

		/** Its interaction has ended, and it goes on for a while. */
		outlive: (id: string) =>
			change(id, (before) =>
				isShared(before) && !before.overAt ? { overAt: new Date(clock.now().getTime() + outlivesMs) } : undefined,
			),

		/** What goes on between the two. */
		move: (id: string, from: readonly CobrowseState[], state: CobrowseState) =>
			change(id, (before) => (from.includes(before.state) ? { state } : undefined)),

		/** A secret for the viewer of the session's own agent. @throws ApiError 404, 409 `cobrowse.over` */
		async viewerKey(
			conversationId: string,
			userId: string,
			token: string,
		): Promise<{ session: CobrowseSession; key: string }> {
			const found = await store.ofConversation(db, conversationId);
			if (!found || found.userId !== userId) throw notFound("co-browsing session", conversationId);
			const key = randomBytes(24).toString("base64url");
			const session = await change(found.id, (before) =>
				isLive(before) ? { viewerKeyHash: hashOf(key), viewerToken: token } : undefined,
			);
			if (!session || !isLive(session)) throw sessionOver();
			return { session, key };
		},

		/** The session, for a viewer that knows its secret. @throws ApiError 409 `cobrowse.over` */
		async byViewerKey(id: string, key: string): Promise<CobrowseSession> {
			const session = await store.get(db, id);
			if (!session || !isLive(session) || session.viewerKeyHash !== hashOf(key)) throw sessionOver();
			return session;
		},

		/** After a start: whoever shared a page has as long to come back as after any loss. */
		async startAnew(): Promise<void> {
			for (const { id } of await store.live(db)) await this.pageWent(id);
		},
	};
}

export type CobrowseSessions = ReturnType<typeof createSessions>;

/** To read with whom one would share, ms. */
const consentMs = 2 * 60_000;

/** What an ended session does not keep. */
const over = {
	code: undefined,
	shareKeyHash: undefined,
	viewerKeyHash: undefined,
	viewerToken: undefined,
	dueAt: undefined,
	overAt: undefined,
	isAway: false,
} as unknown as Change;

/** When it ends by itself, whatever comes first. */
function endOf({ dueAt, overAt }: CobrowseSession): Date | undefined {
	return dueAt && overAt ? (dueAt < overAt ? dueAt : overAt) : (dueAt ?? overAt);
}

/** Without the keys that are undefined. */
function without(session: CobrowseSession): CobrowseSession {
	return Object.fromEntries(
		Object.entries(session).filter(([, value]) => value !== undefined),
	) as unknown as CobrowseSession;
}

/** Since when it is connected, as the document tells it. */
function connectedSince(held: Conversation, { id, agentParticipantId }: CobrowseSession): Date | undefined {
	const parts = held.participants.find((one) => one.id === agentParticipantId)?.cobrowsesessions;
	const told = parts?.find((one) => one.cobrowseSessionId === id)?.connectedTime;
	return told ? new Date(told) : undefined;
}

async function freeCode(trx: Trx): Promise<string> {
	for (;;) {
		const code = String(randomInt(1_000_000_000)).padStart(9, "0");
		if (!(await store.byCode(trx, code))) return code;
	}
}

function hashOf(key: string): string {
	return createHash("sha256").update(key).digest("hex");
}
