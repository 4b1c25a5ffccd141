import { sampleAttribute } from "@inlay/core";
import { expect, it } from "vitest";
import { type Cast, play } from "./play.ts";
import { twoWhoTalk } from "./sound.ts";
import { storiesBefore } from "./stories.ts";

const now = new Date("2026-11-26T15:00:00Z");
const counts = { customers: 13, agents: 3, codes: 4 };
const people = (name: string, many: number) =>
	Array.from({ length: many }, (_none, index) => ({ id: `${name} ${index}`, name: `${name} ${index}` }));

const cast: Cast = {
	customers: people("customer", 13).map(({ name }) => ({ name, address: "tel:+13175550111" })),
	agents: people("agent", 3),
	codes: people("code", 4),
	queue: { id: "queue", name: "Help", divisionId: "home", wrapupPrompt: "mandatory" },
	dnis: "+13175550100",
	rules: {
		duringHold: true,
		resumeAfterSeconds: 120,
		policies: [{ id: "policy", queueIds: ["queue"], percent: 100, retentionDays: 30 }],
	},
};

it("tells the same fourteen days each time, none of them today, with every ending", () => {
	const stories = storiesBefore(now, counts);
	expect(stories).toEqual(storiesBefore(now, counts));
	expect(stories.length).toBeGreaterThan(120);
	const days = new Set(stories.map(({ startedAt }) => startedAt.toDateString()));
	expect(days.size).toBe(14);
	expect(days).not.toContain(now.toDateString());
	expect(new Set(stories.map(({ ending }) => ending)).size).toBe(7);
	expect(stories.flatMap(({ recorded }) => recorded ?? []).sort()).toEqual([
		"agent",
		"agent",
		"agent",
		"policy",
		"policy",
		"policy",
	]);
});

it("every call of the past is over, marked, owes nothing, and ended before the next of its agents began", () => {
	const calls = storiesBefore(now, counts).map((story) => play(story, cast).conversation);
	for (const call of calls) {
		const { endTime, participants } = call;
		expect(endTime).toBeDefined();
		expect(participants.some(({ attributes }) => attributes[sampleAttribute] === "yes")).toBe(true);
		expect(participants.filter((one) => one.wrapupRequired && !one.wrapup && one.startAcwTime)).toEqual([]);
	}
	const ends = calls.map(({ participants }) =>
		participants
			.map((one) => one.endAcwTime ?? one.endTime ?? "")
			.sort()
			.at(-1),
	);
	for (const [index, call] of calls.slice(1).entries())
		expect(ends[index] ?? "").toSatisfy((end) => end < call.startTime);
});

it("those that are recorded say so while somebody talks: by the agent, or by the policy", () => {
	for (const story of storiesBefore(now, counts).filter(({ recorded }) => recorded)) {
		const { changes } = play(story, cast);
		const recording = changes.find(({ after }) => after.recordingState === "ACTIVE")?.after.internal;
		expect(recording?.policyRecording?.policyId).toBe(story.recorded === "policy" ? "policy" : undefined);
		expect(recording?.recordedBy).toBe(story.recorded === "agent" ? "agent 0" : undefined);
		expect(changes.at(-1)?.after.recordingState).toBe("NONE");
	}
});

it("the customer speaks left and the agent right, in turns", () => {
	const samples = twoWhoTalk(5000);
	expect(samples.length).toBe(80_000);
	const loud = (from: number, channel: number) =>
		samples.slice(from * 16, from * 16 + 1600).some((one, at) => at % 2 === channel && one > 1000);
	expect([loud(0, 0), loud(0, 1), loud(2500, 0), loud(2500, 1)]).toEqual([false, true, true, false]);
});
