import { expect, test } from "vitest";
import { defaultSettings } from "../places.ts";
import { letter } from "../test-support/letter.ts";
import { envelopeOf } from "./imap-envelope.ts";

const route = {
	...{ id: "r", domain: "shop.example", pattern: "support", fromName: "Shop", queueId: "q", version: 1 },
	settings: defaultSettings,
};
const token = "0123456789abcdef0123456789abcdef";
const read = (headers: Record<string, string>) =>
	envelopeOf(Buffer.from(letter(headers, "From: eve@evil.test")), route);

test("who has sent a mail, and to which form of our address, is read out of its head", () => {
	expect(read({})).toMatchObject({ mailFrom: "carol@customer.test", recipients: [{ rcptTo: "support@shop.example" }] });
	for (const [headers, mailFrom] of [
		[{ "Return-Path": "<bounces@customer.test>" }, "bounces@customer.test"],
		[{ "Return-Path": "<>" }, ""],
		[{ From: '"boss@shop.example"\r\n\t<eve@evil.test>' }, "eve@evil.test"],
		[{ From: "dan@customer.test (Dan)" }, "dan@customer.test"],
		[{ From: "nobody" }, "unknown@invalid"],
	] as const)
		expect(read(headers).mailFrom, JSON.stringify(headers)).toBe(mailFrom);
	const ours = `Support+c.${token}@Shop.example`;
	expect(read({ To: `Shop <${ours}>, x@y.test` }).recipients[0]?.rcptTo).toBe(ours);
	for (const other of [`notsupport+c.${token}@shop.example`, `support+c.${token}@shop.example.evil.test`])
		expect(read({ To: other }).recipients[0]?.rcptTo, other).toBe("support@shop.example");
});

test("a mail whose head was one long word held the whole server up for minutes", () => {
	const long = 250_000;
	const heads = [
		`From: ${"a".repeat(long)}`,
		`From: ${"a@".repeat(long / 2)}`,
		`From: ${"<".repeat(long)}`,
		`From:${" ".repeat(long)}`,
		`From:${"\r\n ".repeat(long / 3)}`,
		`From: a\r\n ${"b@\r\n ".repeat(long / 5)}`,
		`Return-Path: <${"a".repeat(long)}`,
		`Return-Path:${"\t".repeat(long)}`,
		`Message-ID: ${"<a".repeat(long / 2)}`,
		`To: ${"a".repeat(long)}+c.${token}@`,
		`To: ${"+c.".repeat(long / 3)}`,
		`To: ${"support+".repeat(long / 8)}`,
		`To: ${`support+c.${token}@`.repeat(long / 43)}`,
		"From:\n".repeat(long / 6),
		":".repeat(long),
		"\r".repeat(long),
	];
	for (const head of heads)
		expect(envelopeOf(Buffer.from(`${head}\r\n\r\nHello`), route).recipients, head.slice(0, 20)).toEqual([
			{ route, rcptTo: "support@shop.example" },
		]);
});
