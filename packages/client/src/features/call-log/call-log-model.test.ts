import { signal } from "@preact/signals";
import { expect, it } from "vitest";
import type { CallLogState } from "../../framework/call-log/store.ts";
import type { Workspace } from "../../shell/workspace.ts";
import { CallLogModel } from "./call-log-model.ts";

it("the list of logs stood in the order in which they had been opened, not by time", () => {
	const logs = [
		...["late", "early", "unknown", "middle"].map((interactionId) => ({ interactionId })),
		// Of an email or a message that is over, nothing but its log is there.
		{ interactionId: "written", startTime: "2026-11-26T05:30:00.000Z" },
	];
	const recent = [
		{ id: "late", startTime: "2026-11-26T06:00:00.000Z" },
		{ id: "middle", startTime: "2026-11-26T05:00:00.000Z" },
		{ id: "early", startTime: "2026-11-26T04:00:00.000Z" },
	];
	const workspace = {
		selectedId: signal(undefined),
		runtime: { callLogs: { store: { all: () => logs, subscribe: () => () => {} } } },
		session: { conversations: { find: () => undefined }, recent: { all: signal(recent) } },
	} as unknown as Workspace;
	const model = new CallLogModel(workspace);
	expect(model.newestFirst.map((log) => log.interactionId)).toEqual(["late", "written", "middle", "early", "unknown"]);
	expect(model.current.value?.interactionId).toBe("late");
	model.dispose();
});

it("the log named one duration for two turns of a call that had been transferred away and come back", () => {
	const past = { id: "c", startTime: "2026-11-26T06:00:00.000Z", outcome: "hungUp", direction: "inbound" };
	const facts = (more: object) => {
		const workspace = {
			selectedId: signal(undefined),
			runtime: { callLogs: { store: { all: () => [], subscribe: () => () => {} } } },
			session: { conversations: { find: () => undefined }, recent: { all: signal([{ ...past, ...more }]) } },
		} as unknown as Workspace;
		return new CallLogModel(workspace).factsOf({ interactionId: "c" } as CallLogState);
	};
	expect(facts({ talkedMs: 235_000, turnsMs: [190_000, 45_000] })).toMatch(/3:10 \+ 0:45$/);
	expect(facts({ talkedMs: 190_000 })).toMatch(/3:10$/);
});
