import type { Demo } from "../../support/demo.ts";
import { until } from "../../support/until.ts";
import type { ConformanceRun } from "../run.ts";
import { callSdk } from "../sdk.ts";
import type { People } from "./people.ts";

interface Party {
	id: string;
	purpose: string;
	calls?: Array<{ id: string; state: string }>;
}

/** A call that is up at both ends. */
export interface CallInProgress {
	id: string;
	/** The agent's own participant. */
	agent: string;
	/** The agent's communication. */
	communication: string;
	/** The participant on the outside. */
	customer: string;
}

/** Long enough for a machine that has much else to do. */
export const connectTimeoutMs = 40_000;

/** A number of the demo trunk that is answered at once. */
export const answeringNumber = ({ numbers }: Demo) => numbers.farEnd.replace(/..$/, "10");

/** The agent calls the demo trunk's far end on behalf of the queue; resolves when both ends are connected. */
export async function dial(run: ConformanceRun, { agent }: People, demo: Demo): Promise<CallInProgress> {
	const body = { phoneNumber: answeringNumber(demo), callFromQueueId: demo.queue.id };
	const { id } = await run.call<{ id: string }>(agent, "ConversationsApi.postConversationsCalls", body);
	let parties: Party[] = [];
	const connected = async () => {
		parties = await partiesOf(agent.token, id);
		return bothEnds(id, parties);
	};
	try {
		return await until("both ends of the call are connected", connected, connectTimeoutMs, 100);
	} catch (cause) {
		// A failure says how far the call had come.
		throw new Error(`The call was not connected at both ends: ${JSON.stringify(parties)}`, { cause });
	}
}

/** The call, once the agent and the outside are both connected in it. */
export async function connectedAt({ agent }: People, id: string): Promise<CallInProgress | undefined> {
	return bothEnds(id, await partiesOf(agent.token, id));
}

/** Ends a call for everybody, whatever became of it, and the agent's work after it. */
export async function clear(people: People, call: CallInProgress): Promise<void> {
	await callSdk(people.admin.token, "ConversationsApi.postConversationDisconnect", [call.id]);
	await finishWork(people, call);
}

/** Ends the agent's work after a call: the queue wants a wrap-up code, notes alone do not do. */
export async function finishWork({ agent }: People, call: CallInProgress): Promise<void> {
	const own = [call.id, call.agent];
	const { body } = await callSdk(agent.token, "ConversationsApi.getConversationsCallParticipantWrapupcodes", own);
	const wrapup = { wrapup: { code: (body as Array<{ id: string }>)[0]?.id } };
	await callSdk(agent.token, "ConversationsApi.patchConversationsCallParticipant", [...own, wrapup]);
}

async function partiesOf(token: string, conversationId: string): Promise<Party[]> {
	const answer = await callSdk(token, "ConversationsApi.getConversation", [conversationId]);
	if (answer.status !== 200) throw new Error(`Reading the call answered ${answer.status}.`);
	return (answer.body as { participants: Party[] }).participants;
}

function bothEnds(id: string, parties: readonly Party[]): CallInProgress | undefined {
	const connected = parties.filter((party) => party.calls?.some((call) => call.state === "connected"));
	const own = connected.find((party) => ["agent", "user"].includes(party.purpose));
	const other = connected.find((party) => ["customer", "external"].includes(party.purpose));
	const communication = own?.calls?.[0]?.id;
	return own && other && communication ? { id, agent: own.id, customer: other.id, communication } : undefined;
}
