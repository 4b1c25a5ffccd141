import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { letter } from "../test-support/letter.ts";
import { readMail } from "./read-mail.ts";

const read = (raw: string | Buffer) => readMail(Buffer.from(raw), "carol@customer.test");
const part = (type: string, body: string, ...headers: string[]) =>
	[`Content-Type: ${type}`, ...headers, "", body].join("\n");
const of = (kind: string, ...parts: string[]) =>
	letter({}, `${parts.map((one) => `--b\n${one}\n`).join("")}--b--`, `multipart/${kind}; boundary="b"`);
const words = part("text/plain", "x");
const page = (html: string) => letter({}, html, "text/html; charset=utf-8");

/** Nothing that is shown of it may run, load, or leave its place. */
const harm =
	/<(?:script|svg|iframe|style|link|meta|form|object)|<[^>]*(?:\son\w+=|javascript:|url\(|position:|src="(?!cid:))/i;

describe("mails of forms that were not foreseen do no harm", () => {
	test.each<[string, string | Buffer]>([
		[
			"a page whose charset turns its marks",
			letter({}, "+ADw-img src=x onerror=alert(1)+AD4-x", "text/html; charset=x-user-defined"),
		],
		["a page in EBCDIC", letter({}, "\x4c\xa2\x83\x99\x89\x97\xa3\x6e", "text/html; charset=ibm037")],
		[
			"a page in UTF-16 without a mark",
			Buffer.concat([
				Buffer.from(letter({}, "", "text/html; charset=utf-16le").trimEnd()),
				Buffer.from("\r\n\r\n"),
				Buffer.from("<p>x</p><script>alert(1)</script>", "utf16le"),
			]),
		],
		[
			"a page that shifts out of ISO-2022-KR",
			letter({}, "\x1b$)C\x0e<script>alert(1)</script>\x0fx", "text/html; charset=iso-2022-kr"),
		],
		[
			"two charsets in one header",
			letter({}, "<p>x</p><script>alert(1)</script>", "text/html; charset=utf-8; charset=utf-7"),
		],
		[
			"a frame of pictures that name each other",
			of(
				"related",
				part("text/html", '<p>x</p><img src="cid:a"><img src="CID:a%22%20onerror=alert(1)">'),
				part("image/svg+xml", '<svg><image href="cid:a"/></svg>', "Content-ID: <a>"),
			),
		],
		[
			"a Content-ID with a tag in it",
			of(
				"related",
				part("text/html", '<img src="cid:&lt;script&gt;alert(1)&lt;/script&gt;">x'),
				part("image/png", "x", 'Content-ID: <"><script>alert(1)</script>>'),
			),
		],
		["CSS in conditional comments of Outlook", page("<p>x</p><![if !mso]><style>p{position:fixed}</style><![endif]>")],
		[
			"CSS behind escaped letters and comments",
			page('<p style="pos\\69tion:fixed;back/**/ground:u\\72l(https://spy.test)">x</p>'),
		],
		[
			"a media query that tells the time of day",
			page("<style>@media (prefers-color-scheme:dark){p{background:url(https://spy.test/dark)}}</style><p>x</p>"),
		],
		[
			"an animated SVG that changes a link",
			page('<p>x</p><svg><a><animate attributeName=href values="javascript:alert(1)"/><text>go</text></a></svg>'),
		],
		[
			"an SVG use of a picture with a page",
			page('<p>x</p><svg><use href="data:image/svg+xml,<svg id=x onload=alert(1)>#x"/></svg>'),
		],
		[
			"a search box of Gmail's actions",
			page('<script type="application/ld+json">{"@type":"ViewAction","url":"https://spy.test"}</script><p>x</p>'),
		],
		["a format that flows over its quotes", letter({}, ">".repeat(100_000), "text/plain; format=flowed; delsp=yes")],
		[
			"rich text of the nineties",
			letter({}, "<bold><param><script>alert(1)</script></param>x</bold>", "text/enriched"),
		],
		["a digest of mails that say they are pages", of("digest", part("text/html", "<script>alert(1)</script>"), words)],
		[
			"parts that come in twos with one name",
			of(
				"mixed",
				words,
				part(
					"text/html",
					"<script>alert(1)</script>",
					'Content-Disposition: attachment; filename="a.txt"; filename="a.html"',
				),
			),
		],
		["a part whose type has a tag in it", of("mixed", words, part("text/<script>alert(1)</script>", "x"))],
		[
			"a bomb of GZIP, which nobody opens",
			of(
				"mixed",
				words,
				part(
					"application/gzip",
					gzipSync(Buffer.alloc(5_000_000)).toString("base64"),
					"Content-Transfer-Encoding: base64",
					"Content-Encoding: gzip",
				),
			),
		],
		[
			"a line of quoted-printable that never ends",
			letter(
				{ "Content-Transfer-Encoding": "quoted-printable" },
				`x=${"=\n".repeat(100_000)}<script>alert(1)</script>`,
				"text/html",
			),
		],
		[
			"an encoding within an encoding",
			letter(
				{ "Content-Transfer-Encoding": "base64, quoted-printable" },
				Buffer.from("<script>alert(1)</script>x").toString("base64"),
				"text/html",
			),
		],
	])("%s", async (_name, raw) => {
		const { user } = process.cpuUsage();
		const mail = await read(raw);
		expect(mail.html ?? "").not.toMatch(harm);
		for (const { name, contentType } of mail.files) expect(name + contentType).not.toMatch(/[<>\r\n]/);
		expect((process.cpuUsage().user - user) / 1000).toBeLessThan(5_000);
	});

	test("names that turn, stack a thousand marks, or hold what nobody sees stay one line of a bounded length", async () => {
		const stacked = `Z${"\u0300".repeat(5_000)}`;
		for (const name of [
			stacked,
			"\u202eevE\u2066\u2069",
			"\u{e0001}\u{e0065}Eve",
			"Eve\u2028Bcc: a@b.test",
			"ﷺ".repeat(2_000),
		]) {
			const encoded = `=?utf-8?B?${Buffer.from(name).toString("base64")}?=`;
			const { from, subject } = await read(letter({ From: `${encoded} <eve@evil.test>`, Subject: encoded }, "x"));
			expect(from.email).toBe("eve@evil.test");
			for (const shown of [from.name ?? "", subject]) {
				expect(shown.length).toBeLessThanOrEqual(500);
				expect(shown).not.toMatch(/[\r\n\u2028\u2029\u202a-\u202e\u2066-\u2069]/);
			}
		}
	});

	test.each([
		"Thu, 99 Zub 20000 77:88:99 +9999",
		"-1",
		`${"9".repeat(10_000)}`,
		"Fri, 29 Feb 2026 24:61:61 -2400",
		"<script>",
	])("a mail of the date %.30s is read", async (date) =>
		expect((await read(letter({ Date: date }, "x"))).text).toContain("x"),
	);

	test.each([
		"bcc: all@spy.test",
		"a@b.test\r\nBcc: c@d.test",
		'"a@b.test>\r\n"@c.test',
		"a@b.test\0@c.test",
		"a@[127.0.0.1]",
	])("an address to answer to that holds more than an address: %j", async (address) => {
		const { replyTo, from } = await read(letter({ "Reply-To": address, From: `x <${address}>` }, "x"));
		for (const one of [replyTo, from]) expect(one?.email ?? "").not.toMatch(/[\s\0<>,;"]/);
	});
});
