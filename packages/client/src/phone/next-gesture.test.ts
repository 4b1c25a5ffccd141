import { expect, it } from "vitest";
import { onNextGesture } from "./next-gesture.ts";

it("sound that the browser had kept back was tried once: the next click or key plays it, once", () => {
	const page = new EventTarget() as unknown as Window;
	let played = 0;
	onNextGesture(page, () => played++);
	expect(played).toBe(0);
	page.dispatchEvent(new Event("keydown"));
	page.dispatchEvent(new Event("pointerup"));
	expect(played).toBe(1);
	onNextGesture(page, () => played++)();
	page.dispatchEvent(new Event("pointerup"));
	expect(played, "given up").toBe(1);
});
