import { numbers, people, queueName, skillNames } from "../facts.ts";
import type { Scene, Stage } from "./stage.ts";

const actor = { userId: people.admin.id };

async function asksForSkill(stage: Stage): Promise<string> {
	const { services, queue, nextCaller } = stage;
	const { found } = await services.skills.list({ name: skillNames.returns }, { limit: 25, offset: 0 });
	const skill = found.find((one) => one.name === skillNames.returns);
	if (!skill) return `There is no skill ${skillNames.returns} any more.`;
	const { name, phone } = nextCaller();
	await services.conversations.calls.startInboundCall({
		customer: { name, address: phone },
		dnis: numbers.service,
		queueId: queue.id,
		provider: "Inlay Demo",
		routing: { skillIds: [skill.id] },
	});
	return `${name} calls ${queue.name}, and asks for ${skillNames.returns}.`;
}

async function urgent({ services, queue, nextCaller }: Stage): Promise<string> {
	const [patient, hurried] = [nextCaller(), nextCaller()];
	for (const [{ name, phone }, priority] of [
		[patient, 0],
		[hurried, 5],
	] as const)
		await services.conversations.calls.startInboundCall({
			customer: { name, address: phone },
			dnis: numbers.service,
			queueId: queue.id,
			provider: "Inlay Demo",
			priority,
		});
	return `${patient.name} calls first; ${hurried.name} calls after, with a priority of 5.`;
}

async function timedWork({ services, queue }: Stage): Promise<string> {
	return setAfterCallWork(services, queue.id, { wrapupPrompt: "MANDATORY_TIMEOUT", timeoutMs: 30_000 }, "30 seconds");
}

async function plainWork({ services, queue }: Stage): Promise<string> {
	return setAfterCallWork(services, queue.id, { wrapupPrompt: "MANDATORY" }, "as long as the agent takes");
}

async function setAfterCallWork(
	{ queues }: Stage["services"],
	queueId: string,
	acwSettings: { wrapupPrompt: "MANDATORY" | "MANDATORY_TIMEOUT"; timeoutMs?: number },
	says: string,
): Promise<string> {
	const queue = await queues.get(queueId);
	if (!queue) return `There is no queue ${queueName} any more.`;
	await queues.update(queueId, { ...queue.settings, name: queue.name, acwSettings }, actor);
	return `After-call work in ${queue.name}: ${says}.`;
}

/** How an interaction finds its agent, and what it leaves to do. */
export const routingScenes: readonly Scene[] = [
	{
		id: "skill",
		title: "Whoever can do it is rung",
		first: "Have Anna and a person as Ben On Queue: Anna has the skill Returns, Ben has not.",
		button: "Let a customer call about returns",
		look: [
			"Anna is rung, however long Ben has been free. With Ben alone On Queue the customer waits.",
			"In the administration, Routing: ask there why he did not ring, and find “does not have the skills”.",
			"The skill is given and taken on a person’s page; how it counts is set on the queue’s.",
		],
		set: asksForSkill,
	},
	{
		id: "priority",
		title: "Who is urgent comes first",
		first: "Have nobody On Queue, press the button, and then set Anna On Queue.",
		button: "Let two customers call, the second urgent",
		look: ["The second one rings: a step of priority counts as a minute of waiting. The first one is next."],
		set: urgent,
	},
	{
		id: "wrapup",
		title: "After-call work against the clock",
		first: "Press the button, then take a call as Anna and hang up.",
		button: "Give after-call work 30 seconds",
		look: [
			"A ring counts down beside the codes; +30 s gives you more, twice at most.",
			"Reload the page: the ring goes on where it was. Do nothing: the time-out is stored in place of a code.",
		],
		set: timedWork,
	},
	{
		id: "wrapup-plain",
		title: "After-call work without a clock",
		button: "Take the clock away",
		look: ["The form stays until a code is chosen and Done is pressed; no call comes until then."],
		set: plainWork,
	},
	{
		id: "activation",
		title: "Choose the queues you work in",
		first: "Open Queue activation in the menu of Anna’s panel.",
		look: [
			"A switch for each of her queues, with how many wait there. Off: its calls pass her by, On Queue or not.",
			"Take Routing > Queue > Join away below: the entry is gone from the menu.",
		],
	},
];
