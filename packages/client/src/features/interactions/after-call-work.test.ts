import { signal } from "@preact/signals";
import { expect, test } from "vitest";
import type { LiveInteraction } from "../../session/interaction.ts";
import type { WireWrapupCode } from "../../session/wire.ts";
import type { Workspace } from "../../shell/workspace.ts";
import { AfterCallWork } from "./after-call-work.ts";

test("codes that did not load while the server was away stayed away until somebody pressed a button", async () => {
	const timers: Array<() => void> = [];
	const answers: Array<WireWrapupCode[] | undefined> = [undefined, undefined, [{ id: "solved", name: "Solved" }]];
	const workspace = {
		session: {
			conversations: { find: () => undefined },
			clock: {
				now: () => 0,
				after(_ms: number, task: () => void) {
					timers.push(task);
					return () => void timers.splice(0);
				},
			},
			actions: {
				async wrapupCodes() {
					const answer = answers.shift();
					if (!answer) throw new Error("503");
					return answer;
				},
			},
		},
		runtime: { callLogs: { store: { get: () => undefined, subscribe: () => () => {} } } },
		ui: { now: signal({ wrapUpCodes: { hide: [], rename: {}, order: [], add: [] } }) },
		lastCodes: signal([]),
	};
	const model = new AfterCallWork(workspace as unknown as Workspace, { id: "c1" } as LiveInteraction);
	for (let tries = 0; tries < 2; tries++) {
		await expect.poll(() => timers.length).toBe(1);
		expect(model.failed.value).toBe(true);
		timers.shift()?.();
	}
	await expect.poll(() => model.codes.value?.map(({ id }) => id)).toEqual(["solved"]);
	expect(model.failed.value).toBe(false);
	model.dispose();
	expect(timers).toEqual([]);
});
