import { beforeEach, describe, expect, it } from "vitest";
import { SilenceWatch } from "./silence-watch.ts";

let watch: SilenceWatch;
beforeEach(() => {
	watch = new SilenceWatch();
});

/** What is said in that many seconds in which nothing comes. */
function nothingFor(seconds: number): string[] {
	return Array.from({ length: seconds * 50 }, () => watch.tick()).filter((one) => one !== undefined);
}

describe("a page that went without a word (Firefox closed by its driver)", () => {
	it("left the customer in silence until the line counted as gone: it is silent after two seconds, gone after ten", () => {
		watch.heard(true);
		expect(nothingFor(1)).toEqual([]);
		expect(nothingFor(1)).toEqual(["silent"]);
		expect(nothingFor(8)).toEqual(["gone"]);
	});

	it("is heard again with its first packet, and silent a second time", () => {
		watch.heard(true);
		nothingFor(3);
		expect(watch.heard(true)).toBe(true);
		expect(watch.heard(true)).toBe(false);
		expect(nothingFor(2)).toEqual(["silent"]);
	});
});

describe("a client that sends no sound", () => {
	it("is not taken for one that went: its reports come every few seconds", () => {
		watch.heard(false);
		expect(nothingFor(5)).toEqual([]);
		watch.heard(false);
		expect(nothingFor(5)).toEqual([]);
	});

	it("and has sent some before, is so once at most", () => {
		watch.heard(true);
		expect(nothingFor(4)).toEqual(["silent"]);
		expect(watch.heard(false)).toBe(true);
		expect(nothingFor(5)).toEqual([]);
	});

	it("is gone where it does not report either", () => {
		watch.heard(false);
		expect(nothingFor(10)).toEqual(["gone"]);
	});
});
