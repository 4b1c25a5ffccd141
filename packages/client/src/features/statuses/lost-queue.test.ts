import { signal } from "@preact/signals";
import { expect, it } from "vitest";
import { leaveQueueWithRight } from "./lost-queue.ts";

it("an agent from whom On Queue was taken stayed there, and went on being offered calls without a word", () => {
	const [may, onQueue] = [signal(true), signal(true)];
	let left = 0;
	const stop = leaveQueueWithRight(
		() => may.value,
		onQueue,
		() => {
			left++;
			onQueue.value = false;
		},
	);
	expect(left).toBe(0);
	may.value = false;
	expect(left).toBe(1);
	may.value = true;
	onQueue.value = true;
	stop();
	may.value = false;
	expect(left).toBe(1);
});

it("whoever was never known to hold the right is left where they are", () => {
	let left = 0;
	leaveQueueWithRight(
		() => false,
		signal(true),
		() => left++,
	)();
	expect(left).toBe(0);
});
