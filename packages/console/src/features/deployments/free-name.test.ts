import { expect, it } from "vitest";
import { freeName } from "./free-name.ts";

it.each([
	["Sales", [], "Sales"],
	["Sales", ["Service"], "Sales"],
	["Sales", ["sales"], "Sales 2"],
	["Sales 2", ["Sales", " Sales  2", "Sales 3"], "Sales 4"],
])("%s beside %j becomes %s", (wanted, taken, name) => {
	expect(freeName(wanted, taken)).toBe(name);
});
