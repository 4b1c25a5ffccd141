import { expect, test } from "vitest";
import { NoTurn, Turns } from "./turns.ts";

/** Works that end when they are told to, and who has begun in which order. */
function works() {
	const begun: string[] = [];
	const ends: Array<() => void> = [];
	const work = (name: string) => () => {
		begun.push(name);
		return new Promise<string>((resolve) => ends.push(() => resolve(name)));
	};
	async function endOne() {
		ends.shift()?.();
		await new Promise(setImmediate);
	}
	return { begun, work, endOne };
}

test("one at a time, by turns of who waits: nobody waits for the whole crowd of another", async () => {
	const turns = new Turns();
	const { begun, work, endOne } = works();
	const all = ["a1", "a2", "a3", "b1"].map((name) => turns.run(name[0] as string, work(name)));
	await endOne();
	expect(begun).toEqual(["a1", "a2"]);
	await endOne();
	await endOne();
	await endOne();
	expect(begun).toEqual(["a1", "a2", "b1", "a3"]);
	expect(await Promise.all(all)).toEqual(["a1", "a2", "a3", "b1"]);
});

test("a work that fails hands its turn on", async () => {
	const turns = new Turns();
	const failed = turns.run("a", () => Promise.reject(new Error("no")));
	const after = turns.run("b", async () => "done");
	await expect(failed).rejects.toThrow("no");
	expect(await after).toBe("done");
	expect(await turns.run("c", async () => "again")).toBe("again");
});

test("who finds too many waiting is told at once, with a time to come back", async () => {
	const turns = new Turns({ waiting: 3, waitingPerKey: 2 });
	const { work, begun, endOne } = works();
	const all = ["a0", "a1", "a2", "a3", "b1", "b2"].map((name) => turns.run(name[0] as string, work(name)));
	const outcomes = Promise.allSettled(all);
	for (let i = 0; i < 4; i++) await endOne();
	const settled = await outcomes;
	expect(begun).toEqual(["a0", "a1", "b1", "a2"]);
	const refused = settled.flatMap((one) => (one.status === "rejected" ? [one.reason] : []));
	expect(refused).toHaveLength(2);
	expect(refused[0]).toBeInstanceOf(NoTurn);
	expect(refused[0]).toMatchObject({
		status: 503,
		code: "too.many.changes",
		options: { headers: { "retry-after": "2" } },
	});
});
