import { randomUUID } from "node:crypto";
import type { Demo } from "../../support/demo.ts";
import { until } from "../../support/until.ts";
import type { ConformanceRun } from "../run.ts";
import { callSdk } from "../sdk.ts";
import type { People } from "./people.ts";

interface Entity {
	id: string;
}

interface Part extends Entity {
	purpose: string;
	state?: string;
	messages?: Entity[];
}

/** An exchange of texts that an agent has in hand. */
interface InHand {
	id: string;
	own: string;
	communication: string;
}

/** Everything about messages: written first, read, ended, wrapped up, handed over; and those of an open channel. */
export async function messageSteps(run: ConformanceRun, people: People, demo: Demo): Promise<void> {
	const { agent, admin } = people;
	await run.part("texts", async () => {
		const inHand = await begin(run, people, demo, "+4915155501001");
		const { id, own, communication } = inHand;
		await run.part("list", () => run.call(agent, "ConversationsApi.getConversationsMessages"));
		await run.part("one", () => run.call(agent, "ConversationsApi.getConversationsMessage", id));
		await run.part("attributes", () =>
			run.call(agent, "ConversationsApi.patchConversationsMessageParticipantAttributes", id, own, {
				body: { attributes: { caseNumber: "4712" } },
			}),
		);
		await run.part("its communication", () =>
			run.call(agent, "ConversationsApi.patchConversationsMessageParticipantCommunication", id, own, communication, {
				held: false,
			}),
		);
		await run.part("what is written", () => writing(run, people, inHand));
		await run.part("no phone shows typing", () =>
			run.refused(
				agent,
				"ConversationsApi.postConversationsMessageCommunicationTyping",
				"message.typing.unsupported",
				...[id, communication, { typing: { type: "On" } }],
			),
		);
		await run.part("end and wrap up", () => wrappingUp(run, people, inHand));
	});
	await run.part("texts that are handed over", async () => {
		const { id, own } = await begin(run, people, demo, "+4915155501002");
		const queue = { queueId: demo.queue.id };
		await run.call(agent, "ConversationsApi.postConversationsMessageParticipantReplace", id, own, queue);
		await run.call(admin, "ConversationsApi.patchConversationsMessage", id, { state: "disconnected" });
		await wrapUpQuietly(people, { id, own });
	});
	await run.part("an open channel", () => openChannel(run, people, demo));
}

async function writing(run: ConformanceRun, { agent }: People, { id, communication }: InHand): Promise<void> {
	const message = await run.call<Entity>(
		agent,
		"ConversationsApi.postConversationsMessageCommunicationMessages",
		...[id, communication, { textBody: "Your order is on its way." }],
	);
	await run.call(agent, "ConversationsApi.getConversationsMessageMessage", id, message.id);
	await run.call(agent, "ConversationsApi.postConversationsMessageMessagesBulk", id, { body: [message.id] });
	await run.call(agent, "ConversationsApi.getConversationsMessageDetails", message.id);
}

async function wrappingUp(run: ConformanceRun, { agent }: People, { id, own, communication }: InHand): Promise<void> {
	const codes = await run.call<Entity[]>(
		agent,
		"ConversationsApi.getConversationsMessageParticipantWrapupcodes",
		...[id, own],
	);
	await run.call(agent, "ConversationsApi.patchConversationsMessageParticipant", id, own, {
		body: { state: "disconnected" },
	});
	const body = { code: codes[0]?.id, notes: "Answered" };
	const wrapup = "ConversationsApi.postConversationsMessageParticipantCommunicationWrapup";
	await run.call(agent, wrapup, id, own, communication, { body });
	const read = "ConversationsApi.getConversationsMessageParticipantCommunicationWrapup";
	await run.call(agent, read, id, own, communication);
	await run.call(agent, "ConversationsApi.getConversationsMessageParticipantWrapup", id, own);
}

/** The agent writes first, to a phone that is simulated. */
async function begin(run: ConformanceRun, { agent }: People, demo: Demo, toAddress: string): Promise<InHand> {
	const wish = { queueId: demo.queue.id, toAddress, toAddressMessengerType: "sms" };
	const { id } = await run.call<Entity>(agent, "ConversationsApi.postConversationsMessages", wish);
	const own = (await partsOf(agent.token, id)).find((one) => one.purpose === "agent");
	return { id, own: own?.id ?? "", communication: own?.messages?.[0]?.id ?? "" };
}

/** Somebody else's program brings what a customer wrote; what is answered it tells of. */
async function openChannel(run: ConformanceRun, people: People, demo: Demo): Promise<void> {
	const { admin, agent } = people;
	const address = await addOpenAddress(demo, admin.token);
	const time = new Date().toISOString();
	const customer = { id: "ada", idType: "Opaque", nickname: "Ada" };
	const arrived = await run.call<{ conversationId?: string }>(
		admin,
		"ConversationsApi.postConversationsMessageInboundOpenMessage",
		...[address.id, { channel: { from: customer, time, messageId: randomUUID() }, text: "Where is my order?" }],
	);
	const id = arrived.conversationId ?? "";
	const communication = await take(people, demo, id);
	const message = await run.call<Entity>(
		agent,
		"ConversationsApi.postConversationsMessageCommunicationMessages",
		...[id, communication.communication, { textBody: "On its way." }],
	);
	await run.call(admin, "ConversationsApi.postConversationsMessageInboundOpenReceipt", address.id, {
		id: message.id,
		channel: { to: { id: customer.id }, time },
		status: "Delivered",
	});
	const ended = [id, communication.own, { body: { state: "disconnected" } }];
	await callSdk(agent.token, "ConversationsApi.patchConversationsMessageParticipant", ended);
	await wrapUpQuietly(people, communication);
	await inlay(demo, admin.token, "DELETE", `/${address.id}`);
}

/** Gives the waiting exchange to the agent, who takes it. */
async function take({ agent, admin }: People, demo: Demo, id: string): Promise<InHand> {
	const own = await until("the exchange is the agent's", async () => {
		const found = (await partsOf(admin.token, id)).find((one) => one.purpose === "agent");
		if (!found)
			await callSdk(admin.token, "ConversationsApi.postConversationAssign", [id, { id: demo.users.agent.id }]);
		return found;
	});
	await callSdk(agent.token, "ConversationsApi.patchConversationsMessageParticipant", [
		id,
		own.id,
		{ body: { state: "connected" } },
	]);
	return { id, own: own.id, communication: own.messages?.[0]?.id ?? "" };
}

/** What comes after needs an agent without after-call work. */
async function wrapUpQuietly({ agent }: People, { id, own }: Pick<InHand, "id" | "own">): Promise<void> {
	const codes = await callSdk(agent.token, "ConversationsApi.getConversationsMessageParticipantWrapupcodes", [id, own]);
	const wrapup = { code: (codes.body as Entity[])[0]?.id };
	await callSdk(agent.token, "ConversationsApi.patchConversationsMessageParticipant", [id, own, { body: { wrapup } }]);
}

async function addOpenAddress(demo: Demo, token: string): Promise<Entity> {
	const wish = { name: "Conformance channel", channel: "open", address: "conformance", provider: "open" };
	// Nothing listens there: what is sent is tried again until the address is gone.
	const settings = { webhookUrl: "http://127.0.0.1:9/messages" };
	const answer = await inlay(demo, token, "POST", "", { ...wish, queueId: demo.queue.id, settings });
	return (await answer.json()) as Entity;
}

/** Addresses are ours: the SDK has no operation for them. */
async function inlay(demo: Demo, token: string, method: string, path: string, body?: object): Promise<Response> {
	return fetch(`${demo.api}/api/inlay/v1/messaging/addresses${path}`, {
		method,
		headers: { authorization: `Bearer ${token}`, ...(body ? { "content-type": "application/json" } : {}) },
		...(body ? { body: JSON.stringify(body) } : {}),
	});
}

async function partsOf(token: string, conversationId: string): Promise<Part[]> {
	const answer = await callSdk(token, "ConversationsApi.getConversation", [conversationId]);
	if (answer.status !== 200) throw new Error(`Reading the exchange answered ${answer.status}.`);
	return (answer.body as { participants: Part[] }).participants;
}
