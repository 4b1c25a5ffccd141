import type { Demo } from "../../support/demo.ts";
import type { ConformanceRun } from "../run.ts";
import type { People } from "./people.ts";

interface Message {
	id: string;
	group?: { id: string };
}

/** Mailboxes, the messages that the demo has left in them, and what holds for them. */
export async function voicemailSteps(run: ConformanceRun, people: People, demo: Demo): Promise<void> {
	const { agent, agent2, admin } = people;
	const [annaId, benId] = [demo.users.agent.id, demo.users.agent2.id];
	await run.part("one's own mailbox", async () => {
		await run.call(agent, "VoicemailApi.getVoicemailMailbox");
		await run.call(agent, "VoicemailApi.getVoicemailMeMailbox");
		await run.call(agent, "VoicemailApi.getVoicemailMePolicy");
		await run.call(agent, "VoicemailApi.patchVoicemailMePolicy", { alertTimeoutSeconds: 24 });
	});
	await run.part("messages", async () => {
		const mine = await run.call<{ entities: Message[] }>(agent, "VoicemailApi.getVoicemailMeMessages");
		const id = mine.entities[0]?.id ?? "";
		const read = await run.call<Message>(agent, "VoicemailApi.getVoicemailMessage", id);
		await run.call(agent, "VoicemailApi.patchVoicemailMessage", id, { read: true });
		await run.call(agent, "VoicemailApi.putVoicemailMessage", id, { ...read, read: false });
		await run.call(agent, "VoicemailApi.getVoicemailMessageMedia", id);
		await run.call(agent, "VoicemailApi.postVoicemailMessages", {
			body: { voicemailMessageId: id, userId: benId },
		});
		await run.call(agent2, "VoicemailApi.deleteVoicemailMessages");
		await run.call(agent, "VoicemailApi.deleteVoicemailMessage", id);
	});
	await run.part("a group's, a queue's and a user's mailbox", async () => {
		const all = await run.call<{ entities: Message[] }>(agent, "VoicemailApi.getVoicemailMessages");
		const groupId = all.entities.find(({ group }) => group)?.group?.id ?? "";
		await run.call(agent, "VoicemailApi.getVoicemailGroupMailbox", groupId);
		await run.call(agent, "VoicemailApi.getVoicemailGroupMessages", groupId);
		await run.call(admin, "VoicemailApi.getVoicemailQueueMessages", demo.queue.id);
		await run.call(admin, "VoicemailApi.getVoicemailUserMailbox", annaId);
		await run.call(admin, "VoicemailApi.getVoicemailUserMessages", annaId);
		await run.call(admin, "VoicemailApi.getVoicemailGroupPolicy", groupId);
		await run.call(admin, "VoicemailApi.patchVoicemailGroupPolicy", groupId, { enabled: true });
	});
	await run.part("policies", async () => {
		await run.call(admin, "VoicemailApi.getVoicemailPolicy");
		await run.call(admin, "VoicemailApi.putVoicemailPolicy", { alertTimeoutSeconds: 24 });
		await run.call(admin, "VoicemailApi.getVoicemailUserpolicy", annaId);
		await run.call(admin, "VoicemailApi.patchVoicemailUserpolicy", annaId, { alertTimeoutSeconds: 24 });
	});
}

/** Where direct calls go, set and taken back. */
export async function forwardingSteps(run: ConformanceRun, { agent }: People, demo: Demo): Promise<void> {
	await run.part("call forwarding", async () => {
		const userId = demo.users.agent.id;
		await run.call(agent, "UsersApi.getUserCallforwarding", userId);
		const calls = [{ targets: [{ type: "PHONENUMBER", value: demo.numbers.farEnd }] }];
		await run.call(agent, "UsersApi.putUserCallforwarding", userId, { enabled: true, calls });
		await run.call(agent, "UsersApi.patchUserCallforwarding", userId, { enabled: false });
	});
}
