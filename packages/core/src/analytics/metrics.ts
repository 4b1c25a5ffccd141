import type { ConversationMetric } from "../conversations/ports.ts";

const facts: Readonly<Record<ConversationMetric, true>> = {
	nOffered: true,
	tAcd: true,
	tWait: true,
	tAnswered: true,
	tAbandon: true,
	tFlowOut: true,
	tVoicemail: true,
	tAlert: true,
	tNotResponding: true,
	tContacting: true,
	tDialing: true,
	tTalk: true,
	tTalkComplete: true,
	tHeld: true,
	tHeldComplete: true,
	tAcw: true,
	tHandle: true,
	nConnected: true,
	nOutbound: true,
	nBlindTransferred: true,
	nConsult: true,
	nConsultTransferred: true,
	nError: true,
};

/** What `nTransferred` adds up (agent-features 14). */
export const transferred: readonly ConversationMetric[] = ["nBlindTransferred", "nConsultTransferred"];

/** The metrics of conversations that there are. */
export const measured: ReadonlySet<string> = new Set([...Object.keys(facts), "nTransferred"]);
