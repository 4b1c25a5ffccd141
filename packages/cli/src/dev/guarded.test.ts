import { expect, it } from "vitest";
import { guarded } from "./guarded.ts";

it("of a packed script, with hundreds of functions on one line, each place is found where its author has it", () => {
	const source = Array.from({ length: 300 }, (_, at) => `function f${at}(){for(;;)g${at}();}`).join("");
	const made = guarded(source);
	if (!made) throw new Error("It is a script.");
	for (const at of [0, 1, 150, 299]) {
		const column = made.code.indexOf(`g${at}()`) + 1;
		expect(made.columnWithout(1, column)).toBe(source.indexOf(`g${at}()`) + 1);
	}
	const inGuard = made.code.indexOf("__inlayTurn") + 1;
	expect(made.columnWithout(1, inGuard), "within a guard: where it was put in").toBe(source.indexOf("{") + 2);
	expect(made.columnWithout(1, 3)).toBe(3);
	expect(made.columnWithout(2, 7)).toBe(7);
});
