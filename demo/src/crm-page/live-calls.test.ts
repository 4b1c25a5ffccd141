import { describe, expect, it } from "vitest";
import { LiveCalls } from "./live-calls.ts";
import { call } from "./test-support/call.ts";

describe("live calls", () => {
	it("follow a call from ringing to its end", () => {
		const calls = new LiveCalls();
		calls.report("add", call("a", { state: "ALERTING" }));
		expect(calls.current.value?.state).toBe("ALERTING");
		calls.report("change", { old: call("a"), new: call("a", { state: "HELD" }) });
		expect(calls.current.value?.state).toBe("HELD");
		calls.report("disconnect", call("a", { state: "DISCONNECTED", isDisconnected: true }));
		expect(calls.current.value).toBeUndefined();
		calls.report("acw", call("a", { isDisconnected: true, isDone: true }));
		expect(calls.all.value).toEqual([]);
	});

	it("show a ringing call before the one that is selected in the panel", () => {
		const calls = new LiveCalls();
		calls.report("add", call("a"));
		calls.report("add", call("b"));
		calls.select("b");
		expect(calls.current.value?.id).toBe("b");
		calls.report("add", call("c", { state: "ALERTING" }));
		expect(calls.current.value?.id).toBe("c");
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
