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

it("a number that leads to a person was led into a queue by opening and saving it", () => {
	const direct: EntryPoint = { id: "+1", number: "+1", userId: "u1", origins: [], version: 1 };
	expect(numberBodyOf(numberFormOf(direct))).toEqual({ number: "+1", userId: "u1", origins: [] });
	expect(numberBodyOf({ ...numberFormOf(direct), target: "groupId", groupId: "g1" })).toEqual({
		number: "+1",
		groupId: "g1",
		origins: [],
	});
});

it.each([
	[{ number: "reception" }, "number"],
	[{ queueId: "" }, "queueId"],
	[{ target: "userId" as const }, "userId"],
	[{ origins: "https://shop.example/page" }, "origins"],
	[{ origins: "https://shop.example\nshop.example" }, "origins"],
])("%o was sent, to be refused", (change, field) => {
	expect([...numberProblems({ ...numberFormOf(entryPoint), ...change })]).toEqual([field]);
});

it("digits of the console's own languages were no number", () => {
	for (const number of ["٠١٢٣٤٥٦٧", "０３１２３４５６"])
		expect(numberProblems({ ...numberFormOf(entryPoint), number })).toEqual(new Set());
});
