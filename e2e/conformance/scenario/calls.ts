import type { Demo } from "../../support/demo.ts";
import type { ConformanceRun } from "../run.ts";
import { type CallInProgress, clear, dial, finishWork } from "./dial.ts";
import type { People } from "./people.ts";

/**
 * Everything about calls, on two real calls to the demo trunk's far end.
 * The agent's phone must be registered and answer by itself.
 */
export async function callSteps(run: ConformanceRun, people: People, demo: Demo): Promise<void> {
	const { agent, admin } = people;
	await run.part("conference size", () =>
		run.call(agent, "ConversationsApi.getConversationsCallsMaximumconferenceparties"),
	);
	await run.part("call", async () => {
		const call = await dial(run, people, demo);
		await readSteps(run, people, call);
		await controlSteps(run, people, call);
		await recordingSteps(run, people, call);
		await run.part("utilization label", () =>
			run.call(people.admin, "ConversationsApi.patchConversationUtilizationlabel", call.id, { utilizationLabelId: "" }),
		);
		await run.part("further party", async () => {
			const body = { participants: [{ address: demo.numbers.farEnd }] };
			await run.call(agent, "ConversationsApi.postConversationsCallParticipants", call.id, body);
		});
		await run.call(agent, "ConversationsApi.patchConversationsCall", call.id, { state: "disconnected" });
		await wrapupSteps(run, people, call);
	});
	await run.part("hang up for all", async () => {
		const call = await dial(run, people, demo);
		await run.call(agent, "ConversationsApi.postConversationDisconnect", call.id);
		await run.part("wrap-up by the participant", () =>
			run.call(agent, "ConversationsApi.patchConversationsCallParticipant", call.id, call.agent, {
				wrapup: { notes: "Hung up" },
			}),
		);
		await finishWork(people, call);
	});
	await run.part("end by delete", async () => {
		const call = await dial(run, people, demo);
		await run.call(admin, "ConversationsApi.deleteConversation", call.id);
		await clear(people, call);
	});
	await run.part("history", () => run.call(agent, "ConversationsApi.getConversationsCallsHistory"));
}

async function readSteps(run: ConformanceRun, { agent, admin }: People, call: CallInProgress): Promise<void> {
	await run.part("own calls", () => run.call(agent, "ConversationsApi.getConversationsCalls"));
	for (const method of ["getConversationsCallbacks", "getConversationsEmails", "getConversationsMessages"]) {
		await run.part(method, () => run.call(agent, `ConversationsApi.${method}`));
	}
	await run.part("one call", () => run.call(agent, "ConversationsApi.getConversationsCall", call.id));
	await run.part("own conversations", () => run.call(agent, "ConversationsApi.getConversations"));
	await run.part("one conversation", () => run.call(admin, "ConversationsApi.getConversation", call.id));
	for (const method of ["getConversationParticipantWrapupcodes", "getConversationsCallParticipantWrapupcodes"]) {
		await run.part(method, () => run.call(agent, `ConversationsApi.${method}`, call.id, call.agent));
	}
}

async function controlSteps(run: ConformanceRun, { agent }: People, call: CallInProgress): Promise<void> {
	const own = [call.id, call.agent];
	const attributes = { attributes: { caseNumber: "4711" } };
	for (const method of ["patchConversationParticipantAttributes", "patchConversationsCallParticipantAttributes"]) {
		await run.part(method, () => run.call(agent, `ConversationsApi.${method}`, call.id, call.customer, attributes));
	}
	await run.part("hold and retrieve", async () => {
		await run.call(agent, "ConversationsApi.patchConversationsCallParticipant", ...own, { held: true });
		await run.call(agent, "ConversationsApi.patchConversationsCallParticipant", ...own, { held: false });
	});
	await run.part("mute", () =>
		run.call(agent, "ConversationsApi.patchConversationParticipant", ...own, { muted: true }),
	);
	await run.part("unmute", () =>
		run.call(agent, "ConversationsApi.patchConversationsCallParticipantCommunication", ...own, call.communication, {
			muted: false,
		}),
	);
	await run.part("keys", () =>
		run.call(agent, "ConversationsApi.postConversationParticipantDigits", ...own, { body: { digits: "12#" } }),
	);
}

async function recordingSteps(run: ConformanceRun, { admin, agent }: People, call: CallInProgress): Promise<void> {
	await run.part("record", () =>
		run.call(agent, "ConversationsApi.patchConversationsCallParticipant", call.id, call.agent, { recording: true }),
	);
	await run.part("pause the recording", () =>
		run.call(admin, "ConversationsApi.patchConversationRecordingstate", call.id, { recordingState: "PAUSED" }),
	);
	await run.part("go on recording", () =>
		run.call(admin, "ConversationsApi.putConversationsCallRecordingstate", call.id, { recordingState: "ACTIVE" }),
	);
}

async function wrapupSteps(run: ConformanceRun, { agent }: People, call: CallInProgress): Promise<void> {
	const own = [call.id, call.agent];
	const communication = [...own, call.communication];
	await run.part("wrap-up", async () => {
		const codes = await run.call<Array<{ id: string; name: string }>>(
			agent,
			"ConversationsApi.getConversationsCallParticipantWrapupcodes",
			...own,
		);
		const body = { code: codes[0]?.id, name: codes[0]?.name, notes: "Talked about the weather" };
		await run.call(agent, "ConversationsApi.postConversationsCallParticipantCommunicationWrapup", ...communication, {
			body,
		});
		await run.call(agent, "ConversationsApi.getConversationsCallParticipantCommunicationWrapup", ...communication);
		await run.call(agent, "ConversationsApi.getConversationsCallParticipantWrapup", ...own);
		await run.call(agent, "ConversationsApi.getConversationParticipantWrapup", ...own);
	});
}
