import { afterEach, expect, it } from "vitest";
import { Colleague, type Shift } from "./colleague.ts";

let people = 0;
const shifts: Array<{ left: boolean[]; called: string[]; breakOff(): void }> = [];
let failure: Error | undefined;
/** Each shift's start waits for it. */
let ready: Promise<boolean> = Promise.resolve(true);

function played(): Colleague {
	return new Colleague({
		isSomebodyElse: () => people > 0,
		async begin(): Promise<Shift> {
			if (failure) throw failure;
			const ended = Promise.withResolvers<void>();
			const shift = { left: [] as boolean[], called: [] as string[], breakOff: ended.resolve };
			shifts.push(shift);
			return {
				ready,
				ended: ended.promise,
				async call(userId) {
					shift.called.push(userId);
				},
				async leave(alone) {
					shift.left.push(alone);
				},
			};
		},
		log: { warn: () => {} },
		pauseMs: 1,
	});
}

afterEach(() => {
	people = 0;
	failure = undefined;
	ready = Promise.resolve(true);
	shifts.length = 0;
});

it("is there once it is wanted, calls, and goes home when it is not", async () => {
	const ben = played();
	expect(ben.whereabouts).toBe("off");
	expect(await ben.call("anna")).toBe(false);
	expect(await ben.want(true)).toBe("there");
	expect(await ben.call("anna")).toBe(true);
	expect(shifts[0]?.called).toEqual(["anna"]);
	expect(await ben.want(false)).toBe("off");
	expect(shifts[0]?.left, "nobody else works as him: he signs out").toEqual([true]);
});

it("leaves his place to a person who signs in as him, without signing them out, and comes back after them", async () => {
	const ben = played();
	await ben.want(true);
	people = 1;
	await ben.somebodyCame();
	expect(ben.whereabouts).toBe("aside");
	expect(shifts[0]?.left).toEqual([false]);
	people = 0;
	ben.somebodyLeft();
	await expect.poll(() => ben.whereabouts).toBe("there");
	expect(shifts).toHaveLength(2);
	await ben.stop();
});

it("sent home and wanted again while he was coming, he was there and could not be called", async () => {
	const ben = played();
	const slow = Promise.withResolvers<boolean>();
	ready = slow.promise;
	const first = ben.want(true);
	await ben.want(false);
	ready = Promise.resolve(true);
	await ben.want(true);
	slow.resolve(true);
	await first;
	expect([ben.whereabouts, await ben.call("anna")]).toEqual(["there", true]);
	await ben.stop();
});

it("a broken connection left nobody at the phone", async () => {
	const ben = played();
	await ben.want(true);
	shifts[0]?.breakOff();
	await expect.poll(() => shifts.length).toBe(2);
	await expect.poll(() => ben.whereabouts).toBe("there");
	await ben.stop();
});

it("says that he could not sign in, and tries again", async () => {
	const ben = played();
	failure = new Error("a second step");
	expect(await ben.want(true)).toBe("failed");
	failure = undefined;
	await expect.poll(() => ben.whereabouts).toBe("there");
	await ben.stop();
});
