import { asHtmlText } from "@inlay/contract/html-text";
import { locale } from "@inlay/ui";
import { sizeText } from "../../shell/size-text.ts";
import { showAddresses, type ThreadMail } from "./mail.ts";
import { type PictureRoom, pictureRoom, policy, withPictures } from "./reader-page.ts";
import { t } from "./strings.ts";

const style =
	"html{color-scheme:light}body{margin:0;font:12pt/1.4 system-ui,sans-serif;color:#000;background:#fff;overflow-wrap:anywhere}" +
	"h1{font-size:16pt;margin:0 0 12pt}article{border-top:1px solid #888;padding:8pt 0}dl{margin:0 0 8pt;font-size:10pt}dl div{display:flex;gap:6pt}" +
	"dt{color:#555}dd{margin:0}img{max-width:100%;height:auto}table{max-width:100%}pre,.text{white-space:pre-wrap}ul{font-size:10pt}" +
	"blockquote{margin:4pt 0;padding-inline-start:8pt;border-inline-start:2px solid #bbb}h1,dl{break-after:avoid}";

/** A mail with the pictures that it brought, as `data:` addresses by their content ids. */
export interface PrintedMail {
	mail: ThreadMail;
	pictures: ReadonlyMap<string, string>;
	/** So many more it brought: there was no room for them. */
	missing: number;
}

/** A thread on paper: whole, plain, with who wrote to whom, when, and which files were there. */
export function printPage(mails: readonly PrintedMail[], hasOlder: boolean): string {
	const title = asHtmlText(mails[0]?.mail.subject ?? "");
	const head = `<meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${policy}"><title>${title}</title>`;
	const room = pictureRoom();
	const older = hasOlder ? `<p>${asHtmlText(t("printedLatest", { count: mails.length }))}</p>` : "";
	const body = older + mails.map((one) => article(one, room)).join("");
	return `<!doctype html><html dir="auto"><head>${head}<style>${style}</style></head><body><h1>${title}</h1>${body}</body></html>`;
}

function article({ mail, pictures, missing }: PrintedMail, room: PictureRoom): string {
	const at = new Intl.DateTimeFormat(locale.value, { dateStyle: "full", timeStyle: "short" }).format(
		Date.parse(mail.at),
	);
	const lines: Array<[string, string]> = [
		[t("from"), showAddresses([mail.from])],
		[t("to"), showAddresses(mail.to)],
		[t("cc"), showAddresses(mail.cc)],
		[t("bcc"), showAddresses(mail.bcc)],
		[t("sentAt"), at],
		[t("subject"), mail.subject],
	];
	const head = lines.flatMap(([name, value]) =>
		value === "" ? [] : [`<div><dt>${asHtmlText(name)}</dt><dd><bdi>${asHtmlText(value)}</bdi></dd></div>`],
	);
	const words = mail.html
		? withPictures(mail.html, pictures, room)
		: `<div class="text" dir="auto">${asHtmlText(mail.text)}</div>`;
	const files = mail.attachments.filter(({ contentId }) => !contentId);
	const named = files.map(
		({ name, contentLength }) => `<li><bdi>${asHtmlText(name)}</bdi> (${sizeText(contentLength)})</li>`,
	);
	const list = files.length > 0 ? `<p>${asHtmlText(t("files"))}</p><ul>${named.join("")}</ul>` : "";
	const without = missing > 0 ? `<p>${asHtmlText(t("picturesMissing", { count: missing }))}</p>` : "";
	return `<article><dl>${head.join("")}</dl><div>${words}</div>${without}${list}</article>`;
}
