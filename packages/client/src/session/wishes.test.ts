import { describe, expect, it } from "vitest";
import { Wishes } from "./wishes.ts";

function held() {
	const sent: boolean[] = [];
	const waiting: (() => void)[] = [];
	const send = (value: boolean) => {
		sent.push(value);
		return new Promise<void>((resolve) => waiting.push(resolve));
	};
	const answer = async () => {
		waiting.shift()?.();
		await new Promise((resolve) => setTimeout(resolve));
	};
	return { sent, send, answer };
}

describe("once means once", () => {
	it("a double click on a number made two calls", async () => {
		const wishes = new Wishes(() => 0);
		let calls = 0;
		const place = () => wishes.once("dial", async () => ++calls);
		expect(await Promise.all([place(), place()])).toEqual([1, 1]);
		expect(await place()).toBe(2);
	});

	it("an action that failed can be asked for again", async () => {
		const wishes = new Wishes(() => 0);
		await expect(wishes.once("dial", () => Promise.reject(new Error("no line")))).rejects.toThrow("no line");
		expect(await wishes.once("dial", async () => "dialled")).toBe("dialled");
	});

	it("hold twice in one tick held instead of resuming", async () => {
		const wishes = new Wishes(() => 0);
		const { sent, send, answer } = held();
		const first = wishes.toggle("hold", false, send);
		const second = wishes.toggle("hold", false, send);
		await answer();
		await answer();
		await Promise.all([first, second]);
		expect(sent).toEqual([true, false]);
	});

	it("three in one tick hold, with nothing sent in vain", async () => {
		const wishes = new Wishes(() => 0);
		const { sent, send, answer } = held();
		for (let count = 0; count < 3; count++) void wishes.toggle("hold", false, send);
		await answer();
		expect(sent).toEqual([true]);
		expect(wishes.wished("hold", false)).toBe(true);
	});

	it("a click between the answer and its event counts from the wish", async () => {
		const wishes = new Wishes(() => 0);
		const { sent, send, answer } = held();
		void wishes.toggle("mute", false, send);
		await answer();
		void wishes.toggle("mute", false, send);
		expect(sent).toEqual([true, false]);
	});

	it("counts from events again once the wish was told, or its event never came", async () => {
		let now = 0;
		const wishes = new Wishes(() => now);
		const { send, answer } = held();
		void wishes.toggle("mute", false, send);
		await answer();
		wishes.told("mute", true);
		// Somebody else has unmuted.
		expect(wishes.wished("mute", false)).toBe(false);
		void wishes.toggle("mute", false, send);
		await answer();
		now = 5000;
		expect(wishes.wished("mute", false)).toBe(false);
	});

	it("a refused toggle is forgotten", async () => {
		const wishes = new Wishes(() => 0);
		await expect(wishes.toggle("hold", false, () => Promise.reject(new Error("refused")))).rejects.toThrow();
		expect(wishes.wished("hold", false)).toBe(false);
	});
});
