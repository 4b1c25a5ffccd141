import { expect, test } from "vitest";
import { newQueue, type QueueThing, queueBodyOf, queueFormOf, queueProblems } from "./queue-form.ts";
import { movesMembers, ringsIn, withoutRing, withRing } from "./rings-form.ts";

const form = queueFormOf({ ...newQueue, name: "Support" });

test("a queue of which nothing is set shows what the server does", () => {
	expect(form).toMatchObject({
		alertingSeconds: "15",
		percentage: "80",
		withinSeconds: "20",
		wrapupPrompt: "OPTIONAL",
	});
	expect(queueProblems(form)).toEqual(new Set());
});

test("a time was sent for after-call work that has none, which the server refuses", () => {
	expect(queueBodyOf(form).acwSettings).toEqual({ wrapupPrompt: "OPTIONAL" });
	const timed = { ...form, wrapupPrompt: "MANDATORY_TIMEOUT", timeoutSeconds: "900" } as const;
	expect(queueBodyOf(timed).acwSettings).toEqual({ wrapupPrompt: "MANDATORY_TIMEOUT", timeoutMs: 900_000 });
	expect(queueProblems({ ...timed, timeoutSeconds: "901" })).toEqual(new Set(["timeoutSeconds"]));
	expect(queueProblems({ ...form, timeoutSeconds: "" })).toEqual(new Set());
});

test("a service level of 0.8 was shown, and saved, as 0.8 percent", () => {
	const serviceLevel = { percentage: 0.9, durationMs: 30_000 };
	const read = queueFormOf({ ...newQueue, mediaSettings: { call: { serviceLevel } } });
	expect(read).toMatchObject({ percentage: "90", withinSeconds: "30" });
	expect(queueBodyOf(read).mediaSettings.call.serviceLevel).toEqual(serviceLevel);
});

test("the scripts of a queue were to be set by the API alone; one of a medium that the form lacks is not lost", () => {
	const defaultScripts = { CALL: { id: "intake" }, CHAT: { id: "chat" } };
	const read = queueFormOf({ ...newQueue, defaultScripts });
	expect([read.scriptCall, read.scriptEmail]).toEqual(["intake", ""]);
	expect(queueBodyOf(read).defaultScripts).toEqual(defaultScripts);
	const changed = queueBodyOf({ ...read, scriptCall: "", scriptEmail: "mail" }).defaultScripts;
	expect(changed).toEqual({ CHAT: { id: "chat" }, EMAIL: { id: "mail" } });
	expect(queueBodyOf(form).defaultScripts).toEqual({});
});

test("a language mistyped before transcription was switched off again kept the queue from being saved, and nothing said why", () => {
	const typed = { ...form, transcribes: true, spokenLanguage: "not a language" };
	expect(queueProblems(typed)).toEqual(new Set(["spokenLanguage"]));
	expect(queueProblems({ ...typed, transcribes: false })).toEqual(new Set());
	expect(queueBodyOf({ ...typed, transcribes: false })).not.toHaveProperty("inlayTranscriptionLanguage");
	expect(queueBodyOf({ ...form, spokenLanguage: " de-CH " }).inlayTranscriptionLanguage).toBe("de-CH");
	expect(queueBodyOf(form).inlayTranscriptionLanguage).toBeNull();
});

test("names the fields that cannot be sent", () => {
	const wrong = { ...form, name: " ", alertingSeconds: "6", percentage: "101", withinSeconds: "0" };
	expect(queueProblems(wrong)).toEqual(new Set(["name", "alertingSeconds", "percentage", "withinSeconds"]));
});

test("what a queue says of callbacks was nowhere to be set, and what was typed was sent unread", () => {
	const callbacks = { callbackMode: "CustomerFirst", retries: "1", automatic: true, owned: true } as const;
	const { mediaSettings, agentOwnedRouting } = queueBodyOf({ ...form, ...callbacks });
	expect(mediaSettings.callback).toMatchObject({ mode: "CustomerFirst", maxRetryCount: 1, enableAutoDialAndEnd: true });
	expect(agentOwnedRouting).toMatchObject({ enableAgentOwnedCallbacks: true, maxOwnedCallbackHours: 24 });
	expect(queueFormOf({ ...newQueue, mediaSettings, agentOwnedRouting } as QueueThing)).toMatchObject(callbacks);
	const wrong = { ...form, ...callbacks, retrySeconds: "5", endSeconds: "" };
	expect(queueProblems(wrong)).toEqual(new Set(["retrySeconds", "endSeconds"]));
});

test("a number that the page does not show was sent, and kept all else from being saved", () => {
	const hidden = { tellCallersSeconds: "5", retries: "", dialSeconds: "x", ownedHours: "0" };
	const typed = { ...form, ...hidden };
	expect(queueProblems(typed)).toEqual(new Set());
	const { mediaSettings, agentOwnedRouting } = queueBodyOf(typed);
	expect(mediaSettings.call).not.toHaveProperty("inlayTellCallersSeconds");
	expect(mediaSettings.callback).toEqual({
		mode: "AgentFirst",
		inlayAfterRetries: "agentFirst",
		enableAutoDialAndEnd: false,
		inlayQueueChoice: false,
	});
	expect(agentOwnedRouting).toEqual({ enableAgentOwnedCallbacks: false, inlayAfterOwner: "queue" });
	const shown = {
		...typed,
		tellCallers: "place",
		callbackMode: "CustomerFirst",
		automatic: true,
		owned: true,
	} as const;
	expect(queueProblems(shown)).toEqual(new Set(Object.keys(hidden)));
	expect(queueBodyOf({ ...form, tellCallers: "place" }).mediaSettings.call).toMatchObject({
		inlayTellCallersSeconds: 60,
	});
});

test("the label of what comes in is sent, and taken away", () => {
	const read = queueFormOf({ ...newQueue, inlayUtilizationLabel: { id: "vip" } });
	expect(queueBodyOf(read).inlayUtilizationLabel).toEqual({ id: "vip" });
	expect(queueBodyOf({ ...read, label: "" }).inlayUtilizationLabel).toBeNull();
});

test("the rings of a queue were to be set by the API alone", () => {
	const rings = [
		{ expansionCriteria: [{ type: "TIMEOUT_SECONDS", threshold: 15 }], actions: { skillsToRemove: [{ id: "vip" }] } },
		{ expansionCriteria: [{ type: "TIMEOUT_SECONDS", threshold: 60 }], actions: { skillsToRemove: [] } },
		{},
	];
	const read = queueFormOf({ ...newQueue, name: "Support", bullseye: { rings } });
	expect(queueBodyOf(read).bullseye).toEqual({ rings });
	expect(queueBodyOf(form).bullseye).toBeNull();
	const wrong = JSON.stringify(ringsIn(read.rings).map((ring) => ({ ...ring, seconds: "" })));
	expect(queueProblems({ ...read, rings: wrong })).toEqual(new Set(["rings"]));
	// Nothing is asked of the last one.
	expect(queueProblems(read)).toEqual(new Set());
});

test("rings begin as two, are six at most, and one alone is none", () => {
	const two = withRing([]);
	expect(two).toHaveLength(2);
	expect(Array.from({ length: 9 }).reduce<ReturnType<typeof withRing>>((now) => withRing(now), two)).toHaveLength(6);
	expect(withoutRing(two, 0)).toEqual([]);
	const three = withRing(two).map((ring, at) => ({ ...ring, seconds: String(at + 1) }));
	expect(withoutRing(three, 1).map(({ seconds }) => seconds)).toEqual(["1", "3"]);
});

test("an inner ring that was removed moved its neighbours' members, and nobody was asked", () => {
	const three = withRing(withRing([]));
	expect([0, 1, 2].map((at) => movesMembers(three, at, 3))).toEqual([true, true, false]);
	expect(movesMembers(withRing([]), 0, 2)).toBe(false);
	// Nobody is in rings that are not saved yet.
	expect([movesMembers(withRing(three), 2, 3), movesMembers(three, 0, 0)]).toEqual([false, false]);
});
