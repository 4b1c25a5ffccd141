import { signal } from "@preact/signals";
import { expect, it, vi } from "vitest";
import type { LiveInteraction } from "../session/interaction.ts";
import { Closing } from "./closing.ts";

const call = { conversationId: "c" } as unknown as LiveInteraction;
const off = { code: "deployment.inactive", text: "" };

function panel(...live: LiveInteraction[]) {
	const calls = signal(live);
	const events: string[] = [];
	const closing = new Closing();
	const ask = (problem = off) =>
		closing.after(
			() => calls.value.length > 0,
			problem,
			() => void events.push(problem.code),
		);
	return { calls, closing, ask, events };
}

it("a deployment that was switched off closed the panel in the middle of a call, and the caller heard nobody for a minute", async () => {
	const { calls, closing, ask, events } = panel(call);
	ask();
	expect(closing.because.value).toEqual(off);
	expect(events).toEqual([]);
	calls.value = [];
	await vi.waitFor(() => expect(events).toEqual(["deployment.inactive"]));
	expect(closing.because.value).toBeUndefined();
});

it("closes at once where nobody is on the line", () => {
	const { ask, events } = panel();
	ask();
	expect(events).toEqual(["deployment.inactive"]);
});

it("stays where the agent may use it again before the call is over", async () => {
	const { calls, closing, ask, events } = panel(call);
	ask();
	closing.withdraw();
	calls.value = [];
	await Promise.resolve();
	expect(events).toEqual([]);
});

it("closes once, for the newest reason", async () => {
	const { calls, ask, events } = panel(call);
	ask();
	ask({ code: "user.not.in.group", text: "" });
	calls.value = [];
	await vi.waitFor(() => expect(events).toEqual(["user.not.in.group"]));
});
