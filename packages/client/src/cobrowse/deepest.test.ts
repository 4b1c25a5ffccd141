import { expect, test } from "vitest";
import { deepest } from "./deepest.ts";

test("an agent's click beside what a shadow root shows went round in it until the stack was full, and reached nobody", () => {
	const tree = { elementFromPoint: (): unknown => host };
	const host = { shadowRoot: tree };
	expect(deepest({ elementFromPoint: () => host } as never, 1, 1)).toBe(host);
	const button = {};
	tree.elementFromPoint = () => button;
	expect(deepest({ elementFromPoint: () => host } as never, 1, 1)).toBe(button);
});
