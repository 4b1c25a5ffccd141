import { expect, it } from "vitest";
import { type Callable, plainOf, revived } from "./plain.ts";

/** What comes out at the other end, functions as the numbers that they were given. */
function crossed(value: unknown): unknown {
	const tasks: Callable[] = [];
	const text = JSON.stringify(plainOf(value, (task) => tasks.push(task) - 1));
	return text === undefined ? undefined : revived(JSON.parse(text), (id) => tasks[id] as Callable);
}

const cycle: Record<string, unknown> = { name: "cycle" };
cycle.self = cycle;
const throwing = {
	fine: 1,
	get bad(): never {
		throw new Error("getter");
	},
	toJSON: undefined,
};
const deep = Array.from({ length: 500 }).reduce<object>((inner) => ({ inner }), {});

it.each([
	["texts, numbers and nothing", { a: "x", b: 1.5, c: null, d: false }, { a: "x", b: 1.5, c: null, d: false }],
	["no number", { a: Number.NaN, b: Number.POSITIVE_INFINITY }, { a: null, b: null }],
	["what JSON has no word for", { a: undefined, b: Symbol("s"), c: 10n, d: 1 }, { d: 1 }],
	["dates", { at: new Date(0) }, { at: "1970-01-01T00:00:00.000Z" }],
	["lists with holes", [1, undefined, 2], [1, null, 2]],
	["maps", { map: new Map([[1, 2]]) }, { map: {} }],
	["cycles", cycle, { name: "cycle" }],
	["getters that throw", throwing, { fine: 1 }],
	["a toJSON that throws", { a: { toJSON: () => JSON.parse("{") as unknown } }, {}],
	["an object without a prototype", Object.assign(Object.create(null), { a: 1 }), { a: 1 }],
	["names that mean something", JSON.parse('{"__proto__":{"polluted":true},"constructor":1}'), undefined],
])("%s cross as plain data", (_what, given, expected) => {
	const out = crossed(given);
	if (expected !== undefined) expect(out).toEqual(expected);
	expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
	expect(Object.getPrototypeOf(out)).not.toHaveProperty("polluted");
});

it("a thousand levels end, and so does a text of any length", () => {
	expect(JSON.stringify(crossed(deep)).length).toBeLessThan(1000);
	expect((crossed({ text: "x".repeat(3_000_000) }) as { text: string }).text).toHaveLength(1_048_576);
	expect((crossed(Array.from({ length: 200_000 }, () => 1)) as unknown[]).length).toBeLessThanOrEqual(50_000);
});

it("functions cross as what calls them", () => {
	const heard: unknown[] = [];
	const out = crossed({ list: [{ callback: (value: unknown) => heard.push(value) }] }) as {
		list: { callback: Callable }[];
	};
	out.list[0]?.callback("x");
	expect(heard).toEqual(["x"]);
});
