import { expect, it } from "vitest";
import { keptSelection } from "./kept-selection.ts";

const first = { id: "first", state: "connected" } as const;
const second = { id: "second", state: "connected" } as const;
const ring = { id: "ring", state: "alerting" } as const;

it("a reload with two open calls forgot which of them one was working on", () => {
	expect(keptSelection([first, second], "second")).toBe("second");
});

it("what has gone is not selected, and what alerts only where nothing else goes on", () => {
	expect(keptSelection([ring, first], "second")).toBe("first");
	expect(keptSelection([ring], null)).toBe("ring");
	expect(keptSelection([], "second")).toBeUndefined();
});
