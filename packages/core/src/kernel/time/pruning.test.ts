import { afterEach, expect, it, vi } from "vitest";
import { keptLog } from "../../test-support/log-lines.ts";
import { keepShort } from "./pruning.ts";

afterEach(() => void vi.useRealTimers());

it("a round that failed was the last one, or one came after the end", async () => {
	vi.useFakeTimers();
	const { log, lines } = keptLog();
	let rounds = 0;
	const prune = async () => {
		rounds++;
		if (rounds === 1) throw new Error("no room");
	};
	const end = keepShort({ log }, { what: "old entries", firstAfterMs: 1_000, everyMs: 60_000, prune });
	await vi.advanceTimersByTimeAsync(61_000);
	expect(rounds).toBe(2);
	expect(lines).toMatchObject([{ level: 40, what: "old entries" }]);
	await end();
	await vi.advanceTimersByTimeAsync(120_000);
	expect(rounds).toBe(2);
});
