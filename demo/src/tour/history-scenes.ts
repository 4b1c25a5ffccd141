import type { Scene, Stage } from "./stage.ts";

async function makeSamples({ samples }: Stage): Promise<string> {
	return `${await samples.make()} calls of the past two weeks are there.`;
}

async function removeSamples({ samples }: Stage): Promise<string> {
	return `${await samples.remove()} sample calls are gone, with their recordings. What you did yourself is still there.`;
}

/** What was, and can be looked up. */
export const historyScenes: readonly Scene[] = [
	{
		id: "history",
		title: "Two weeks of calls",
		first:
			"They were made at the first start, each by the steps that every call takes. Gone? The button makes them anew.",
		button: "Make the sample calls anew",
		look: [
			"Call history, in the menu of Anna’s panel: calls taken, missed, transferred, made, with their codes. Search by name or by digits.",
			"A row says who called, when, how long, and how it ended; Redial calls again.",
			"Three of Anna’s latest calls she has recorded herself: their rows have a player, with 440 Hz for the customer and 1 kHz for her.",
			"Three of Ben’s and Sam’s were recorded by the policy: those may be heard by whoever holds Recording > Recording > View. Open the CRM as Sam.",
		],
		set: makeSamples,
	},
	{
		id: "history-off",
		title: "Begin with nothing",
		button: "Remove the sample calls",
		look: ["Call history has only what you did yourself."],
		set: removeSamples,
	},
];
