import type { Demo } from "../../support/demo.ts";
import { until } from "../../support/until.ts";
import type { ConformanceRun } from "../run.ts";
import { type CallInProgress, clear, connectedAt, connectTimeoutMs, dial, finishWork } from "./dial.ts";
import type { People } from "./people.ts";

/** Blind and consult transfers of a call, each on a call of its own; those that the server lacks are passed over. */
export async function transferSteps(run: ConformanceRun, people: People, demo: Demo): Promise<void> {
	const queue = { queueId: demo.queue.id };
	const user = { userId: demo.users.agent2.id };
	const address = { address: demo.numbers.farEnd };
	const speakTo = { speakTo: "DESTINATION" };
	const { agent } = people;
	const onCall = (method: string, steps: (call: CallInProgress) => Promise<void>) =>
		withCall(run, people, demo, method, steps);

	for (const [method, body] of [
		["postConversationParticipantReplace", queue],
		["postConversationParticipantReplaceAgent", user],
		["postConversationParticipantReplaceExternal", address],
		["postConversationParticipantTransfer", address],
		["postConversationsCallParticipantReplace", queue],
	] as const) {
		await onCall(method, (call) => run.call(agent, `ConversationsApi.${method}`, call.id, call.agent, body));
	}
	await onCall("postConversationParticipantReplaceQueue", async (call) => {
		await run.call(agent, "ConversationsApi.postConversationParticipantReplaceQueue", call.id, call.agent, queue);
		await finishWork(people, call);
		await run.call(people.admin, "ConversationsApi.postConversationAssign", call.id, { id: demo.users.agent.id });
		// The official SDK takes no new call while it still sets the sound up of one that has ended.
		const assigned = () => connectedAt(people, call.id);
		await clear(people, await until("the agent has the assigned call", assigned, connectTimeoutMs, 100));
	});
	for (const [method, body] of [
		["postConversationsCallParticipantConsult", { ...speakTo, destination: address }],
		["postConversationsCallParticipantConsultAgent", { ...speakTo, ...user }],
		["postConversationsCallParticipantConsultQueue", { ...speakTo, ...queue }],
		["postConversationsCallParticipantConsultExternal", { ...speakTo, ...address }],
		["postConversationsCallParticipantVoiceConsult", { ...speakTo, ...address }],
	] as const) {
		await onCall(method, async (call) => {
			const object = [call.id, call.customer];
			await run.call(agent, `ConversationsApi.${method}`, ...object, body);
			const both = { speakTo: "BOTH" };
			await run.part("speak to both", () =>
				run.call(agent, "ConversationsApi.patchConversationsCallParticipantConsult", ...object, both),
			);
			await run.call(agent, "ConversationsApi.deleteConversationsCallParticipantConsult", ...object);
		});
	}
}

async function withCall(
	run: ConformanceRun,
	people: People,
	demo: Demo,
	method: string,
	steps: (call: CallInProgress) => Promise<void>,
): Promise<void> {
	if (run.isMissing(`ConversationsApi.${method}`)) return;
	await run.part(method, async () => {
		const call = await dial(run, people, demo);
		try {
			await steps(call);
		} finally {
			await clear(people, call);
		}
	});
}
