import { expect, it, vi } from "vitest";
import { Absences } from "./absences.ts";
import { LiveCalls } from "./calls.ts";
import { lostTooOften } from "./losses.ts";
import { readRecordingFile, recordingFile } from "./recording-file.ts";
import { candidateSdp } from "./softphone-signals.ts";

it("a third loss within half a minute is too often, and old losses are forgotten", () => {
	const losses = new Map<string, number[]>();
	expect([0, 10_000, 29_999].map((at) => lostTooOften(losses, "p", at))).toEqual([false, false, true]);
	expect(lostTooOften(losses, "other", 29_999)).toBe(false);
	expect(lostTooOften(losses, "p", 70_000)).toBe(false);
	expect(losses.get("p")).toEqual([70_000]);
});

it("absences end once, by themselves or because the party came, and leave nothing behind", () => {
	vi.useFakeTimers();
	try {
		const absences = new Absences();
		const over: string[] = [];
		absences.start("c", "p", 100, () => over.push("p"));
		absences.start("c", "p", 10, () => over.push("again"));
		absences.start("c", "q", 50, () => over.push("q"));
		absences.start("d", "r", 50, () => over.push("r"));
		absences.end("c", "q");
		absences.end("c", "unknown");
		absences.endAll("d");
		vi.advanceTimersByTime(1000);
		expect(over).toEqual(["p"]);
		expect(absences.size).toBe(0);
		absences.start("c", "p", 100, () => over.push("late"));
		absences.stop();
		vi.advanceTimersByTime(1000);
		expect(over).toEqual(["p"]);
	} finally {
		vi.useRealTimers();
	}
});

it("calls are found by conversation and by leg until they are removed", () => {
	const calls = new LiveCalls();
	const call = calls.of("c");
	expect(calls.of("c")).toBe(call);
	const first = { kind: "web" as const, legId: "l1", connected: false };
	calls.add(call, "p", first);
	calls.add(call, "q", { kind: "trunk", legId: "l2", connected: false });
	expect(calls.byLeg("l1")).toMatchObject({ participantId: "p", party: first });
	expect(calls.take(call, "p")).toBe(first);
	expect(calls.take(call, "p")).toBeUndefined();
	expect(calls.byLeg("l1")).toBeUndefined();
	calls.remove(call);
	expect([calls.find("c"), calls.byLeg("l2"), calls.all()]).toEqual([undefined, undefined, []]);
	calls.add(call, "p", first);
	expect(calls.byLeg("l1"), "a call that was removed takes no parties").toBeUndefined();
});

it("a recording's file name tells whose it is; other names tell nothing", () => {
	const [conversationId, recordingId] = [
		"2d9f5c1e-0a3b-4c5d-8e7f-0123456789ab",
		"3d9f5c1e-0a3b-4c5d-8e7f-0123456789ab",
	] as const;
	const name = recordingFile(conversationId, recordingId, 1_700_000_000_123);
	expect(readRecordingFile(name)).toEqual({ conversationId, recordingId, startedMs: 1_700_000_000_123 });
	expect(readRecordingFile(`${conversationId}.${recordingId}.wav`)).toEqual({ conversationId, recordingId });
	for (const other of ["notes.txt", `../${name}`, `${name}.part`, `${conversationId}.wav`])
		expect(readRecordingFile(other)).toBeUndefined();
});

it("candidates travel with the real mid, with or without a=", () => {
	expect(candidateSdp("a=candidate:1 x", "audio")).toBe("m=audio 9 RTP/AVP 0\r\na=candidate:1 x");
	expect(candidateSdp("candidate:1 x", "0")).toBe("m=0 9 RTP/AVP 0\r\na=candidate:1 x");
});
