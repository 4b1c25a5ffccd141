import { afterEach, describe, expect, it } from "vitest";
import { format } from "./format.ts";
import { oneLine, setLanguage } from "./i18n.ts";

afterEach(() => setLanguage("en"));

describe("text from outside in a sentence", () => {
	it("a bare number in an Arabic sentence was turned round by its neighbours: it stands apart, and is read from the left", () => {
		const number = "+49 30 123";
		expect(format("لم يرد {name}.", { name: number }, "ar")).toBe(`لم يرد \u2066${number}\u2069.`);
		expect(format("لم يرد {name}.", { name: "Ada" }, "ar-EG")).toBe("لم يرد \u2068Ada\u2069.");
		expect(format("{name} did not answer.", { name: number }, "en")).toBe(`${number} did not answer.`);
	});

	it("counts and empty texts stay as they are", () => {
		expect(format("الجهاز {number}{rest}", { number: 3, rest: "" }, "ar")).toBe("الجهاز 3");
	});

	it("several facts in one line stand apart from each other", async () => {
		expect(oneLine(["Mobile", undefined, "+49 30 123", false, ""])).toBe("Mobile · +49 30 123");
		await setLanguage("ar");
		expect(oneLine(["جوال", "+49 30 123"])).toBe("\u2068جوال\u2069 · \u2066+49 30 123\u2069");
	});
});
