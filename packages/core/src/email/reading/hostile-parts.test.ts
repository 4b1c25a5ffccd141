import { describe, expect, test } from "vitest";
import { isAllowedFile, isShownPicture } from "../file-rules.ts";
import { letter } from "../test-support/letter.ts";
import { readMail } from "./read-mail.ts";
import { safeHtml, textOf } from "./safe-html.ts";

const read = (raw: string) => readMail(Buffer.from(raw), "carol@customer.test");
const mixed = (kind: string, ...parts: string[]) =>
	letter({}, `${parts.map((part) => `--b\n${part}\n`).join("")}--b--`, `multipart/${kind}; boundary="b"`);
const part = (type: string, body: string, ...headers: string[]) =>
	[`Content-Type: ${type}`, ...headers, "", body].join("\n");
const words = part("text/plain", "x");

/** Processor time of some work, ms: two hundred thousand of anything are read in far less. */
async function cpuOf(work: () => unknown): Promise<number> {
	const before = process.cpuUsage();
	await work();
	return process.cpuUsage(before).user / 1000;
}

describe("parts that other programs act on are files here, and nothing else", () => {
	test.each([
		[
			"an invitation",
			mixed(
				"mixed",
				words,
				part("text/calendar; method=REQUEST", "BEGIN:VCALENDAR\nATTACH:https://spy.test/a\nEND:VCALENDAR"),
			),
			"text/calendar",
		],
		[
			"an invitation instead of the text",
			mixed("alternative", words, part("text/calendar; method=CANCEL", "BEGIN:VCALENDAR\nEND:VCALENDAR")),
			"text/calendar",
		],
		[
			"a part that lies elsewhere",
			mixed(
				"mixed",
				words,
				part(
					'message/external-body; access-type=URL; URL="https://spy.test/a"',
					"Content-Type: text/html\n\n<script>alert(1)</script>",
				),
			),
			"message/external-body",
		],
		["a piece of a mail", letter({}, "x", 'message/partial; id="a"; number=1; total=3'), "message/partial"],
		[
			"an encrypted mail",
			letter(
				{ "Content-Transfer-Encoding": "base64" },
				"MIAGCSqGSIb3DQEHA6CAMIAC",
				'application/pkcs7-mime; smime-type=enveloped-data; name="smime.p7m"',
			),
			"application/pkcs7-mime",
		],
		[
			"a signature of another program",
			mixed(
				"signed",
				words,
				part('application/pkcs7-signature; name="smime.p7s"', "MIAG", "Content-Transfer-Encoding: base64"),
			),
			"application/pkcs7-signature",
		],
		[
			"Outlook's own wrapping",
			mixed(
				"mixed",
				words,
				part('application/ms-tnef; name="winmail.dat"', "eJ8+", "Content-Transfer-Encoding: base64"),
			),
			"application/ms-tnef",
		],
		[
			"a page for AMP",
			mixed("alternative", words, part("text/x-amp-html", "<html amp4email><script>alert(1)</script></html>")),
			"text/x-amp-html",
		],
		[
			"a page that is XHTML",
			letter({}, "<p>x</p><script>alert(1)</script>", "application/xhtml+xml"),
			"application/xhtml+xml",
		],
	])("%s", async (_name, raw, contentType) => {
		const mail = await read(raw);
		expect(mail.files.map((file) => file.contentType)).toEqual([contentType]);
		expect([mail.html, mail.hasRemote, mail.text]).toEqual([undefined, false, expect.not.stringContaining("alert")]);
	});

	test("a picture that is a page with a script is not shown, though the mail shows it inline", async () => {
		const svg = part("image/svg+xml", "<svg onload=alert(1)/>", "Content-ID: <a>", "Content-Disposition: inline");
		const mail = await read(mixed("related", part("text/html", '<p>x</p><img src="cid:a">'), svg));
		expect(mail.files.map(({ contentType }) => isShownPicture(contentType))).toEqual([false]);
	});

	test("a program in the text's own letters (uuencode) stays letters", async () => {
		const mail = await read(letter({}, "x\nbegin 644 a.exe\nM35J0``,````$````__\\``+@`````````0``````\n`\nend"));
		expect([mail.files, mail.text]).toEqual([[], expect.stringContaining("begin 644 a.exe")]);
	});

	test("names that leave their folder, turn, or hide their end", async () => {
		const named = async (disposition: string) => {
			const { files } = await read(mixed("mixed", words, part("application/pdf", "%PDF-", disposition)));
			const [{ name = "", bytes = new Uint8Array() } = {}] = files;
			return [name, isAllowedFile(name, bytes)];
		};
		const header = "Content-Disposition: attachment;";
		expect(await named(`${header} filename*=utf-8''..%2F..%2Fetc%2Fpasswd.pdf`)).toEqual(["passwd.pdf", true]);
		expect(await named(`${header} filename*0*=utf-8''inv%E2%80%AE; filename*1*=fdp.exe`)).toEqual([
			"invfdp.exe",
			false,
		]);
		expect(await named(`${header} filename="=?utf-8?Q?a=00.exe=0D=0A.bat?="`)).toEqual(["a.exe .bat", false]);
		expect(await named(`${header} filename="a.pdf:b.exe"`)).toEqual(["a.pdfb.exe", false]);
	});

	test("an encoded word is read once, and what is in it is no encoded word", async () => {
		const { subject } = await read(letter({ Subject: "=?utf-8?Q?=3D=3Futf-8=3FQ=3F=3Cb=3E=3F=3D?=" }, "x"));
		expect(subject).toBe("=?utf-8?Q?<b>?=");
		const huge = "=?utf-8?B?".concat(Buffer.from("ü".repeat(50_000)).toString("base64"), "?=");
		expect((await read(letter({ Subject: huge }, "x"))).subject).toBe("ü".repeat(500));
	});
});

describe("what was made to keep the reader busy", () => {
	const report = (status: string, original = "Message-ID: <a@shop.example>") =>
		letter(
			{},
			[
				"--b",
				words,
				"--b",
				part("message/delivery-status", status),
				"--b",
				part("text/rfc822-headers", original),
				"--b--",
			].join("\n"),
			'multipart/report; report-type=delivery-status; boundary="b"',
		);

	test.each([
		["tags with a space between each two", letter({}, `<p>x</p>${"<b> </b>".repeat(200_000)}y`, "text/html")],
		["spaces behind a report's words", report(`Action: failed\nDiagnostic-Code:${" ".repeat(200_000)}`)],
		[
			"a report whose words are a thousand folded lines",
			report(`Action: failed\nDiagnostic-Code: smtp;${"\n x".repeat(1_000)}`),
		],
		["two hundred thousand brackets in an address", letter({ From: `${"(".repeat(200_000)} <eve@evil.test>` }, "x")],
		[
			"five thousand groups within each other",
			letter({ To: `${"a:".repeat(5_000)}b@c.test${";".repeat(5_000)}` }, "x"),
		],
		[
			"five thousand pieces of a parameter",
			letter({}, "x", `text/plain; ${Array.from({ length: 5_000 }, (_, n) => `name*${n}*=a`).join("; ")}`),
		],
		[
			"a boundary of a hundred thousand letters",
			letter({}, `--${"b".repeat(100_000)}\n\nx`, `multipart/mixed; boundary="${"b".repeat(100_000)}"`),
		],
		["ten thousand styles in one tag", letter({}, `<p style="${"color:red;/*".repeat(10_000)}">x</p>`, "text/html")],
	])("%s", async (_name, raw) => {
		expect(await cpuOf(() => read(raw).catch(() => undefined))).toBeLessThan(5_000);
	});

	test("three thousand parts are as many files, of which a few are kept, and no more", async () => {
		const { files } = await read(
			mixed("mixed", ...Array.from({ length: 3_000 }, () => part("application/pdf", "%PDF-"))),
		);
		expect(files.every(({ bytes }) => bytes.length < 10)).toBe(true);
	});

	test("a report says who was not reached by the block that failed, in its own letters", async () => {
		const status = [
			"Reporting-MTA: dns; mx.far.test",
			"",
			"Final-Recipient: rfc822; a@far.test\nAction: delivered\nDiagnostic-Code: smtp; 250 fine",
			"",
			"Final-Recipient: rfc822; b@far.test\nAction: failed\nStatus: 5.1.1\nDiagnostic-Code: smtp; 550 kein\n Postfach für ihn",
		].join("\n");
		expect((await read(report(status))).report).toEqual({
			messageId: "<a@shop.example>",
			text: "550 kein Postfach für ihn",
		});
		expect((await read(report("Action: delivered\nStatus: 2.0.0"))).report).toBeUndefined();
		expect((await read(report("Action: failed\nStatus: 5.2.2"))).report?.text).toBe("The far end says 5.2.2.");
	});

	test("lines end where they end, whatever stands before", () => {
		expect(textOf(safeHtml("<p>a</p> <p> b &nbsp;</p><ul><li>c <br> d</li></ul>").html)).toBe("a\n\nb\n\n- c\nd");
	});
});
