import { defaultFrameworkConfig, type InlayRequestName, uiRulesFor } from "@inlay/contract";
import { signal } from "@preact/signals";
import { expect, it } from "vitest";
import { addedControls } from "../features/interactions/controls.ts";
import { ApiError } from "../session/api.ts";
import { CallActions } from "../session/call-actions.ts";
import type { LiveInteraction } from "../session/interaction.ts";
import { performRequest } from "./script-requests.ts";
import type { Workspace } from "./workspace.ts";

type Sent = [method: string, path: string, body?: unknown];

/** A workspace with one call in hand, whose requests are noted. */
function panel(more: Partial<LiveInteraction> = {}, answer: unknown = undefined, notes?: string) {
	const sent: Sent[] = [];
	const send =
		(method: string) =>
		async (path: string, body?: unknown): Promise<unknown> => {
			sent.push(body === undefined ? [method, path] : [method, path, body]);
			if (answer instanceof Error) throw answer;
			return path.endsWith("/wrapupcodes") ? [{ id: "w1", name: "Solved" }] : answer;
		};
	const api = { get: send("GET"), post: send("POST"), patch: send("PATCH"), put: send("PUT") };
	const request = (method: string, path: string, body?: unknown) => send(method)(path, body);
	const call = {
		id: "c1",
		participantId: "p1",
		communicationId: "x1",
		media: "call",
		call: {},
		recording: "none",
		...more,
	};
	const find = (id: string) => (id === "c1" ? (call as unknown as LiveInteraction) : undefined);
	const done: string[] = [];
	const config = signal(defaultFrameworkConfig());
	const workspace = {
		session: {
			api,
			actions: new CallActions({ ...api, request } as never, find),
			conversations: { find },
			queues: { load: async () => {}, mine: { peek: () => [{ id: "q1", name: "Support" }] } },
			presence: { choices: { peek: () => [{ id: "s1", system: "MEAL", label: () => "Lunch", primary: false }] } },
		},
		leaving: { inHand: [call], signOut: () => done.push("signOut") },
		runtime: {
			callLogs: {
				store: { get: (id: string) => (id === "c1" && notes !== undefined ? { notes } : undefined) },
				flush: async (id: string) => done.push(`flush ${id}`),
			},
		},
		config,
		describe: (error: Error) => `In words: ${error.message}`,
	} as unknown as Workspace;
	const ask = (name: InlayRequestName, data: Record<string, unknown>) => performRequest(workspace, name, data);
	return { ask, sent, done, config };
}

const own = "/conversations/calls/c1/participants/p1";
const user = { kind: "user", value: "u2" };

it.each<[InlayRequestName, Record<string, unknown>, Sent]>([
	["endAfterCallWork", {}, ["PATCH", own, { wrapupSkipped: true }]],
	[
		"requestAfterCallWork",
		{ wanted: true },
		["PATCH", "/conversations/aftercallwork/c1/participants/p1/communications/x1", { afterCallWorkRequired: true }],
	],
	[
		"addParticipant",
		{ target: user },
		["POST", "/conversations/calls/c1/participants", { participants: [{ userId: "u2" }] }],
	],
	[
		"replaceParticipant",
		{ target: user },
		["POST", "/conversations/c1/participants/p1/replace/agent", { userId: "u2" }],
	],
	[
		"replaceParticipant",
		{ target: { kind: "queue", value: "q2" }, participantId: "p9" },
		["POST", "/conversations/c1/participants/p9/replace/queue", { queueId: "q2" }],
	],
	["record", { on: true }, ["PATCH", own, { recording: true }]],
])("%s %j asks the server as the agent's click does", async (name, data, expected) => {
	const { ask, sent } = panel();
	expect(await ask(name, { interactionId: "c1", ...data })).toBeUndefined();
	expect(sent).toEqual([expected]);
});

it("wraps up by a code's id or name, and refuses one that the queue does not offer", async () => {
	for (const code of ["w1", "solved"]) {
		const { ask, sent } = panel();
		await ask("wrapUp", { interactionId: "c1", code, notes: "All well" });
		expect(sent[1]).toEqual(["PATCH", own, { wrapup: { code: "w1", name: "Solved", notes: "All well" } }]);
	}
	const { ask, sent } = panel();
	const refused = { code: "inlay.request.invalid", message: expect.stringContaining("code") };
	await expect(ask("wrapUp", { interactionId: "c1", code: "Lost" })).rejects.toMatchObject(refused);
	expect(sent).toHaveLength(1);
});

it("does nothing where recording is as wished, and names an interaction that nobody has in hand", async () => {
	const { ask, sent } = panel({ ownRecording: true });
	await ask("record", { interactionId: "c1", on: true });
	await expect(ask("record", { interactionId: "c9", on: true })).rejects.toThrow("c9");
	expect(sent).toEqual([]);
});

it("schedules a callback by itself or from an interaction, and cancels it", async () => {
	const wish = { queueId: "q1", number: "+49305550101", at: "2026-01-05T10:00:00+01:00", name: "Carol" };
	const alone = panel({}, { conversation: { id: "cb1" } });
	expect(await alone.ask("scheduleCallback", wish)).toEqual({ callbackId: "cb1" });
	const body = {
		callbackNumbers: ["+49305550101"],
		callbackScheduledTime: "2026-01-05T09:00:00.000Z",
		callbackUserName: "Carol",
		routingData: { queueId: "q1" },
	};
	expect(alone.sent).toEqual([["POST", "/conversations/callbacks", body]]);
	const { ask, sent } = panel();
	await ask("scheduleCallback", { ...wish, interactionId: "c1" });
	expect(sent).toEqual([["POST", "/conversations/c1/participants/p1/callbacks", body]]);
	await ask("cancelCallback", { callbackId: "cb/1" });
	expect(sent[1]).toEqual(["PATCH", "/conversations/callbacks/cb%2F1", { state: "disconnected" }]);
});

it("lists queues, statuses and codes, and says that the agent in a call is asked before they are signed out", async () => {
	const { ask, done } = panel();
	expect(await ask("queues", {})).toEqual([{ id: "q1", name: "Support", joined: true }]);
	expect(await ask("statuses", {})).toEqual([{ id: "s1", status: "MEAL", label: "Lunch", primary: false }]);
	expect(await ask("wrapUpCodes", { interactionId: "c1" })).toEqual([{ id: "w1", name: "Solved" }]);
	expect(await ask("logOut", {})).toEqual({ asks: true });
	expect(done).toEqual(["signOut"]);
});

it("a script without the right was told to ask an administrator, and not for what", async () => {
	const refusal = new ApiError(403, {
		...{ code: "missing.permissions", message: "This needs the permission conversation:call:record." },
		messageParams: { permissions: "conversation:call:record" },
	});
	const { ask } = panel({}, refusal);
	await expect(ask("record", { interactionId: "c1", on: true })).rejects.toThrow(/ \(conversation:call:record\)$/);
});

it("what the server refuses keeps its code, in the agent's words", async () => {
	const refusal = new ApiError(403, { code: "missing.permissions", message: "No." });
	const { ask } = panel({}, refusal);
	const told = { code: "missing.permissions", message: expect.stringContaining("In words") };
	await expect(ask("record", { interactionId: "c1", on: true })).rejects.toMatchObject(told);
});

it("a wrap-up by a script took away what the agent had typed: it goes with it, and to the CRM, unless the script has words of its own", async () => {
	const { ask, sent, done } = panel({}, undefined, "Wants tea ");
	await ask("wrapUp", { interactionId: "c1", code: "Solved" });
	await ask("wrapUp", { interactionId: "c1", code: "Solved", notes: "By the script" });
	const notes = sent.flatMap(([, , body]) => (body as { wrapup?: { notes: string } } | undefined)?.wrapup?.notes ?? []);
	expect(notes).toEqual(["Wants tea", "By the script"]);
	expect(done).toEqual(["flush c1", "flush c1"]);
});

it.each(["x/../../cobrowse?x=", "..", "a b", "p2#"])(
	"a participant called %j led the panel's own token to another address",
	async (participantId) => {
		const { ask, sent } = panel();
		const data = { interactionId: "c1", target: user, participantId };
		await expect(ask("replaceParticipant", data)).rejects.toMatchObject({ code: "inlay.request.invalid" });
		expect(sent).toEqual([]);
	},
);

it("of several wrap-ups at once all were told that they were done, and one was saved", async () => {
	const { ask, sent } = panel();
	const one = { interactionId: "c1", code: "Solved", notes: "one" };
	const asked = [one, one, { ...one, notes: "two" }].map((data) => ask("wrapUp", data));
	const done = await Promise.allSettled(asked);
	expect(done.map(({ status }) => status)).toEqual(["fulfilled", "fulfilled", "rejected"]);
	expect(done[2]).toMatchObject({ reason: { code: "inlay.request.busy" } });
	expect(sent.filter(([method]) => method === "PATCH")).toHaveLength(1);
	await ask("wrapUp", { ...one, notes: "two" });
});

it("an action bar could not follow the interaction: it is arranged anew while the panel runs", async () => {
	const { ask, config } = panel();
	const added = { id: "case-4711", text: "Case 4711", interactionId: "c1" };
	await ask("arrangeUi", { ui: { hide: { callControls: ["flag"] }, add: { callControls: [added] } } });
	const { callControls } = uiRulesFor(config.value.settings.ui, []);
	expect(callControls).toMatchObject({ hide: ["flag"], add: [added] });
	const call = { id: "c1", state: "connected" } as LiveInteraction;
	expect(addedControls(call, callControls)).toEqual([{ control: "case-4711", added }]);
	expect(addedControls({ ...call, id: "c2" }, callControls), "at another interaction").toEqual([]);
	await ask("arrangeUi", { ui: {} });
	expect(uiRulesFor(config.value.settings.ui, []).callControls.add).toEqual([]);
});
