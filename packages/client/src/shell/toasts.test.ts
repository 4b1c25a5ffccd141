import { describe, expect, it } from "vitest";
import { FakeClock } from "../test-support/fake-clock.ts";
import { Toasts } from "./toasts.ts";

const texts = (toasts: Toasts) => toasts.list.value.map((toast) => toast.text);

describe("notices", () => {
	it("leave after their time; 0 means until dismissed", () => {
		const clock = new FakeClock();
		const toasts = new Toasts(clock);
		toasts.show({ tone: "info", text: "short" }, 1000);
		toasts.show({ tone: "bad", text: "stays" }, 0);
		clock.advance(60_000);
		expect(texts(toasts)).toEqual(["stays"]);
		toasts.dismiss(toasts.list.value[0]?.id ?? 0);
		expect(texts(toasts)).toEqual([]);
	});

	it("are not repeated, and never more than three", () => {
		const toasts = new Toasts(new FakeClock());
		for (const text of ["a", "b", "a", "c", "d"]) toasts.show({ tone: "info", text });
		expect(texts(toasts)).toEqual(["a", "c", "d"]);
	});

	it("one that somebody was to acknowledge was pushed out by newer ones", () => {
		const clock = new FakeClock();
		const toasts = new Toasts(clock);
		toasts.show({ tone: "bad", text: "sticky" }, 0);
		for (const text of ["a", "b", "c", "d"]) toasts.show({ tone: "info", text }, 2000);
		expect(texts(toasts)).toEqual(["sticky", "b", "c", "d"]);
		clock.advance(2000);
		expect(texts(toasts)).toEqual(["sticky"]);
		for (let n = 0; n < 100; n++) toasts.show({ tone: "bad", text: `loop ${n}` }, 0);
		expect(texts(toasts)).toHaveLength(20);
	});

	it("said “Transferring to …” beside “Your transfer did not go through”: what tells of an interaction goes when it is settled", () => {
		const toasts = new Toasts(new FakeClock());
		toasts.show({ tone: "info", text: "Transferring to Ben…", about: "c1" });
		toasts.show({ tone: "info", text: "Transferring to Support…", about: "c2" });
		toasts.show({ tone: "good", text: "Saved" });
		toasts.settle("c1");
		expect(texts(toasts)).toEqual(["Transferring to Support…", "Saved"]);
	});
});
