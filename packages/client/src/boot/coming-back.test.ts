import { expect, it } from "vitest";
import { comeBack, paceAfter } from "./coming-back.ts";

const refused = { firstMs: 3_000, longestMs: 30_000, unseen: false };
const away = { firstMs: 500, longestMs: 3_000, unseen: true };

/** Time that passes when it is told to, and a page that is looked at. */
function world(answers: readonly (boolean | Error)[], pace = refused) {
	const waits: number[] = [];
	let due: (() => void) | undefined;
	let asked = 0;
	let backs = 0;
	const page = Object.assign(new EventTarget(), { hidden: false });
	const stop = comeBack(
		async () => {
			const answer = answers[asked++] ?? false;
			if (answer instanceof Error) throw answer;
			return answer;
		},
		() => void backs++,
		{
			pace,
			page,
			random: () => 0.5,
			after(ms, run) {
				waits.push(ms);
				due = run;
				return () => {
					if (due === run) due = undefined;
				};
			},
		},
	);
	const pass = async () => {
		const run = due;
		due = undefined;
		run?.();
		for (let turn = 0; turn < 5; turn++) await Promise.resolve();
	};
	const look = async () => {
		page.dispatchEvent(new Event("visibilitychange"));
		for (let turn = 0; turn < 5; turn++) await Promise.resolve();
	};
	return { page, pass, look, stop, waits, asked: () => asked, backs: () => backs, isWaiting: () => due !== undefined };
}

it("a refused panel came back by a click alone", async () => {
	const one = world([false, new Error("away"), true]);
	for (let time = 0; time < 3; time++) await one.pass();
	expect([one.asked(), one.backs(), one.isWaiting()]).toEqual([3, 1, false]);
	await one.look();
	expect([one.asked(), one.backs()]).toEqual([3, 1]);
});

it("asks ever more rarely, not where nobody looks, and at once when somebody does", async () => {
	const one = world([]);
	for (let time = 0; time < 12; time++) await one.pass();
	expect(one.waits.slice(0, 3)).toEqual([3_000, 4_500, 6_750]);
	expect(one.waits.at(-1)).toBe(30_000);
	const asked = one.asked();
	one.page.hidden = true;
	await one.pass();
	expect(one.asked()).toBe(asked);
	one.page.hidden = false;
	await one.look();
	expect([one.asked(), one.waits.at(-1)]).toEqual([asked + 1, 3_000]);
	one.stop();
	await one.pass();
	await one.look();
	expect([one.asked(), one.backs()]).toEqual([asked + 1, 0]);
});

it("a panel that no server answered in a call was asked for once in half a minute, and not at all behind another tab", async () => {
	const one = world([new Error("away"), new Error("away"), new Error("away"), new Error("away"), true], away);
	one.page.hidden = true;
	for (let time = 0; time < 5; time++) await one.pass();
	expect([one.asked(), one.backs()]).toEqual([5, 1]);
	expect(Math.max(...one.waits)).toBeLessThanOrEqual(3_000);
});

it("a panel that came back in vain loaded every second for ever", () => {
	expect(paceAfter(away, 0)).toEqual(away);
	expect(paceAfter(away, 3)).toEqual({ firstMs: 1_687.5, longestMs: 3_000, unseen: true });
	expect(paceAfter(away, 40)).toEqual({ firstMs: 30_000, longestMs: 30_000, unseen: true });
});
