import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type DatabaseSite, databaseSite } from "../test-support/model/database-site.ts";
import { Model } from "../test-support/model/model.ts";
import { type Choice, kinds, ringsOut } from "../test-support/model/steps.ts";

/** `INLAY_MODEL_DATABASE_STEPS=50000 INLAY_MODEL_SEED=7 npm test -- packages/core/src/conversations/whole-database.model.test.ts` */
const wantedSteps = Number(process.env.INLAY_MODEL_DATABASE_STEPS ?? 1500);
const firstSeed = Number(process.env.INLAY_MODEL_SEED ?? 20260105);
const number = fc.nat(999);
const choice: fc.Arbitrary<Choice> = fc.tuple(fc.nat(kinds), number, number);
/**
 * What happens at the same moment: mostly to the same people, as that is where it hurts; with timers in between, or with
 * the server killed after some ms.
 */
const moment = fc.record({
	choices: fc.oneof(
		fc.array(choice, { minLength: 1, maxLength: 4 }),
		fc
			.tuple(number, fc.array(choice, { minLength: 2, maxLength: 6 }))
			.map(([who, all]) => all.map(([what, , how]): Choice => [what, who, how])),
	),
	isRingingOut: fc.boolean(),
	killAfterMs: fc.oneof({ weight: 12, arbitrary: fc.constant(null) }, { weight: 1, arbitrary: fc.nat(12) }),
});
const moments = fc.array(moment, { minLength: 20, maxLength: 60, size: "max" });

let site: DatabaseSite;
beforeAll(async () => {
	site = await databaseSite();
});
afterAll(() => site.close());

test(
	"the same on PostgreSQL with several things at once, and the server killed in the middle of them",
	async () => {
		let steps = 0;
		let kills = 0;
		const live = fc.asyncProperty(moments, async (chosen) => {
			await site.clear();
			const model = new Model(site);
			await model.look(false);
			for (const { choices: some, isRingingOut, killAfterMs } of chosen) {
				const choices = isRingingOut && some.length > 1 ? [...some, ringsOut] : some;
				if (killAfterMs === null) await model.step(...choices);
				else await model.killDuring(choices, killAfterMs);
				steps += choices.length;
				kills += killAfterMs === null ? 0 : 1;
			}
			await model.finish();
			expect(await site.untold()).toEqual([]);
		});
		let seed = firstSeed;
		// Not shrunk: what depends on who comes first may not come again. The story and the seed are printed.
		for (; steps < wantedSteps; seed++) await fc.assert(live, { seed, numRuns: 4, endOnFailure: true });
		console.log(`${steps} steps on PostgreSQL with ${kills} kills, seeds ${firstSeed} to ${seed - 1}`);
	},
	Math.max(300_000, wantedSteps * 200),
);
