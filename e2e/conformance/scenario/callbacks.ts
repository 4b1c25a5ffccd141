import type { Demo } from "../../support/demo.ts";
import { until } from "../../support/until.ts";
import type { ConformanceRun } from "../run.ts";
import { callSdk } from "../sdk.ts";
import { answeringNumber } from "./dial.ts";
import type { People } from "./people.ts";

interface Part {
	id: string;
	purpose: string;
	state?: string;
	callbacks?: Array<{ id: string; state: string }>;
	calls?: Array<{ id: string; state: string }>;
}

/** A callback that the agent has accepted. */
interface Accepted {
	id: string;
	agent: string;
	communication: string;
}

/** Everything about callbacks: agreed upon, moved, due, accepted, called, wrapped up, handed over, cancelled. */
export async function callbackSteps(run: ConformanceRun, people: People, demo: Demo): Promise<void> {
	const { agent, admin } = people;
	await run.part("a callback that is called", async () => {
		const callback = await accept(run, people, demo);
		const own = [callback.id, callback.agent];
		const communication = [...own, callback.communication];
		await run.part("read it", () => run.call(agent, "ConversationsApi.getConversationsCallback", callback.id));
		await run.part("attributes", () =>
			run.call(agent, "ConversationsApi.patchConversationsCallbackParticipantAttributes", ...own, {
				attributes: { caseNumber: "4712" },
			}),
		);
		await run.part("its communication", () =>
			run.call(agent, "ConversationsApi.patchConversationsCallbackParticipantCommunication", ...communication, {
				held: false,
			}),
		);
		await run.part("call within", async () => {
			const body = { callNumber: answeringNumber(demo) };
			await run.call(agent, "ConversationsApi.postConversationsCall", callback.id, body);
			await until("the agent talks", async () =>
				(await partsOf(agent.token, callback.id)).some(
					(one) => one.id === callback.agent && one.calls?.some(({ state }) => state === "connected"),
				),
			);
		});
		await run.part("end and wrap up", async () => {
			const codes = await run.call<Array<{ id: string }>>(
				agent,
				"ConversationsApi.getConversationsCallbackParticipantWrapupcodes",
				...own,
			);
			const disconnected = { state: "disconnected" };
			await run.call(agent, "ConversationsApi.patchConversationsCallbackParticipant", ...own, disconnected);
			const body = { code: codes[0]?.id, notes: "Called back" };
			const wrapup = "ConversationsApi.postConversationsCallbackParticipantCommunicationWrapup";
			await run.call(agent, wrapup, ...communication, { body });
			await run.call(
				agent,
				"ConversationsApi.getConversationsCallbackParticipantCommunicationWrapup",
				...communication,
			);
			await run.call(agent, "ConversationsApi.getConversationsCallbackParticipantWrapup", ...own);
		});
		await run.part("from a conversation", () =>
			run.call(agent, "ConversationsApi.postConversationParticipantCallbacks", ...own, {
				body: { callbackNumbers: [demo.numbers.farEnd], callbackScheduledTime: inMinutes(60) },
			}),
		);
	});
	await run.part("a callback that is handed over", async () => {
		const { id, agent: own } = await accept(run, people, demo);
		const queue = { queueId: demo.queue.id };
		await run.call(agent, "ConversationsApi.postConversationsCallbackParticipantReplace", id, own, queue);
		const disconnected = { state: "disconnected" };
		await run.call(admin, "ConversationsApi.patchConversationsCallback", id, disconnected);
		const wrapup = { wrapupSkipped: true };
		await callSdk(agent.token, "ConversationsApi.patchConversationsCallbackParticipant", [id, own, wrapup]);
		const { body } = await callSdk(agent.token, "ConversationsApi.getConversationsCallbackParticipantWrapupcodes", [
			id,
			own,
		]);
		const coded = { wrapup: { code: (body as Array<{ id: string }>)[0]?.id } };
		await callSdk(agent.token, "ConversationsApi.patchConversationsCallbackParticipant", [id, own, coded]);
	});
}

const inMinutes = (minutes: number) => new Date(Date.now() + minutes * 60_000).toISOString();

/** Agreed upon for later, moved to now, given to the agent and accepted. */
async function accept(run: ConformanceRun, { agent, admin }: People, demo: Demo): Promise<Accepted> {
	const callbackNumbers = [demo.numbers.farEnd];
	const created = await run.call<{ conversation: { id: string } }>(
		agent,
		"ConversationsApi.postConversationsCallbacks",
		{
			queueId: demo.queue.id,
			callbackNumbers,
			callbackUserName: "Theo",
			callbackScheduledTime: inMinutes(60),
		},
	);
	const { id } = created.conversation;
	await run.call(agent, "ConversationsApi.patchConversationsCallbacks", {
		conversationId: id,
		agentId: demo.users.agent.id,
		callbackScheduledTime: inMinutes(0),
	});
	const own = await until("the callback rings at the agent", async () => {
		const rung = (await partsOf(admin.token, id)).find((one) => one.purpose === "agent");
		if (!rung) await callSdk(admin.token, "ConversationsApi.postConversationAssign", [id, { id: demo.users.agent.id }]);
		return rung;
	});
	await callSdk(agent.token, "ConversationsApi.patchConversationsCallbackParticipant", [
		id,
		own.id,
		{ state: "connected" },
	]);
	return { id, agent: own.id, communication: own.callbacks?.[0]?.id ?? "" };
}

async function partsOf(token: string, conversationId: string): Promise<Part[]> {
	const answer = await callSdk(token, "ConversationsApi.getConversation", [conversationId]);
	if (answer.status !== 200) throw new Error(`Reading the callback answered ${answer.status}.`);
	return (answer.body as { participants: Part[] }).participants;
}
