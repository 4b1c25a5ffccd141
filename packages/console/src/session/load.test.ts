import { describe, expect, it } from "vitest";
import { ApiError } from "./api.ts";
import { Loaded, Task } from "./load.ts";

const refusal = new ApiError(403, { code: "missing.permissions" });

describe("what is loaded", () => {
	it("can be tried again after it failed", async () => {
		let fails = true;
		const loaded = new Loaded(async () => {
			if (fails) throw refusal;
			return 7;
		});
		await loaded.load();
		expect(loaded.state.value).toEqual({ kind: "failed", error: refusal });
		fails = false;
		await loaded.load();
		expect(loaded.value).toBe(7);
	});

	it("is what was asked for last, whatever answers last", async () => {
		const waiting: Array<(value: string) => void> = [];
		const loaded = new Loaded(() => new Promise<string>((resolve) => waiting.push(resolve)));
		const both = [loaded.load(), loaded.load()];
		waiting[1]?.("new");
		waiting[0]?.("old");
		await Promise.all(both);
		expect(loaded.value).toBe("new");
	});
});

it("what news came of faster than it could be read was never shown", async () => {
	const waiting: Array<(value: number) => void> = [];
	const loaded = new Loaded(() => new Promise<number>((resolve) => waiting.push(resolve)));
	const all = [loaded.refresh(), loaded.refresh(), loaded.refresh()];
	expect(waiting).toHaveLength(1);
	waiting[0]?.(1);
	await expect.poll(() => waiting).toHaveLength(2);
	expect(loaded.value).toBe(1);
	waiting[1]?.(2);
	await Promise.all(all);
	expect([loaded.value, waiting.length]).toEqual([2, 2]);
});

it("what several wanted was read for each of them; what failed is read again", async () => {
	let readings = 0;
	const loaded = new Loaded(async () => {
		if (++readings === 1) throw refusal;
		return readings;
	});
	await Promise.all([loaded.begin(), loaded.begin()]);
	expect([readings, loaded.state.value.kind]).toEqual([1, "failed"]);
	await loaded.begin();
	await loaded.begin();
	expect([readings, loaded.value]).toEqual([2, 2]);
});

describe("a task", () => {
	it("runs once at a time and forgets the failure of the time before", async () => {
		const task = new Task();
		expect(await task.run(() => Promise.reject(refusal))).toBe(false);
		expect(task.error.value).toBe(refusal);
		let finish = () => {};
		const running = task.run(
			() =>
				new Promise<void>((resolve) => {
					finish = resolve;
				}),
		);
		expect([task.busy.value, task.error.value]).toEqual([true, undefined]);
		expect(await task.run(async () => undefined)).toBe(false);
		finish();
		expect(await running).toBe(true);
		expect(task.busy.value).toBe(false);
	});
});

it("the next question showed the refusal of the one before", async () => {
	const task = new Task();
	await task.run(async () => {
		throw refusal;
	});
	expect(task.error.value).toBe(refusal);
	task.forget();
	expect(task.error.value).toBeUndefined();
});
