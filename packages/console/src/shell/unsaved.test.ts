import { expect, it } from "vitest";
import { guard, losesWork } from "./unsaved.ts";

it("typed work was lost in silence: any form on the screen that holds some is asked", () => {
	let typed = "";
	const release = guard(() => typed !== "");
	const other = guard(() => false);
	expect(losesWork()).toBe(false);
	typed = "x";
	expect(losesWork()).toBe(true);
	release();
	expect(losesWork()).toBe(false);
	other();
});
