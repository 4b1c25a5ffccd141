import { expect, test } from "vitest";
import { completePromise } from "./complete-promise.ts";

test("a script's own Promise, an old polyfill's, kept the panel from opening at its next load", async () => {
	class Polyfill {
		static resolve = () => "its own";
	}
	const window = { Promise: Polyfill as unknown as PromiseConstructor & typeof Polyfill };
	completePromise(window);
	const { promise, resolve } = window.Promise.withResolvers<number>();
	resolve(3);
	expect([await promise, window.Promise.resolve()]).toEqual([3, "its own"]);
	expect(await window.Promise.allSettled([promise])).toEqual([{ status: "fulfilled", value: 3 }]);
});

test("the browser's own Promise is left as it is, and so is a window without one", () => {
	const before = Object.getOwnPropertyNames(Promise);
	completePromise({ Promise });
	completePromise({});
	expect(Object.getOwnPropertyNames(Promise)).toEqual(before);
});
