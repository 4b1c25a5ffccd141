import { expect, test } from "vitest";
import { readPageAddress } from "./page-address.ts";

const scripts = [
	"javascript:alert(1)",
	" javascript:alert(1)",
	"java\tscript:alert(1)",
	"JavaScript:x",
	"data:text/html,x",
	"file:///etc",
];

test.each([...scripts, "https://a:b@x.example/", "http://"])(
	"what runs, or hides where it leads, was an address: %j",
	(text) => {
		for (const options of [{}, { relative: true }])
			expect(() => readPageAddress(text, "field", options)).toThrow(/^field must be/);
	},
);

test("a page stays letter for letter, and one without a scheme is taken where such are", () => {
	expect(readPageAddress("https://x.example/a?b#c", "field")).toBe("https://x.example/a?b#c");
	for (const text of ["/pictures/a.png", "a.png", "//cdn.example/a.png"]) {
		expect(readPageAddress(text, "field", { relative: true })).toBe(text);
		expect(() => readPageAddress(text, "field")).toThrow();
	}
});
