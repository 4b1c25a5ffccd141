import { beforeEach, describe, expect, it } from "vitest";
import { keepAsking } from "./window-link.ts";

let asked: number;
let closed: number;
let tick: () => void;
let link: ReturnType<typeof keepAsking>;

beforeEach(() => {
	asked = closed = 0;
	link = keepAsking({
		ask: () => asked++,
		close: () => closed++,
		every(task) {
			tick = task;
			return () => {
				tick = () => {};
			};
		},
	});
});

const seconds = (count: number) => {
	for (let second = 0; second < count; second++) tick();
};

describe("the phone's window and its panel", () => {
	it("a panel that was loaded anew did not find its phone: the window asks at once and goes on asking", () => {
		seconds(3);
		expect(asked).toBe(4);
	});

	it("closes when nobody answers for a minute, and only then", () => {
		seconds(59);
		link.answered();
		seconds(60);
		expect(closed).toBe(0);
		seconds(5);
		expect(closed).toBe(1);
	});
});
