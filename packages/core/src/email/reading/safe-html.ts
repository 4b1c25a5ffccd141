import { asHtmlText } from "@inlay/contract/html-text";
import sanitize from "sanitize-html";

/** What is shown of a mail, and whether there is more of it somewhere else. */
export interface SafeHtml {
	html: string;
	/** Pictures somewhere else are not shown: to load them would tell the sender that, when and where the mail is read. */
	hasRemote: boolean;
	/** Where those are, in the order in which the HTML leaves room for them (`data-remote`). */
	remote: string[];
}

/** As many pictures as are looked for elsewhere, and how long their addresses are at most. */
const mostRemote = 100;
const longestAddress = 2_000;

const blocks =
	"address article aside blockquote center dd details div dl dt figcaption figure footer h1 h2 h3 h4 h5 h6 header hr li main ol p pre section summary ul";
const inline =
	"a abbr b bdi bdo br cite code del dfn em font i img ins kbd mark q s samp small span strike strong sub sup time tt u var wbr";
const tables = "caption col colgroup table tbody td tfoot th thead tr";

const color = [
	/^#[0-9a-f]{3,8}$/i,
	/^[a-z]{3,30}$/i,
	/^rgba?\(\s*\d{1,3}%?\s*(?:,\s*\d{1,3}%?\s*){2}(?:,\s*[\d.]{1,5}\s*)?\)$/i,
];
const ownSize = [/^(?:100|\d{1,2})(?:\.\d{1,3})?%$/, /^(?:[1-9]\d{0,2}|0)px$/];

/** Letters that stand for nothing in names of colours, so that no page can be hidden in one. */
const options: sanitize.IOptions = {
	allowedTags: `${blocks} ${inline} ${tables}`.split(" "),
	allowedAttributes: {
		"*": ["dir", "lang", "align", "valign", "bgcolor", "style", "title"],
		a: ["href", "target", "rel"],
		img: ["src", "data-remote", "alt", "width", "height"],
		font: ["color", "size"],
		table: ["border", "cellpadding", "cellspacing", "width"],
		td: ["colspan", "rowspan", "width", "height"],
		th: ["colspan", "rowspan", "width", "height"],
		col: ["span", "width"],
		ol: ["start", "type"],
		li: ["value"],
		blockquote: ["type"],
	},
	allowedSchemes: ["http", "https", "mailto", "tel"],
	allowedSchemesByTag: { img: ["cid"] },
	allowedSchemesAppliedToAttributes: ["href", "src"],
	allowProtocolRelative: false,
	allowedStyles: {
		"*": {
			color,
			"background-color": color,
			"font-weight": [/^(?:normal|bold|bolder|lighter|[1-9]00)$/],
			"font-style": [/^(?:normal|italic)$/],
			"text-align": [/^(?:left|right|center|justify|start|end)$/],
			"text-decoration": [/^(?:none|underline|line-through)$/],
			width: ownSize,
		},
	},
	nestingLimit: 100,
	enforceHtmlBoundary: false,
	disallowedTagsMode: "discard",
	nonTextTags: [
		"style",
		"script",
		"textarea",
		"option",
		"noscript",
		"title",
		"xmp",
		"template",
		"iframe",
		"noembed",
		"noframes",
		"svg",
		"math",
		"object",
		"select",
	],
};

/** What may be shown of a mail's HTML (agent-features 8.4): text, tables, links, and the pictures that came with it. */
export function safeHtml(html: string): SafeHtml {
	let hasRemote = false;
	const remote: string[] = [];
	const safe = sanitize(html, {
		...options,
		transformTags: {
			a: (_tag, { href = "", title = "" }) => ({
				tagName: "a",
				attribs: {
					// A scheme without a place is only made to look like one.
					...(href && !/^\s*https?:(?!\/\/)/i.test(href) ? { href } : {}),
					target: "_blank",
					rel: "noopener noreferrer nofollow",
					...(title ? { title } : {}),
				},
			}),
			img: (_tag, { src = "", alt = "", width = "", height = "" }) => {
				const isOwn = /^cid:/i.test(src);
				const elsewhere = isOwn ? undefined : addressOf(src);
				hasRemote ||= elsewhere !== undefined;
				const size = { ...(isSize(width) ? { width } : {}), ...(isSize(height) ? { height } : {}) };
				const place = elsewhere === undefined ? {} : placeFor(elsewhere, remote);
				return { tagName: "img", attribs: { ...(isOwn ? { src } : {}), ...place, alt, ...size } };
			},
		},
		exclusiveFilter: ({ tag, attribs }) => tag === "img" && !attribs.src && !attribs["data-remote"] && !attribs.alt,
	});
	return { html: withHosts(safe.trim()), hasRemote, remote };
}

/** For who gets it without ever seeing those pictures: no room is left for them, and what stands for them in words stays. */
export function withoutRooms(html: string): string {
	return html.replace(/<img data-remote="\d+" alt=""[^>]*>/g, "").replace(/ data-remote="\d+"/g, "");
}

/** Where a picture somewhere else is, read as browsers read it; a page's own protocol is none that a mail has. */
function addressOf(src: string): string | undefined {
	const plain = src.trim().replace(/[\t\r\n]/g, "");
	const scheme = /^(?:https?:)?(?=\/\/.)/i.exec(plain)?.[0];
	if (scheme === undefined) return undefined;
	return `${scheme.toLowerCase() || "https:"}${plain.slice(scheme.length).replace(/\s/g, encodeURIComponent)}`;
}

/** The room that a picture's address has, the same one for the same address. */
function placeFor(address: string, remote: string[]): { "data-remote"?: string } {
	const known = remote.indexOf(address);
	if (known >= 0) return { "data-remote": String(known) };
	if (remote.length >= mostRemote || address.length > longestAddress) return {};
	return { "data-remote": String(remote.push(address) - 1) };
}

function isSize(text: string): boolean {
	return /^\d{1,4}%?$/.test(text);
}

/** A link whose text is another address than where it leads says where it leads, also where the text is bold, or in pieces. */
function withHosts(html: string): string {
	return html.replace(
		/(<a href="https?:\/\/(?:[^"/?#]*@)?([^"/?#:]+)[^"]*"[^>]*>)((?:[^<]|<(?!\/?a[\s>]))*)(<\/a>)/gi,
		(whole, start: string, host: string, content: string, end: string) => {
			// What nobody sees is no part of what they read.
			const text = content
				.replace(/<[^>]*>/g, "")
				.replace(/[\u00ad\u200b-\u200f\u2060-\u2064\ufeff]|&(?:shy|zwnj|zwj);/g, "");
			const shown = shownHost(text);
			const real = host.toLowerCase().replace(/^www\./, "");
			if (!shown || shown.toLowerCase() === real) return whole;
			return `${start}${content}${end} <small>[${host}]</small>`;
		},
	);
}

/** No name is longer, and what is longer is no name: how long it takes to say so does not grow with what a stranger writes. */
const longestName = 253;

/** The host that a text names, if it names an address and nothing else. */
function shownHost(text: string): string | undefined {
	const address = text
		.trim()
		.replace(/^https?:\/\//i, "")
		.replace(/^www\./i, "");
	const end = address.search(/[/?#:]/);
	const host = end < 0 ? address : address.slice(0, end);
	if (host.length > longestName || (end >= 0 && /\s/.test(address.slice(end)))) return undefined;
	return /^(?:[\w\u0080-\uffff-]+\.)+[a-z\u0080-\uffff]{2,}$/i.test(host) ? host : undefined;
}

/** Tags that close nothing make the reader search all that are open: so many take a tenth of a second at worst. */
const mostTags = 20_000;

/** Whether HTML may be read where others wait for it; mails are read in a thread of their own. */
export function isQuicklyRead(html: string): boolean {
	let count = 0;
	for (let at = html.indexOf("<"); at >= 0; at = html.indexOf("<", at + 1)) count += 1;
	return count <= mostTags;
}

const entities: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', nbsp: " ", apos: "'" };

/** The text of what {@link safeHtml} has made, its links with where they lead. */
export function textOf(html: string): string {
	return (
		html
			.replace(/\s+/g, " ")
			.replace(/<a href="((?:https?|mailto|tel):[^"]*)"[^>]*>(.*?)<\/a>/gi, (_whole, href: string, inner: string) => {
				const text = inner.replace(/<[^>]*>/g, "").trim();
				const bare = href.replace(/^(?:mailto|tel):/, "");
				return text === "" || bare.replace(/\/$/, "") === text.replace(/\/$/, "")
					? bare
					: `${text} <${bare}>`.replace(/[<>]/g, (one) => (one === "<" ? "&lt;" : "&gt;"));
			})
			.replace(/<(?:br|hr)[^>]*>/gi, "\n")
			.replace(/<li[^>]*>/gi, "\n- ")
			.replace(/<\/(?:p|h\d|table|ul|ol|blockquote|pre)>/gi, "\n\n")
			.replace(/<\/(?:div|tr|section|article|header|footer|dd|dt|address|center)>/gi, "\n")
			.replace(/<\/t[dh]>/gi, "\t")
			.replace(/<[^>]*>/g, "")
			.replace(/&(?:#(\d{1,7})|(\w{2,4}));/g, (whole, code: string | undefined, name: string) =>
				code === undefined ? (entities[name] ?? whole) : codePoint(Number(code)),
			)
			// Line by line: an expression for spaces before an end would go through each of many spaces again and again.
			.split("\n")
			.map((line) => line.replace(/^ +/, "").trimEnd())
			.join("\n")
			.replace(/\n{3,}/g, "\n\n")
			.trim()
	);
}

function codePoint(code: number): string {
	return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : "";
}

/** A written text as HTML: its paragraphs and links. */
export function htmlOfText(text: string): string {
	const escaped = asHtmlText(text);
	const linked = escaped.replace(/\bhttps?:\/\/[^\s<>&#]+[^\s<>&#.,;:!?)]/g, (url) => `<a href="${url}">${url}</a>`);
	return `<div>${linked.replace(/\r?\n/g, "<br>")}</div>`;
}
