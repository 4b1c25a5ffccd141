import { people } from "../facts.ts";
import type { Scene, Stage } from "./stage.ts";
import { supportIntake } from "./support-intake.ts";

const name = "Support intake";
const by = { userId: people.admin.id };

/** What somebody has changed of it stays. */
async function showScript({ services: { scripts, queues, authorization }, queue }: Stage): Promise<string> {
	const { found } = await scripts.store.list({ name, divisions: "all" }, { limit: 1, offset: 0 });
	const divisionId = await authorization.homeDivisionId();
	const script =
		found[0] ?? (await scripts.create({ name, divisionId, document: structuredClone(supportIntake) as never }, by));
	if (!script.published) await scripts.publish(script.id, undefined, by);
	await queues.update(queue.id, { name: queue.name, defaultScripts: { CALL: { id: script.id } } }, by);
	return `Calls of ${queue.name} have the script ${script.name} from now on.`;
}

async function hideScript({ services: { queues }, queue }: Stage): Promise<string> {
	await queues.update(queue.id, { name: queue.name, defaultScripts: {} }, by);
	return `Calls of ${queue.name} have no script.`;
}

/** Scripts that agents follow (agent-features 17). */
export const scriptScenes: readonly Scene[] = [
	{
		id: "script",
		title: "A script leads through the call",
		first: "Press the button, then let a customer call and answer as Anna.",
		button: "Give the queue a script",
		look: [
			"The call’s card has the script: its first page greets by the names of both and asks for the order.",
			"What is entered survives a reload of the panel, and goes with the call when it is transferred to a colleague.",
			"The order number becomes an attribute of the customer, which scripts and the CRM read.",
			"Hang up: the page for after-call work opens by itself. Take Scripter > Published Script > View away below: no script.",
		],
		set: showScript,
	},
	{
		id: "script-off",
		title: "Without a script",
		button: "Take the script away",
		look: ["Calls that come from now on have none; whoever has it open keeps it."],
		set: hideScript,
	},
];
