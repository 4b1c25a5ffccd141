import type { Demo } from "../../support/demo.ts";
import type { ConformanceRun } from "../run.ts";
import { callSdk } from "../sdk.ts";
import type { People } from "./people.ts";

interface Entity {
	id: string;
}

interface Part extends Entity {
	purpose: string;
	emails?: Entity[];
}

/** An email conversation that an agent has in hand. */
interface InHand {
	id: string;
	own: string;
	communication: string;
}

/** Everything about emails: written first, drafted, sent, read, ended, wrapped up, handed over. */
export async function emailSteps(run: ConformanceRun, people: People, demo: Demo): Promise<void> {
	const { agent, admin } = people;
	await run.part("emails", async () => {
		const inHand = await begin(run, people, demo, "ada@customer.example");
		const { id, own, communication } = inHand;
		await run.part("list", () => run.call(agent, "ConversationsApi.getConversationsEmails"));
		await run.part("one", () => run.call(agent, "ConversationsApi.getConversationsEmail", id));
		await run.part("attributes", () =>
			run.call(agent, "ConversationsApi.patchConversationsEmailParticipantAttributes", id, own, {
				attributes: { caseNumber: "4711" },
			}),
		);
		await run.part("its communication", () =>
			run.call(agent, "ConversationsApi.patchConversationsEmailParticipantCommunication", id, own, communication, {
				held: false,
			}),
		);
		await run.part("what is written", () => writing(run, people, id));
		await run.part("end and wrap up", () => wrappingUp(run, people, inHand));
	});
	await run.part("emails that are handed over", async () => {
		const { id, own } = await begin(run, people, demo, "bob@customer.example");
		const queue = { queueId: demo.queue.id };
		await run.call(agent, "ConversationsApi.postConversationsEmailParticipantReplace", id, own, queue);
		await run.call(admin, "ConversationsApi.patchConversationsEmail", id, { state: "disconnected" });
		const codes = await callSdk(agent.token, "ConversationsApi.getConversationsEmailParticipantWrapupcodes", [id, own]);
		const wrapup = { code: (codes.body as Entity[])[0]?.id };
		await callSdk(agent.token, "ConversationsApi.patchConversationsEmailParticipant", [id, own, { wrapup }]);
	});
	await run.part("domains", async () => {
		const { entities } = await run.call<{ entities: Entity[] }>(admin, "RoutingApi.getRoutingEmailDomains");
		await run.call(admin, "RoutingApi.getRoutingEmailDomainRoutes", entities[0]?.id ?? "");
	});
}

async function writing(run: ConformanceRun, { agent }: People, id: string): Promise<void> {
	const draft = await run.call<Record<string, unknown>>(
		agent,
		"ConversationsApi.getConversationsEmailMessagesDraft",
		id,
	);
	const body = { ...draft, textBody: "Your order is on its way." };
	const kept = await run.call<Record<string, unknown>>(
		agent,
		"ConversationsApi.putConversationsEmailMessagesDraft",
		...[id, body],
	);
	await run.call(agent, "ConversationsApi.postConversationsEmailMessages", id, kept);
	const { entities } = await run.call<{ entities: Entity[] }>(
		agent,
		"ConversationsApi.getConversationsEmailMessages",
		id,
	);
	await run.call(agent, "ConversationsApi.getConversationsEmailMessage", id, entities[0]?.id ?? "");
}

async function wrappingUp(run: ConformanceRun, { agent }: People, { id, own, communication }: InHand): Promise<void> {
	const codes = await run.call<Entity[]>(
		agent,
		"ConversationsApi.getConversationsEmailParticipantWrapupcodes",
		...[id, own],
	);
	await run.call(agent, "ConversationsApi.patchConversationsEmailParticipant", id, own, { state: "disconnected" });
	const body = { code: codes[0]?.id, notes: "Answered" };
	const wrapup = "ConversationsApi.postConversationsEmailParticipantCommunicationWrapup";
	await run.call(agent, wrapup, id, own, communication, { body });
	const read = "ConversationsApi.getConversationsEmailParticipantCommunicationWrapup";
	await run.call(agent, read, id, own, communication);
	await run.call(agent, "ConversationsApi.getConversationsEmailParticipantWrapup", id, own);
}

/** The agent writes first; the demo's own mail server takes it. */
async function begin(run: ConformanceRun, { agent }: People, demo: Demo, toAddress: string): Promise<InHand> {
	const { id, participants } = await run.call<Entity & { participants: Part[] }>(
		agent,
		"ConversationsApi.postConversationsEmails",
		{ queueId: demo.queue.id, provider: "PureCloud Email", direction: "OUTBOUND", toAddress, subject: "Your order" },
	);
	const own = participants.find((one) => one.purpose === "agent")?.id ?? "";
	const whole = await callSdk(agent.token, "ConversationsApi.getConversation", [id]);
	const parts = (whole.body as { participants: Part[] }).participants;
	return { id, own, communication: parts.find((one) => one.id === own)?.emails?.[0]?.id ?? "" };
}
