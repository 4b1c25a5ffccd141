import { expect, it } from "vitest";
import { timeFormat, whenText } from "./when-text.ts";

const now = new Date(2026, 10, 28, 9, 0).getTime();
const at = (...parts: [number, number, number, number]) => new Date(2026, ...parts).toISOString();

it("a missed call of yesterday said 16:03, and was looked for today", () => {
	const say = (language: string, iso: string) => whenText(iso, now, language).replaceAll(/\s/g, " ");
	expect(say("en-GB", at(10, 28, 8, 5))).toBe("08:05");
	expect(say("en-GB", at(10, 27, 16, 3))).toBe("yesterday 16:03");
	expect(say("de", at(10, 27, 16, 3))).toBe("gestern 16:03");
	expect(say("en-GB", at(10, 26, 16, 3))).toBe("Thu 26 Nov, 16:03");
	expect(say("en-GB", new Date(2025, 11, 31, 16, 3).toISOString())).toBe("Wed, 31 Dec 2025, 16:03");
	expect(say("en-GB", at(10, 27, 23, 59)), "by the calendar, not by 24 hours").toBe("yesterday 23:59");
});

it("09:59 AM stood beside 9:50 AM", () => {
	const eight = new Date(2026, 10, 28, 8, 5);
	for (const language of ["en-US", "en-GB", "de", "ja", "ko", "ar-u-nu-latn", "es"]) {
		const short = new Intl.DateTimeFormat(language, { timeStyle: "short" }).format(eight);
		expect(timeFormat({}, language).format(eight), language).toBe(short);
		expect(timeFormat({ weekday: "short" }, language).format(eight), language).toContain(short);
	}
});
