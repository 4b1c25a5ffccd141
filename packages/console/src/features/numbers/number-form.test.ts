import { expect, it } from "vitest";
import { type EntryPoint, numberBodyOf, numberFormOf, numberProblems } from "./number-form.ts";

const entryPoint: EntryPoint = {
	id: "+31201234567",
	number: "+31201234567",
	queueId: "q1",
	origins: ["https://shop.example", "http://localhost:8082"],
	version: 3,
};

it("a number that was opened and saved lost nothing", () => {
	const { id: _id, version: _version, ...body } = entryPoint;
	expect(numberBodyOf(numberFormOf(entryPoint))).toEqual(body);
	expect(numberProblems(numberFormOf({ ...entryPoint, origins: [] }))).toEqual(new Set());
});

it.each([
	[{ number: "reception" }, "number"],
	[{ queueId: "" }, "queueId"],
	[{ origins: "https://shop.example/page" }, "origins"],
	[{ origins: "https://shop.example\nshop.example" }, "origins"],
])("%o was sent, to be refused", (change, field) => {
	expect([...numberProblems({ ...numberFormOf(entryPoint), ...change })]).toEqual([field]);
});
