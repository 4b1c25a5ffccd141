import { afterEach, expect, it } from "vitest";
import { nextTask, taskOrder } from "./next-task.ts";

afterEach(() => {
	taskOrder.heard = undefined;
});

it("a ring was drawn before the page around heard of it from an isolated script", async () => {
	const order: string[] = [];
	const waiting = Promise.withResolvers<void>();
	taskOrder.heard = () => waiting.promise;
	nextTask(() => order.push("claimed"));
	nextTask(() => order.push("drawn"));
	await new Promise<void>((resolve) => void setTimeout(resolve));
	order.push("heard");
	waiting.resolve();
	taskOrder.heard = undefined;
	await new Promise<void>((resolve) => void waiting.promise.then(() => nextTask(resolve)));
	expect(order).toEqual(["heard", "claimed", "drawn"]);
});
