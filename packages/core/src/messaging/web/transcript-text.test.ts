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
	["see.http://evil.example .https://evil.example", "evil[.]example .https: //evil[.]example"],
	["mailto:x tel:+4915112345 http:\\\\evil.com", "mailto: x tel: +4915112345 evil[.]com"],
	["It cost 12.50 on 28.11.2026. Thanks... 你好。再见", "It cost 12.50 on 28.11.2026. Thanks... 你好。再见"],
])("a mail program made a link of a customer's %s", (text, read) => {
	expect(withoutLinks(text)).toBe(read);
});

test("long lines of a customer's stood the server still: of each part the time grew with its square", () => {
	const parts = [
		"a.",
		"a+",
		"a-",
		"A1.",
		":/",
		"1.",
		"1.1.1.1 ",
		"mailto:",
		"\u200d",
		"👍\u200d",
		"न\u200d",
		"\u0301.",
	];
	for (const part of [...parts, "a\u3002", "http://", " ", "\u00a0", "\ufe0f", "\\", "a", ":", "\n"]) {
		const text = part.repeat(Math.ceil(60_000 / part.length));
		const before = process.cpuUsage();
		withoutLinks(text);
		for (const direction of ["inbound", "outbound"] as const)
			transcriptText([{ at, direction, name: part.repeat(1_000), text }]);
		const { user } = process.cpuUsage(before);
		expect(user / 1_000, JSON.stringify(part)).toBeLessThan(700);
	}
});

test("a thousand long messages were one mail of many megabytes: the latest go along, and a mark says that there were more", () => {
	const said = Array.from({ length: 1_000 }, (_none, n) => ({
		...{ at, direction: "inbound" as const, name: "Carol", text: `${n} ${"\n".repeat(4_000)}` },
	}));
	const text = transcriptText(said);
	expect(text.length).toBeLessThan(510_000);
	expect(text).toMatch(/^\[…\]\n> 2026/);
	expect(text).toContain("Carol: 999");
	expect(transcriptText(said.slice(-3))).not.toContain("[…]");
});

test("an agent's own columns and steps were pushed together", () => {
	const text = transcriptText([{ at, direction: "outbound", name: "Anna", text: "Prices:\n  Red    5\n  Green  12" }]);
	expect(text).toBe("2026-11-28 16:40 UTC Anna: Prices:\n      Red    5\n      Green  12");
});
