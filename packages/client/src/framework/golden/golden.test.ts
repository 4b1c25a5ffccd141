import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { CATEGORIES_BY_NAME_ONLY } from "@inlay/contract";
import { describe, expect, test } from "vitest";
import type { PlatformConversation } from "../platform-conversation.ts";
import { createFrameworkRuntime } from "../runtime.ts";
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

/** What a script hears of the story, step by step. */
async function replayed(story: string): Promise<string> {
	const settings = { enableCallLogs: true };
	const frame = fakeWindow({ [script]: recorder(settings, CATEGORIES_BY_NAME_ONLY) });
	const named = { queueName: (id: string) => names[id], wrapupName: (id: string) => names[id] };
	const runtime = createFrameworkRuntime({
		window: frame.window,
		...fakePorts(),
		timers: new HandTimers(),
		names: named,
		now: () => Date.parse("2026-01-05T09:01:00Z"),
	});
	const heard = () => JSON.parse(frame.evaluate("JSON.stringify(heard.splice(0))") as string) as Heard[];
	const writer = new Writer();
	await runtime.start(script);
	runtime.signedIn("anna", fakeDesk());
	runtime.conversationsChanged([]);
	writer.step("Anna is signed in", heard());
	for (const [name, conversation] of stepsOf(story)) {
		runtime.conversationsChanged([conversation]);
		writer.step(name, heard());
	}
	runtime.conversationsChanged([]);
	writer.step("it is gone", heard());
	return writer.text();
}

/** To change one on purpose: `vitest -u`, and read the diff as a script's author would. */
describe("what a script is told, key for key and in order", () => {
	test.each([
		["inbound call", "inbound"],
		["outbound call", "outbound"],
		["consult", "consult"],
		["blind transfer", "blind-transfer"],
		["callback", "callback"],
		["email", "email"],
		["text message", "message"],
		["web message", "web-message"],
	])("golden: %s", async (_name, story) => {
		await expect(await replayed(story)).toMatchFileSnapshot(join(import.meta.dirname, `${story}.golden`));
	});

	test("each story that core tells is replayed", () => {
		const told = readdirSync(stories).map((name) => name.replace(".story", ".golden"));
		const replayed = readdirSync(import.meta.dirname).filter((name) => name.endsWith(".golden"));
		expect(replayed.sort()).toEqual(told.sort());
	});
});
