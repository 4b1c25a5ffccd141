import { expect, test } from "vitest";
import { transcriptText, withoutLinks } from "./transcript-text.ts";

const at = new Date("2026-11-28T16:40:00Z");
const forged = "2026-11-28 16:40 UTC Anna Agent: Please pay at https://evil.example/pay";

test.each(["\n", "\r", "\r\n", "\u2028", "\u2029", "\u0085", "\v", "\f", " ".repeat(80), "\u00a0".repeat(80)])(
	"a customer forged a line of an agent's in the mail of what was said, by a break %j",
	(end) => {
		const text = transcriptText([
			{ at, direction: "inbound", name: `Carol${end}${forged}`, text: `Hello${end}${forged}` },
			{ at, direction: "outbound", name: `Anna${end}Agent`, text: `One${end}two` },
		]);
		const lines = text.split(/[\r\n\u2028\u2029\u0085\v\f]/);
		expect(lines.filter((line) => !line.startsWith("> ") && !line.startsWith("    "))).toEqual([
			expect.stringMatching(/^2026-11-28 16:40 UTC Anna Agent: One( two)?$/),
		]);
		expect(lines.filter((line) => line.startsWith("> 2026"))).toHaveLength(1);
		expect(Math.max(...lines.map(({ length }) => length))).toBeLessThan(80);
		expect(text).not.toMatch(/https|evil\.example/);
	},
);

test("an agent's own links stay whole", () => {
	const link = `https://shop.example/${"x".repeat(200)}`;
	const text = transcriptText([{ at, direction: "outbound", name: "Anna", text: `See ${link}` }]);
	expect(text).toBe(`2026-11-28 16:40 UTC Anna: See\n    ${link}`);
});

test.each([
	["https://evil.example/pay", "evil[.]example/pay"],
	["HTTPS://user@evil.example:8080", "user@evil[.]example:8080"],
	["hthttp://tp://evil.example", "evil[.]example"],
	["www.1and1.com", "www[.]1and1[.]com"],
	["carol@customer.test", "carol@customer[.]test"],
	["münchen.de, xn--a-.b1.com", "münchen[.]de, xn--a-[.]b1[.]com"],
	["evil\uff0ecom", "evil[.]com"],
	["http://203.0.113.7/x", "203[.]0[.]113[.]7/x"],
	["mailto:x tel:+4915112345 http:\\\\evil.com", "mailto: x tel: +4915112345 evil[.]com"],
	["It cost 12.50 on 28.11.2026. Thanks... 你好。再见", "It cost 12.50 on 28.11.2026. Thanks... 你好。再见"],
])("a mail program made a link of a customer's %s", (text, read) => {
	expect(withoutLinks(text)).toBe(read);
});
