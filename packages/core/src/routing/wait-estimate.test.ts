import { expect, it } from "vitest";
import { waitEstimate } from "./wait-estimate.ts";

const of = (waiting: number, free: number, agents: number, handleSeconds?: number) =>
	waitEstimate({ waiting, free, agents, ...(handleSeconds === undefined ? {} : { handleSeconds }) });

it("reckons the wait by those before, the agents and what a call takes; it says nothing where nothing is known", () => {
	expect(of(0, 1, 1)).toBe(0);
	expect(of(2, 3, 5, 240)).toBe(0);
	expect(of(0, 0, 1, 240)).toBe(120);
	expect(of(4, 0, 2, 240)).toBe(540);
	expect(of(4, 0, 8, 240)).toBe(135);
	expect(of(3, 0, 0, 240)).toBeUndefined();
	expect(of(3, 0, 2)).toBeUndefined();
});
