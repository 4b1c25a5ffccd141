import { describe, expect, it } from "vitest";
import { readEmail, readUsername } from "./names.ts";

const refusal = (fieldName: string) =>
	expect.objectContaining({
		status: 400,
		options: expect.objectContaining({ details: [expect.objectContaining({ fieldName })] }),
	});

describe("a user name", () => {
	it.each([
		["ann", "ann"],
		["  ann ", "ann"],
		["ａｎｎ", "ann"],
		["ann.bell+x@example.com", "ann.bell+x@example.com"],
		["анна", "анна"],
		["x".repeat(254), "x".repeat(254)],
	])("%j is kept as %j", (sent, kept) => {
		expect(readUsername(sent)).toBe(kept);
	});

	it.each([
		["nothing", "   "],
		["too much", "x".repeat(255)],
		["a space", "ann bell"],
		["a line", "ann\nbell"],
		["what nobody sees", "ann\u200bbell"],
		["what turns the text around", "ann\u202ebell"],
		["what is blank without being a space", "ann\u2800bell"],
		["letters of two scripts", "аnn"],
		["an address in quotes", '"ann"@example.com'],
		["an address with a remark", "ann(x)@example.com"],
	])("is not %s", (_what, sent) => {
		expect(() => readUsername(sent)).toThrow(refusal("username"));
	});
});

describe("an e-mail address", () => {
	it.each([
		[" ann@example.com ", "ann@example.com"],
		["Ann@Example.com", "Ann@Example.com"],
		["ann@localhost", "ann@localhost"],
		["анна@пример.рф", "анна@пример.рф"],
		["o'hara@example.com", "o'hara@example.com"],
	])("%j is kept as %j", (sent, kept) => {
		expect(readEmail(sent)).toBe(kept);
	});

	it.each([
		["without a place", "ann"],
		["without a name", "@example.com"],
		["of two places", "ann@b@example.com"],
		["with a space", "ann b@example.com"],
		["with a dot at the end", "ann@example.com."],
		["with a dot before the place", "ann@.example.com"],
		["with two dots in a row", "ann@example..com"],
		["with a full stop that is not Latin", "ann@example。com"],
		["that is a list", "ann@example.com,bob@example.com"],
		["in brackets", "<ann@example.com>"],
		["of two scripts in a word", "аnn@example.com"],
		["that is too long", `${"x".repeat(250)}@example.com`],
	])("is not one %s", (_what, sent) => {
		expect(() => readEmail(sent)).toThrow(refusal("email"));
	});
});
