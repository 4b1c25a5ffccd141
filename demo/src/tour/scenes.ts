import { campaigns, numbers, people } from "../facts.ts";
import { callbackScenes } from "./callback-scenes.ts";
import { colleagueScenes } from "./colleague-scenes.ts";
import { historyScenes } from "./history-scenes.ts";
import { messageScenes } from "./message-scenes.ts";
import { routingScenes } from "./routing-scenes.ts";
import { scriptScenes } from "./script-scenes.ts";
import type { Scene, Stage } from "./stage.ts";

async function somebodyCalls({ services, queue, nextCaller }: Stage): Promise<string> {
	const { name, phone } = nextCaller();
	await services.conversations.calls.startInboundCall({
		customer: { name, address: phone },
		dnis: numbers.service,
		queueId: queue.id,
		provider: "Inlay Demo",
	});
	return `${name} calls ${queue.name}. Whoever is On Queue is rung.`;
}

async function leaveVoicemail({ services }: Stage): Promise<string> {
	await services.conversations.calls.startInboundCall({
		customer: { name: "Vera Voss", address: "tel:+13175550130" },
		dnis: numbers.service,
		userId: people.agent.id,
		provider: "Inlay Demo",
	});
	return "Vera Voss calls Anna directly, and leaves six seconds when nobody answers.";
}

/** As by the button of the customer page, once the caller waits. */
async function leaveInQueue({ services: { conversations }, queue }: Stage): Promise<string> {
	const call = await conversations.calls.startInboundCall({
		customer: { name: "Vera Voss", address: "tel:+13175550130" },
		dnis: numbers.service,
		queueId: queue.id,
		provider: "Inlay Demo",
	});
	for (let tries = 0; tries < 50; tries++) {
		const now = await conversations.get(call.id);
		if (now?.participants.some(({ purpose }) => purpose === "acd")) break;
		await new Promise((resolve) => setTimeout(resolve, 100));
	}
	await conversations.calls.leaveMessage(call.id);
	return `Vera Voss waits in ${queue.name}, and leaves a message instead.`;
}

async function scheduleCallback({ services, queue, nextCaller }: Stage): Promise<string> {
	const { name, phone } = nextCaller();
	const inAnHour = new Date(Date.now() + 3_600_000).toISOString();
	await services.conversations.callbacks.create(
		{
			callbackNumbers: [phone],
			callbackUserName: name,
			queueId: queue.id,
			callbackScheduledTime: inAnHour,
			agentId: people.agent.id,
			data: { note: "Asks about the delivery of a lamp." },
		},
		{},
	);
	return `${name} will be called back in an hour, by Anna if possible.`;
}

async function makeDue({ services: { conversations } }: Stage): Promise<string> {
	const live = await conversations.ofMedium("callbacks").live();
	const scheduled = live.filter(({ participants }) => participants[0]?.callbacks?.[0]?.state === "scheduled");
	for (const { id } of scheduled)
		await conversations.callbacks.change(id, { callbackScheduledTime: new Date().toISOString() }, {});
	return scheduled.length === 0 ? "No callback is scheduled." : `Due now: ${scheduled.length}.`;
}

async function forwardToMobile({ services: { forwarding } }: Stage): Promise<string> {
	const calls = [{ targets: [{ type: "PHONENUMBER", value: "+13175550120" }] }];
	await forwarding.set(people.agent.id, { enabled: true, calls }, true, {});
	return "Anna’s direct calls go to (317) 555-0120.";
}

async function switchCampaign(
	{ services: { outbound } }: Stage,
	wanted: "on" | "off",
	name: string = campaigns.preview,
): Promise<string> {
	const { found } = await outbound.campaigns.list({ name }, { limit: 1, offset: 0 });
	const [campaign] = found;
	if (!campaign) return `There is no campaign ${name}.`;
	const { status } = await outbound.setStatus(campaign, wanted, { userId: people.admin.id });
	return wanted === "on"
		? `${campaign.name} calls: whoever is On Queue is offered a contact.`
		: `${campaign.name} is ${status}.`;
}

/** The tour, in the order in which somebody new would walk it. */
export const scenes: readonly Scene[] = [
	{
		id: "call",
		title: "A customer calls",
		first: "Open the CRM as Anna and set her status to On Queue.",
		button: "Let a customer call",
		look: [
			"The panel rings, and the caller’s contact opens before anybody answers.",
			"Answer: you hear each other. Mute, hold, keypad and notes are in the call’s card.",
			"Hang up: choose a wrap-up code, and find the call with its length and code on the contact.",
		],
		set: somebodyCalls,
	},
	{
		id: "second",
		title: "Two customers, one agent",
		first: "Be in a call as Anna, and have nobody else On Queue.",
		button: "Let another customer call",
		look: [
			"The second customer waits with music; nothing rings into Anna’s ear.",
			"Anna ends her call and its wrap-up: the second one rings within a second.",
		],
		set: somebodyCalls,
	},
	{
		id: "ends",
		title: "Every end has a reason",
		first: "Dial (317) 555-0100, …0199, …0197 and …0196 in the panel.",
		look: [
			"Busy, no answer, refused, not in service: the card says which, keeps the number, and offers to dial again.",
		],
	},
	{
		id: "transfer",
		title: "A transfer that reaches nobody",
		first: "In a call with a customer, transfer it to (317) 555-0100.",
		look: ["The line is busy: the customer comes back to you, and the panel says why. Nobody is lost."],
	},
	{
		id: "consult",
		title: "Ask somebody before you hand over",
		first: "Have Anna On Queue, press the button and answer.",
		button: "Let a customer call who needs somebody else",
		look: [
			"Transfer, type (317) 555-0123, Consult first: the customer hears music before anybody rings.",
			"The card has both with their clocks, and Customer, Both and Consult: only those whom you choose hear you.",
			"Complete hands the customer over; Cancel takes you back. Ask (317) 555-0100: busy, and one press leads back.",
			"Add to the call instead of Consult first makes a conference: hold, mute and remove each by themselves.",
		],
		set: somebodyCalls,
	},
	...colleagueScenes,
	...messageScenes,
	...scriptScenes,
	{
		id: "callback",
		title: "A customer wants to be called back",
		first: "Or do it by hand: press Call me back on the customer page while you wait, or Callback in a call’s card.",
		button: "Schedule a callback in an hour",
		look: [
			"Anna finds it in the panel’s menu under Callback, with both clocks where the customer is elsewhere; she can move or cancel it.",
		],
		set: scheduleCallback,
	},
	...callbackScenes,
	{
		id: "callback-due",
		title: "The clock: callbacks are due",
		first: "Have Anna On Queue and without a call.",
		button: "Make scheduled callbacks due now",
		look: [
			"The callback is offered within a second, and the contact opens. Answer it: its card has the numbers to call.",
			"Call: the attempt and what came of it are listed. Hang up, call again or finish: there is one wrap-up.",
		],
		set: makeDue,
	},
	{
		id: "forwarding",
		title: "Calls that go to a mobile",
		first: "Then press Let Ben call Anna, above: only calls that are made to Anna directly are forwarded.",
		button: "Forward Anna’s calls to a mobile",
		look: [
			"Anna’s panel says above the work where her calls go, with Off; the steps are in its settings.",
			"Ben calls Anna: her panel stays quiet, the mobile answers, hears the question and presses 1 after four seconds.",
			"(317) 555-0121 is a mailbox, which never presses anything: after 20 seconds it rings no longer.",
			"Let a customer call: the queue’s call rings in Anna’s panel all the same.",
		],
		set: forwardToMobile,
	},
	{
		id: "campaign",
		title: "A campaign offers contacts",
		first:
			"Have Anna On Queue and without a call. The contacts are numbers of nobody: …00 is busy, …99 does not answer, …98 is a machine.",
		button: "Start the campaign Order follow-up",
		look: [
			"A contact is there within a second, and its record opens: order, numbers with the time there, and a countdown of 20 s.",
			"Call, or let the countdown call. Skip brings the next one; hang up and Solved ends the contact for this run.",
			"Do not call puts the number onto the campaign’s list, Remove from campaign takes the contact out: the next one comes.",
			"Take Anna’s permission Outbound > Contact > View away below: the next one comes without its data, and nothing opens.",
		],
		set: (stage) => switchCampaign(stage, "on"),
	},
	{
		id: "campaign-off",
		title: "The campaign stops",
		button: "Stop the campaign",
		look: [
			"Who is looked at or talked to is finished; nobody new comes. Outbound in the administration shows how far it came.",
		],
		set: (stage) => switchCampaign(stage, "off"),
	},
	{
		id: "power",
		title: "A campaign that dials ahead",
		first: "Have Anna On Queue and without a call. The numbers are of nobody: each ends by its last two digits.",
		button: "Start the campaign Winter offer",
		look: [
			"Nothing rings at busy and silent numbers; who answers is connected to Anna at once, and their record opens.",
			"After each wrap-up the next one comes. Outbound in the administration counts attempts and who was let go of.",
		],
		set: (stage) => switchCampaign(stage, "on", campaigns.power),
	},
	{
		id: "power-off",
		title: "It dials no more",
		button: "Stop the campaign Winter offer",
		look: ["Who is talked to is finished; nobody new is dialled."],
		set: (stage) => switchCampaign(stage, "off", campaigns.power),
	},
	...historyScenes,
	{
		id: "recording",
		title: "What was recorded is heard",
		first: "In a call, press Record, speak, press Secure pause and Resume, and hang up.",
		look: [
			"While it is paused an amber bar says so; the recording has silence of the same length there.",
			"Call history, in the menu: the call’s row has a player, and its picture shows the pause hatched.",
			"In the administration, Recording: the policy All calls of the queue records without anybody pressing anything.",
		],
	},
	{
		id: "voicemail",
		title: "Leave a voicemail",
		first: "Have Anna’s status at Meal, or decline the call: her mailbox answers. Otherwise it does after 24 seconds.",
		button: "Let a customer call Anna and leave a message",
		look: [
			"Some twelve seconds later the badge at Anna’s menu counts one more; in the Inbox the message stands first, 0:06.",
			"Play it: it is heard, here and in every other tab. Forward it to Ben with a note, delete it and undo that.",
			"A message of the group Demo agents says who has heard it, and who sees to it.",
			"In the administration, Voicemail: when calls go to mailboxes, and how long messages are.",
		],
		set: leaveVoicemail,
	},
	...routingScenes,
	{
		id: "voicemail-queue",
		title: "A customer leaves the queue a message",
		first: "Have Anna On Queue and without a call. By hand: press Leave a message on the customer page while you wait.",
		button: "Let a customer leave the queue a message",
		look: [
			"Some fifteen seconds later Anna is offered it as work, and the caller’s contact opens: answer, play it, call back or finish.",
			"While the mailbox speaks, 0 leads back into the queue, with the place kept.",
			"In the administration, the queue’s page: whether it takes messages, and whether it does at once while nobody is On Queue.",
		],
		set: leaveInQueue,
	},
	{
		id: "reload",
		title: "A client that never loses a call",
		first: "In a call, reload the CRM’s page; then stop the server with kill -9 and start it again.",
		look: [
			"The call goes on: the customer hears music while you are away, and you again when the page is back.",
			"What you typed, the code you chose and the mute button are as you left them.",
		],
	},
];
