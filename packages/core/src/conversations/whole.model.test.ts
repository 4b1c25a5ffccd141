import fc from "fast-check";
import { expect, test } from "vitest";
import { Model } from "../test-support/model/model.ts";
import { memorySite } from "../test-support/model/site.ts";
import { type Choice, kinds } from "../test-support/model/steps.ts";

/** `INLAY_MODEL_STEPS=1000000 INLAY_MODEL_SEED=7 npm test -- packages/core/src/conversations/whole.model.test.ts` */
const wantedSteps = Number(process.env.INLAY_MODEL_STEPS ?? 40_000);
const firstSeed = Number(process.env.INLAY_MODEL_SEED ?? 20260105);
const runsPerSeed = 40;
const longestRun = 250;
const number = fc.nat(999);
/** Making a counterexample small may take hours: what is found by then is told. */
const bounded = { interruptAfterTimeLimit: 240_000, markInterruptAsFailure: true };
/** One more than the kinds of steps is a kill. */
const choice: fc.Arbitrary<Choice> = fc.tuple(fc.nat(kinds + 1), number, number);
const choices = fc.array(choice, { minLength: 1, maxLength: longestRun, size: "max" });

test(
	"whatever people, queues, calls, kills and clocks do: no customer with two agents, no agent with two open calls, nobody lost, nothing told twice or not at all",
	async () => {
		let steps = 0;
		const granted = new Map<string, number>();
		const live = fc.asyncProperty(choices, async (chosen) => {
			const model = new Model(await memorySite());
			for (const one of chosen) {
				if (one[0] > kinds) await model.kill();
				else await model.step(one);
			}
			await model.finish();
			steps += chosen.length;
			for (const [kind, count] of model.granted) granted.set(kind, (granted.get(kind) ?? 0) + count);
		});
		let seed = firstSeed;
		for (; steps < wantedSteps; seed++) await fc.assert(live, { ...bounded, seed, numRuns: runsPerSeed });
		console.log(`${steps} steps in memory, seeds ${firstSeed} to ${seed - 1}`);
		// A model in which nothing ever succeeds proves nothing.
		expect(Math.min(...granted.values())).toBeGreaterThan(wantedSteps / 10_000);
	},
	Math.max(300_000, wantedSteps * 10),
);
