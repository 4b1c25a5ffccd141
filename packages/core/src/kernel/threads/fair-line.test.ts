import { expect, it } from "vitest";
import { FairLine, NoTurn } from "./fair-line.ts";

/** Work that ends when it is told to. */
function works() {
	const done: string[] = [];
	const ends = new Map<string, () => void>();
	const work = (name: string) => () =>
		new Promise<void>((resolve) =>
			ends.set(name, () => {
				done.push(name);
				resolve();
			}),
		);
	const end = async (name: string) => {
		await expect.poll(() => ends.has(name)).toBe(true);
		ends.get(name)?.();
	};
	return { done, work, end };
}

it("whoever came with twenty pieces made everybody wait for all of them", async () => {
	const line = new FairLine();
	const { done, work, end } = works();
	const all = [1, 2, 3].map((n) => line.run("ann", work(`ann ${n}`)));
	all.push(line.run("ben", work("ben")), line.run("cyd", work("cyd")));
	for (const name of ["ann 1", "ann 2", "ben", "cyd", "ann 3"]) await end(name);
	await Promise.all(all);
	expect(done).toEqual(["ann 1", "ann 2", "ben", "cyd", "ann 3"]);
});

it("a line that does not move was waited in without an end", async () => {
	const line = new FairLine();
	const { work, end } = works();
	const first = line.run("ann", work("first"));
	await expect(line.run("ben", work("never"), 5)).rejects.toBeInstanceOf(NoTurn);
	await end("first");
	await first;
	await line.empty();
	const again = line.run("ben", work("again"), 5);
	await end("again");
	await again;
});

it("work that fails makes room for the next", async () => {
	const line = new FairLine();
	await expect(line.run("ann", async () => Promise.reject(new Error("broken")))).rejects.toThrow("broken");
	expect(await line.run("ann", async () => 1)).toBe(1);
});
