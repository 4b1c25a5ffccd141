import { describe, expect, it } from "vitest";
import { LiveCalls } from "./live-calls.ts";
import { call } from "./test-support/call.ts";

describe("live calls", () => {
	it("follow a call from ringing to its end", () => {
		const calls = new LiveCalls();
		calls.report("add", call("a", { state: "ALERTING" }));
		expect(calls.ringing.value?.id).toBe("a");
		calls.report("change", { old: call("a"), new: call("a", { state: "HELD" }) });
		expect(calls.running.value?.state).toBe("HELD");
		calls.report("disconnect", call("a", { state: "DISCONNECTED", isDisconnected: true }));
		expect([calls.running.value, calls.ringing.value]).toEqual([undefined, undefined]);
		calls.report("acw", call("a", { isDisconnected: true, isDone: true }));
		expect(calls.all.value).toEqual([]);
	});

	it("a second ring took the controls of the running call away, and its Hang up declined the ring", () => {
		const calls = new LiveCalls();
		calls.report("add", call("a"));
		calls.report("add", call("b"));
		calls.select("b");
		calls.report("add", call("c", { state: "ALERTING" }));
		calls.select("c");
		expect(calls.ringing.value?.id).toBe("c");
		expect(calls.running.value?.id).toBe("a");
		calls.select("b");
		expect(calls.running.value?.id).toBe("b");
	});

	it("drop a call of which only the id is told", () => {
		const calls = new LiveCalls();
		calls.report("add", call("a"));
		calls.report("deallocate", "a");
		expect(calls.all.value).toEqual([]);
	});

	it("bear messages without an interaction", () => {
		const calls = new LiveCalls();
		calls.report("blindTransfer", undefined);
		expect(calls.all.value).toEqual([]);
	});
});
