import { expect, it } from "vitest";
import { inRounds } from "./rounds.ts";

it("a hundred pieces of news made a hundred rounds", async () => {
	const rounds: Array<() => void> = [];
	const ask = inRounds(() => new Promise((resolve) => rounds.push(resolve)));
	const first = ask();
	const others = Array.from({ length: 100 }, ask);
	expect(rounds.length).toBe(1);
	rounds[0]?.();
	await first;
	await expect.poll(() => rounds.length).toBe(2);
	// What comes from now on may not have been seen by the second round.
	const late = ask();
	rounds[1]?.();
	await Promise.all(others);
	await expect.poll(() => rounds.length).toBe(3);
	rounds[2]?.();
	await late;
});
