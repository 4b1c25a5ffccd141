import { outcomeOf } from "@inlay/contract";
import { findCall } from "../conversations/call/model.ts";
import type { CampaignFacts } from "../conversations/campaign/model.ts";
import { isPreview } from "../conversations/campaign/model.ts";
import { givenWrapup } from "../conversations/communication.ts";
import { type Conversation, isConnected, isOutside, isStaff, type Participant } from "../conversations/model.ts";
import type { CampaignBook } from "../conversations/ports.ts";
import type { Trx } from "../kernel/database/database.ts";
import type { Kernel } from "../kernel/domain.ts";
import type { Calling } from "./calling.ts";
import { afterAttempt, mapped, withAttempt } from "./choose.ts";
import { type SystemResult, systemCodes } from "./model.ts";
import type { ContactTries, RunStore } from "./run-store.ts";
import type { CameTo, WrapupRules } from "./wrapup-rules.ts";

/** A preview's time is over; somebody who answered has waited long enough. */
export const countdownJob = "outbound.countdown";
export const abandonJob = "outbound.abandon";
/** What they are told then is over. */
export const apologyJob = "outbound.apology";

interface Change {
	before?: Conversation;
	after: Conversation;
}

type Of = Change & { campaign: CampaignFacts; trx: Trx; run: number };

/**
 * What becomes of campaigns' contacts, noted in the transactions that change their conversations: an attempt that stands in a
 * conversation stands in the log of attempts, whatever happens to the server.
 */
export function createBook(
	{ jobs, clock }: Pick<Kernel, "jobs" | "clock">,
	{ calling, runs, wrapupRules }: { calling: Calling; runs: RunStore; wrapupRules: WrapupRules },
): CampaignBook {
	async function note(trx: Trx, { before, after }: Change, campaign: CampaignFacts): Promise<void> {
		const run = (await runs.runs(trx, [campaign.campaignId])).get(campaign.campaignId)?.run ?? 0;
		const of: Of = { ...(before ? { before } : {}), after, campaign, trx, run };
		await began(of);
		await went(of);
		await timers(of);
		await wrapped(of);
		if (after.endTime && !before?.endTime) await ended(of);
	}

	/** Dialled: it counts, whatever comes of it. */
	async function began({ before, after, campaign, trx, run }: Of): Promise<void> {
		const made = attemptsIn(after);
		for (let nth = attemptsIn(before).length + 1; nth <= made.length; nth++) {
			const number = made[nth - 1]?.number ?? "";
			const column = columnOf(campaign, number);
			const userId = after.participants.find((one) => isStaff(one) && isConnected(one))?.userId;
			const { campaignId, contactListId, contactId } = campaign;
			const at = clock.now();
			const attempt = { campaignId, contactListId, contactId, conversationId: after.id, nth, column, number, at };
			await runs.addAttempt(trx, run, { ...attempt, userId });
			const known = await calling.triesOf(trx, campaign, run);
			const limits = await calling.limitsOf(trx, contactListId);
			await runs.saveTries(trx, campaignId, run, { ...known, tries: withAttempt(known.tries, column, at, limits) });
			await calling.noteResult(trx, campaign, column, { at });
		}
	}

	async function went({ before, after, campaign, trx }: Of): Promise<void> {
		const made = attemptsIn(after);
		const nth = made.length;
		if (nth === 0) return;
		const [was, is] = [before && talkIn(before), talkIn(after)];
		if (is.answered && !was?.answered) await runs.markAttempt(trx, after.id, nth, { answeredAt: clock.now() });
		if (is.agent && !was?.agent) {
			const { userId } = is.agent;
			await runs.markAttempt(trx, after.id, nth, { agentAt: clock.now(), ...(userId ? { userId } : {}) });
		}
		for (const [index, { number, result }] of made.entries()) {
			if (result === undefined || attemptsIn(before)[index]?.result !== undefined) continue;
			await finish(trx, { after, campaign }, { nth: index + 1, number, result });
		}
	}

	async function finish(
		trx: Trx,
		{ after, campaign }: Pick<Of, "after" | "campaign">,
		{ nth, number, result }: { nth: number; number: string; result: SystemResult },
	): Promise<void> {
		const at = clock.now();
		const column = columnOf(campaign, number);
		const run = (await runs.runs(trx, [campaign.campaignId])).get(campaign.campaignId)?.run ?? 0;
		await runs.markAttempt(trx, after.id, nth, { endedAt: at, result });
		await calling.noteResult(trx, campaign, column, { at, result, uncallable: result === "unknownNumber" });
		const known = await calling.triesOf(trx, campaign, run);
		const tries = afterAttempt(
			known.tries,
			{ column, result, at },
			await calling.limitsOf(trx, campaign.contactListId),
		);
		await runs.saveTries(trx, campaign.campaignId, run, { ...known, tries });
		// Of a call with an agent the agent says what it was.
		if (result !== "talked") await ruled({ campaign, trx, run }, column, { systemCode: systemCodes[result] });
	}

	/** What the campaign's rules say of a call (agent-features 18): only its first wrap-up is asked for. */
	async function ruled({ campaign, trx, run }: Pick<Of, "campaign" | "trx" | "run">, column: string, came: CameTo) {
		const said = await wrapupRules(trx, campaign, column, came);
		if (!said?.againAt && !said?.isContactOver) return;
		const known = await calling.triesOf(trx, campaign, run);
		if (said.isContactOver && known.state !== "taken")
			await runs.saveTries(trx, campaign.campaignId, run, { ...known, state: "done", why: "notCallable" });
		else if (said.againAt) await runs.saveTries(trx, campaign.campaignId, run, recalled(known, column, said.againAt));
	}

	/** The countdown runs from when an agent has the preview until they call or leave it. */
	async function timers({ before, after, campaign, trx }: Of): Promise<void> {
		const [was, is] = [before !== undefined && countsDown(before), countsDown(after)];
		const payload = { conversationId: after.id };
		if (is && !was) {
			const runAt = new Date(clock.now().getTime() + campaign.timeoutSeconds * 1000);
			await jobs.schedule(trx, { kind: countdownJob, key: after.id, runAt, payload });
		} else if (was && !is) await jobs.cancel(trx, countdownJob, after.id);
		const [alone, wasAlone] = [meetsNobody(after), before !== undefined && meetsNobody(before)];
		if (alone && !wasAlone) {
			const runAt = new Date(clock.now().getTime() + (await calling.abandonMs(trx)));
			await jobs.schedule(trx, { kind: abandonJob, key: after.id, runAt, payload });
		} else if (wasAlone && !alone) await jobs.cancel(trx, abandonJob, after.id);
	}

	/** Only the first wrap-up of a call says something of the contact (agent-features 18). */
	async function wrapped({ before, after, campaign, trx, run }: Of): Promise<void> {
		for (const party of after.participants) {
			const code = givenCode(party);
			const old = before?.participants.find((one) => one.id === party.id);
			if (!code || (old && givenCode(old) === code)) continue;
			const column = await runs.firstWrapup(trx, after.id, code);
			if (column === undefined) continue;
			const means = mapped(await calling.flagsOf(trx, code));
			if (means.contact || means.number) await calling.putAside(trx, campaign, column, means);
			const known = await calling.triesOf(trx, campaign, run);
			const why = means.contact ? "notCallable" : "rightParty";
			if (means.done) await runs.saveTries(trx, campaign.campaignId, run, { ...known, state: "done", why });
			else if (means.number && known.why === "talked")
				await runs.saveTries(trx, campaign.campaignId, run, { ...known, state: "open", why, againAt: clock.now() });
			await ruled({ campaign, trx, run }, column, { wrapupCode: code });
		}
	}

	async function ended({ after, campaign, trx, run }: Of): Promise<void> {
		const known = await calling.triesOf(trx, campaign, run);
		if (known.state === "taken") {
			const { recall, ...tries } = known.tries;
			const next = await calling.afterwards(trx, campaign, tries, whatCameOf(after, campaign));
			const one = { ...next, contactId: campaign.contactId, tries };
			if (recall)
				return runs.saveTries(trx, campaign.campaignId, run, recalled(one, recall.column, new Date(recall.at)));
			await runs.saveTries(trx, campaign.campaignId, run, {
				...one,
				skipReason: after.internal.campaign?.skipReason,
			});
		}
	}

	return {
		async follow(trx, changes) {
			for (const change of changes) {
				const { campaign } = change.after.internal;
				if (campaign) await note(trx, change, campaign);
			}
		},
		requireCallable: calling.requireCallable,
	};
}

/** That number is called again at that time; one that an interaction still has, once that is over. */
function recalled(known: ContactTries, column: string, at: Date): ContactTries {
	const again = at.toISOString();
	if (known.state === "taken") return { ...known, tries: { ...known.tries, recall: { column, at: again } } };
	const count = known.tries.columns[column]?.count ?? 0;
	const columns = { ...known.tries.columns, [column]: { count, again } };
	return { ...known, state: "open", why: "recalled", againAt: at, tries: { ...known.tries, columns, asked: column } };
}

/** How an interaction ended, as far as it says something of its contact. */
export type WhatCame = "skipped" | "returned" | SystemResult;

function whatCameOf(after: Conversation, campaign: CampaignFacts): WhatCame {
	const last = attemptsIn(after).at(-1);
	if (last) return last.result ?? "interrupted";
	if (campaign.outcome) return campaign.outcome;
	const had = after.participants.findLast((one) => isStaff(one) && one.connectedTime);
	return had?.callbacks?.[0]?.disconnectType === "client" ? "skipped" : "returned";
}

interface Made {
	number: string;
	result: SystemResult | undefined;
}

/** The attempts that stand in a conversation, with what came of those that are over. */
function attemptsIn(conversation: Conversation | undefined): Made[] {
	if (!conversation) return [];
	const { facts, campaign } = conversation.internal;
	if (campaign && isPreview(conversation))
		return (facts?.attempts ?? []).map(({ number, result }) => ({
			number,
			result: result === undefined ? undefined : read(result),
		}));
	const customer = conversation.participants.find(isOutside);
	if (!customer) return [];
	const result = conversation.endTime ? resultOfCall(conversation, customer) : undefined;
	return [{ number: customer.address ?? "", result }];
}

const known: Record<string, SystemResult> = {
	talked: "talked",
	busy: "busy",
	noAnswer: "noAnswer",
	refused: "refused",
	unknownNumber: "unknownNumber",
	unreachable: "unreachable",
	machine: "machine",
	interrupted: "interrupted",
};

/** An agent who hung up before anybody answered has waited long enough. */
const read = (result: string): SystemResult => known[result] ?? "noAnswer";

function resultOfCall(conversation: Conversation, customer: Participant): SystemResult {
	const { campaign } = conversation.internal;
	const { outcome } = campaign ?? {};
	if (outcome === "abandoned" || outcome === "interrupted" || outcome === "machine") return outcome;
	if (conversation.participants.some((one) => isStaff(one) && one.connectedTime)) return "talked";
	// They have answered, and hung up before an agent was there: whoever met nobody has met nobody.
	if (customer.connectedTime) return "abandoned";
	const call = findCall(customer);
	return read((call && outcomeOf(call)) ?? "");
}

function talkIn(conversation: Conversation) {
	const calls = (one: Participant) => findCall(one)?.connectedTime !== undefined;
	return {
		answered: conversation.participants.some((one) => isOutside(one) && calls(one)),
		agent: conversation.participants.find((one) => isStaff(one) && calls(one)),
	};
}

/** An agent looks at it, and has not called yet. */
function countsDown(conversation: Conversation): boolean {
	const { campaign, facts } = conversation.internal;
	if (!campaign || !isPreview(conversation) || campaign.timeoutSeconds === 0) return false;
	if (conversation.endTime || (facts?.attempts.length ?? 0) > 0) return false;
	return conversation.participants.some((one) => isStaff(one) && one.callbacks && isConnected(one));
}

/** Somebody has answered, and no agent has been there yet. */
export function meetsNobody(conversation: Conversation): boolean {
	if (conversation.endTime || isPreview(conversation) || !conversation.internal.campaign) return false;
	const { participants } = conversation;
	const isAnswered = participants.some((one) => isOutside(one) && isConnected(one));
	return isAnswered && !participants.some((one) => isStaff(one) && one.connectedTime);
}

function givenCode({ wrapup, purpose }: Participant): string | undefined {
	return purpose === "agent" ? givenWrapup(wrapup)?.code : undefined;
}

function columnOf({ numbers }: CampaignFacts, number: string): string {
	return numbers.find((one) => one.number === number)?.column ?? numbers[0]?.column ?? "";
}
