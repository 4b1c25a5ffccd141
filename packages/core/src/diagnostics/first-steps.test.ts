import { expect, it } from "vitest";
import type { Deployment } from "../deployments/model.ts";
import { type FirstStepPorts, FirstSteps } from "./first-steps.ts";

const everything = { grants: [{ permission: "*", divisions: "all" as const }] };

/** A new organization, in which nothing was done but what is told. */
function stepsOf(done: Partial<FirstStepPorts> = {}): FirstSteps {
	return new FirstSteps({
		clients: async () => [],
		deployments: async () => [],
		hasGroup: async () => false,
		hasQueue: async () => false,
		holdersOf: async () => 1,
		hasTalked: async () => false,
		...done,
	});
}

const deployment = (intendedState: "ENABLED" | "DISABLED") =>
	({ intendedState, scriptVersion: 1, properties: { groups: ["agents"] } }) as unknown as Deployment;

it("steps ended with a deployment that nobody had switched on, and without a queue", async () => {
	const setUp = { deployments: async () => [deployment("DISABLED")], holdersOf: async () => 2 };
	const done = { deployment: true, script: true, group: true, agent: true };
	expect(await stepsOf(setUp).of(everything as never)).toEqual({
		...{ client: false, active: false, queue: false, call: false },
		...done,
	});
	const ready = { ...setUp, deployments: async () => [deployment("ENABLED")], hasQueue: async () => true };
	expect(await stepsOf(ready).of(everything as never)).toMatchObject({ active: true, queue: true, call: false });
});

it("whoever has talked had somebody in a queue, also after it is gone", async () => {
	const steps = stepsOf({ hasTalked: async () => true });
	expect(await steps.of(everything as never)).toMatchObject({ queue: true, agent: true, call: true });
});
