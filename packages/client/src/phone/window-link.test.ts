import { beforeEach, describe, expect, it } from "vitest";
import { isSameDesk, keepAsking, ownerHash, phoneWindowName, readOwner, readPhoneMessage } from "./window-link.ts";

let asked: number;
let askedAny: number;
let closed: number;
let tick: () => void;
let link: ReturnType<typeof keepAsking>;

beforeEach(() => {
	asked = askedAny = closed = 0;
	link = keepAsking({
		ask: (any) => {
			asked++;
			if (any) askedAny++;
		},
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

	it("another of the agent's panels may take it once its own is silent, and not before", () => {
		for (let second = 0; second < 5; second++) {
			seconds(1);
			link.answered();
		}
		expect(askedAny).toBe(0);
		seconds(3);
		expect(askedAny).toBe(2);
	});

	it("asked every panel of the page: question and answer name panel, deployment and agent", () => {
		const owner = { deployment: "d&1", agent: "a=1", panel: "p-1" };
		expect(readOwner(ownerHash(owner))).toEqual(owner);
		expect(readOwner("")).toEqual({ deployment: "", agent: "", panel: undefined });
		expect(phoneWindowName(owner)).not.toBe(phoneWindowName({ ...owner, panel: "p-2" }));
		expect(isSameDesk(owner, { ...owner, panel: "p-2" })).toBe(true);
		for (const other of [{ deployment: "d2" }, { agent: "a2" }])
			expect(isSameDesk(owner, { ...owner, ...other })).toBe(false);
		expect(readPhoneMessage({ inlayPhoneWindow: "ask", ...owner, more: 1 })).toEqual({
			inlayPhoneWindow: "ask",
			...owner,
		});
		for (const other of ["inlay.phone-window.ask", null, {}, { inlayPhoneWindow: "ask", agent: "a" }])
			expect(readPhoneMessage(other)).toBeUndefined();
	});
});
