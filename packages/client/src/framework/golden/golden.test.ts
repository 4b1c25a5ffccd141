import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { CATEGORIES_BY_NAME_ONLY } from "@inlay/contract";
import { describe, expect, test } from "vitest";
import type { PlatformConversation } from "../platform-conversation.ts";
import { createFrameworkRuntime, type FrameworkRuntime } from "../runtime.ts";
import { fakeDesk } from "../test-support/fake-desk.ts";
import { fakePorts } from "../test-support/fake-ports.ts";
import { fakeWindow } from "../test-support/fake-window.ts";
import { HandTimers } from "../test-support/hand-timers.ts";
import { type Heard, recorder, Writer } from "./recorder.ts";

/** Written by core's own transitions: see framework-stories.test.ts there. */
const stories = join(import.meta.dirname, "../../../../contract/stories");
const script = "https://panel.test/crm/framework.js";
const names: Record<string, string> = { support: "Support", sales: "Sales", solved: "Solved" };

type Step = [name: string, conversation: PlatformConversation];

function stepsOf(story: string): Step[] {
	return readFileSync(join(stories, `${story}.story`), "utf8")
		.split(/^# /m)
		.filter(Boolean)
		.map((part) => {
			const [name = "", ...json] = part.split("\n");
			return [name, JSON.parse(json.join("\n")) as PlatformConversation];
		});
}

const message = {
	id: "m-1",
	time: "2026-01-05T09:00:00.000Z",
	direction: "inbound",
	text: "Hello",
	from: "Carol",
} as const;

/** What agent and panel do besides what the document tells, by step. */
const besides: Record<string, (runtime: FrameworkRuntime, timers: HandTimers) => void> = {
	"Anna takes back": (runtime, timers) => {
		runtime.callLogs.setNotes("id-3", "All well");
		runtime.callLogs.select("id-3", { id: 4711, text: "Carol", type: "contact" });
		timers.pass(800);
	},
	"Anna writes": (runtime) => runtime.news.messagesUpdated("id-3", [message]),
};

/** What a script is told of the agent before there is anything to do (framework-contract 18). */
function arrives(runtime: FrameworkRuntime, userId: string): void {
	runtime.statusChanged({ status: "ON_QUEUE", sub_status: "", id: "on-queue" });
	runtime.routingStatusChanged("IDLE");
	runtime.stationChanged({ userId, id: "station", name: "Web phone" });
	runtime.interactionSelected(undefined);
}

/** What a script hears of the story, step by step. */
async function replayed(story: string, more: object, userId = "anna"): Promise<string> {
	const settings = { enableCallLogs: true, ...more };
	const timers = new HandTimers();
	const frame = fakeWindow({ [script]: recorder(settings, CATEGORIES_BY_NAME_ONLY) });
	const named = { queueName: (id: string) => names[id], wrapupName: (id: string) => names[id] };
	const runtime = createFrameworkRuntime({
		window: frame.window,
		...fakePorts(),
		timers,
		names: named,
		now: () => Date.parse("2026-01-05T09:01:00Z"),
	});
	const heard = () => JSON.parse(frame.evaluate("JSON.stringify(heard.splice(0))") as string) as Heard[];
	const writer = new Writer();
	await runtime.start(script);
	runtime.signedIn(userId, fakeDesk());
	runtime.conversationsChanged([]);
	arrives(runtime, userId);
	writer.step("the agent is signed in", heard());
	let routingStatus = "IDLE";
	let selected: string | undefined;
	for (const [name, conversation] of stepsOf(story)) {
		runtime.conversationsChanged([conversation]);
		// As the panel does: what comes first is selected, and the server has the agent busy from the answer to the wrap-up.
		const [own] = runtime.interactions();
		if (selected !== own?.id) runtime.interactionSelected(own?.id);
		selected = own?.id;
		const isBusy = own?.isConnected || (own?.isDisconnected && !own.isDone);
		const was = routingStatus;
		routingStatus = isBusy ? "INTERACTING" : "IDLE";
		if (routingStatus !== was) runtime.routingStatusChanged(routingStatus);
		besides[name]?.(runtime, timers);
		writer.step(name, heard());
	}
	runtime.conversationsChanged([]);
	if (selected) runtime.interactionSelected(undefined);
	writer.step("it is gone", heard());
	return writer.text();
}

/** To change one on purpose: `vitest -u`, and read the diff as a script's author would. */
describe("what a script is told, key for key and in order", () => {
	test.each<[name: string, story: string, settings?: object, file?: string, userId?: string]>([
		["inbound call", "inbound"],
		["outbound call", "outbound"],
		["consult", "consult"],
		["consult, as whom was asked hears it", "consult", {}, "consulted", "ben"],
		["blind transfer", "blind-transfer"],
		["callback", "callback"],
		["email", "email"],
		["text message", "message"],
		["web message", "web-message"],
		["web message that scripts know as a chat", "web-message", { webMessagesAs: "chat" }, "chat"],
	])("golden: %s", async (_name, story, settings = {}, file = story, userId = "anna") => {
		await expect(await replayed(story, settings, userId)).toMatchFileSnapshot(
			join(import.meta.dirname, `${file}.golden`),
		);
	});

	test("each story that core tells is replayed", () => {
		const told = readdirSync(stories).map((name) => name.replace(".story", ".golden"));
		const replayed = readdirSync(import.meta.dirname).filter((name) => name.endsWith(".golden"));
		expect(replayed.sort()).toEqual(["chat.golden", "consulted.golden", ...told].sort());
	});
});
