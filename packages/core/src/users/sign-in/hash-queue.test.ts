import { describe, expect, test } from "vitest";
import { HashQueue, HashQueueFull } from "./hash-queue.ts";

const roomy = { known: 100, staff: 100, stranger: 100 };

/** Works that end when the test says so. */
function works() {
	const ends: Array<() => void> = [];
	let running = 0;
	let most = 0;
	return {
		work: async () => {
			most = Math.max(most, ++running);
			await new Promise<void>((resolve) => ends.push(resolve));
			running--;
		},
		most: () => most,
		/** Ends one work after another until `all` is over. */
		async endUntil(all: Promise<unknown>) {
			let over = false;
			void all.finally(() => {
				over = true;
			});
			while (!over) {
				ends.shift()?.();
				await new Promise(setImmediate);
			}
		},
	};
}

describe("three hundred sign-ins at once held everything up", () => {
	test("so as many run at once as there are slots, and no more", async () => {
		const { work, most, endUntil } = works();
		const queue = new HashQueue({
			slots: 2,
			waiting: { ...roomy, stranger: 300 },
			waitingPerKey: { ...roomy, stranger: 300 },
		});
		const all = Array.from({ length: 300 }, (_, i) => queue.run({ lane: "stranger", key: `${i}` }, work));
		await endUntil(Promise.all(all));
		expect(most()).toBe(2);
	});

	test("so who finds the queue full is told at once, with a time to come back", async () => {
		const { work, endUntil } = works();
		const queue = new HashQueue({ slots: 1, waiting: { ...roomy, stranger: 10 } });
		const all = Array.from({ length: 30 }, (_, i) => queue.run({ lane: "stranger", key: `${i}` }, work));
		const outcomes = Promise.allSettled(all);
		await endUntil(outcomes);
		const refused = (await outcomes).flatMap((one) => (one.status === "rejected" ? [one.reason] : []));
		expect(refused).toHaveLength(19);
		expect(refused[0]).toBeInstanceOf(HashQueueFull);
		expect(refused[0]).toMatchObject({ status: 503, code: "too.many.sign.ins", retryAfter: 2 });
		expect(refused[0].options.headers).toEqual({ "retry-after": "2" });
	});
});

test("one address cannot fill the queue for all others", async () => {
	const { work, endUntil } = works();
	const queue = new HashQueue({ slots: 1, waitingPerKey: { ...roomy, stranger: 3 } });
	const crowd = Array.from({ length: 10 }, () => queue.run({ lane: "stranger", key: "198.51.100.1" }, work));
	const outcomes = Promise.allSettled(crowd);
	const other = queue.run({ lane: "stranger", key: "203.0.113.7" }, work);
	await endUntil(Promise.all([outcomes, other]));
	expect((await outcomes).filter((one) => one.status === "rejected")).toHaveLength(6);
});

describe("thirty-two sign-ins in flight from one address kept everybody else out or waiting", () => {
	const crowdOf = (queue: HashQueue, key: string, count: number, order: string[]) =>
		Array.from({ length: count }, () => queue.run({ lane: "stranger", key }, async () => void order.push(key)));

	/** A queue whose one slot is taken until `begin` is called. */
	function taken(options: ConstructorParameters<typeof HashQueue>[0]) {
		const queue = new HashQueue({ slots: 1, ...options });
		const held = Promise.withResolvers<void>();
		const first = queue.run({ lane: "staff", key: "first" }, () => held.promise);
		return { queue, first, begin: held.resolve };
	}

	test("so addresses take turns: who comes after the crowd waits for one of it", async () => {
		const order: string[] = [];
		const { queue, first, begin } = taken({});
		const all = [...crowdOf(queue, "crowd", 32, order), ...crowdOf(queue, "other", 2, order)];
		begin();
		await Promise.all([first, ...all]);
		expect(order.slice(0, 5)).toEqual(["crowd", "other", "crowd", "other", "crowd"]);
		expect(order).toHaveLength(34);
	});

	test("so a full queue refuses the last of the crowd, and takes who has fewer in it", async () => {
		const order: string[] = [];
		const { queue, first, begin } = taken({ waiting: { ...roomy, stranger: 8 } });
		const crowds = [...crowdOf(queue, "crowd", 6, order), ...crowdOf(queue, "team", 2, order)];
		const others = ["a", "b"].flatMap((key) => crowdOf(queue, key, 1, order));
		const outcomes = Promise.allSettled(crowds);
		begin();
		await Promise.all([first, ...others]);
		expect((await outcomes).map(({ status }) => status === "rejected")).toEqual([
			...[false, false, false, false, true, true],
			...[false, false],
		]);
		expect(order.filter((key) => key === "a" || key === "b")).toEqual(["a", "b"]);
	});

	test("but of who has as many as anybody nobody else gives way", async () => {
		const order: string[] = [];
		const { queue, first, begin } = taken({ waiting: { ...roomy, stranger: 4 } });
		const all = [...crowdOf(queue, "a", 2, order), ...crowdOf(queue, "b", 2, order)];
		await expect(queue.run({ lane: "stranger", key: "a" }, async () => {})).rejects.toBeInstanceOf(HashQueueFull);
		begin();
		await Promise.all([first, ...all]);
		expect(order).toEqual(["a", "b", "a", "b"]);
	});
});

test("a known device does not stand behind a crowd of strangers", async () => {
	const order: string[] = [];
	const queue = new HashQueue({ slots: 1 });
	let begin = () => {};
	const first = queue.run(
		{ lane: "stranger", key: "a" },
		() =>
			new Promise<void>((resolve) => {
				begin = resolve;
			}),
	);
	const note = (name: string) => async () => void order.push(name);
	const others = [
		queue.run({ lane: "stranger", key: "b" }, note("stranger")),
		queue.run({ lane: "staff", key: "staff" }, note("staff")),
		queue.run({ lane: "known", key: "d" }, note("known")),
	];
	begin();
	await Promise.all([first, ...others]);
	expect(order).toEqual(["known", "staff", "stranger"]);
});

test("a work that fails gives its slot back", async () => {
	const queue = new HashQueue({ slots: 1 });
	const fails = queue.run({ lane: "staff", key: "s" }, () => Promise.reject(new Error("no")));
	await expect(fails).rejects.toThrow("no");
	expect(await queue.run({ lane: "staff", key: "s" }, async () => "yes")).toBe("yes");
});
