import { signal } from "@preact/signals";
import { expect, it } from "vitest";
import type { Workspace } from "../../shell/workspace.ts";
import { CallLogModel } from "./call-log-model.ts";

it("the list of logs stood in the order in which they had been opened, not by time", () => {
	const logs = ["late", "early", "unknown", "middle"].map((interactionId) => ({ interactionId }));
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
	expect(model.newestFirst.map((log) => log.interactionId)).toEqual(["late", "middle", "early", "unknown"]);
	expect(model.current.value?.interactionId).toBe("late");
	model.dispose();
});
