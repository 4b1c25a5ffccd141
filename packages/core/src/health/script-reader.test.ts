import { expect, it } from "vitest";
import type { Deployment } from "../deployments/model.ts";
import { testPrincipal } from "../test-support/test-api.ts";
import { ScriptReader } from "./script-reader.ts";

const deployment: Deployment = {
	...{ id: "d", typeId: "private", name: "CRM", notes: "", version: 1, revision: 1, advanced: {}, credentials: {} },
	...{ intendedState: "ENABLED", properties: {}, scriptVersion: 1 },
	...{ createdAt: new Date(), updatedAt: new Date() },
};

it("two readers, one of whom sees no clients, had a script judged anew by turns", async () => {
	let judged = 0;
	const lint = async () => {
		judged++;
		return [];
	};
	const reader = new ScriptReader(async () => ({ source: "window.Framework = {};" }), lint);
	for (let round = 0; round < 3; round++) {
		await reader.read(deployment, 1, [], testPrincipal());
		await reader.read(deployment, 1, undefined, testPrincipal());
	}
	expect(judged).toBe(2);
	await reader.read({ ...deployment, version: 2 }, 1, [], testPrincipal());
	expect(judged).toBe(3);
});
