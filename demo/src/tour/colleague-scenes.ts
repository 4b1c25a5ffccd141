import { numbers, people } from "../facts.ts";
import type { Scene, Stage } from "./stage.ts";

/** Why Ben is not there, for a person. */
const absences = {
	aside: "Somebody has signed in as Ben, and so he is not played.",
	failed: "Ben could not sign in; the server’s log says why. It is tried again.",
	coming: "Ben is on his way.",
	off: "Ben is not played.",
} as const;

/** Has Ben at his phone. @returns undefined once he is there, else why he is not */
async function needBen({ ben }: Stage): Promise<string | undefined> {
	const whereabouts = await ben.want(true);
	return whereabouts === "there" ? undefined : absences[whereabouts];
}

async function customerForBen(stage: Stage): Promise<string> {
	const missing = await needBen(stage);
	const { name, phone } = stage.nextCaller();
	await stage.services.conversations.calls.startInboundCall({
		customer: { name, address: phone },
		dnis: numbers.service,
		queueId: stage.queue.id,
		provider: "Inlay Demo",
	});
	return `${name} calls ${stage.queue.name}. ${missing ?? "Ben is there, and answers whoever calls him."}`;
}

async function benCalls(stage: Stage): Promise<string> {
	const missing = await needBen(stage);
	if (missing) return missing;
	await stage.ben.call(people.agent.id);
	return "Ben calls Anna.";
}

const ringsAt =
	"Ben answers after three seconds, and talks in tones of 880 Hz, long and short, that no other voice here has.";

/** What takes two people of the organization; one of them is played. */
export const colleagueScenes: readonly Scene[] = [
	{
		id: "colleague",
		title: "A colleague who answers by himself",
		first: "Open the CRM as Anna. Sign in as Ben nowhere: as soon as a person does, he is played no longer.",
		button: "Have Ben at his phone",
		look: [
			"In Anna’s panel, New interaction, type Ben: he is Available. Call him.",
			ringsAt,
			"Mute, hold, keypad: it is a call as any other, without a queue and without wrap-up.",
		],
		set: async (stage) => (await needBen(stage)) ?? "Ben is at his phone.",
	},
	{
		id: "internal",
		title: "A colleague calls you",
		first: "Have Anna’s panel open, and her status Available or On Queue: at any other her mailbox answers at once.",
		button: "Let Ben call Anna",
		look: [
			"The panel rings with his name, and no contact opens. Answer: the tones are his.",
			"Decline it, or let it ring for 24 seconds: her mailbox answers, and some twelve seconds later the badge at her menu counts his message.",
			"With the scene of the mobile set below, his call goes to the mobile, and Anna’s panel stays quiet.",
		],
		set: benCalls,
	},
	{
		id: "transfer-colleague",
		title: "Hand a customer over to a colleague",
		first: "Have Anna On Queue, press the button and answer.",
		button: "Let a customer call, and have Ben there",
		look: [
			"Transfer, type Ben, Transfer: you are out at once, and choose a wrap-up code.",
			"The customer hears ringing, then Ben. Hang up on the customer’s side to end it, or have Ben sent home above.",
			"Or Consult first: ask Ben while the customer hears music. Customer, Both and Consult choose who hears you.",
			"Add to the call makes a conference of three. Hold, mute and remove each of them by themselves.",
		],
		set: customerForBen,
	},
];
