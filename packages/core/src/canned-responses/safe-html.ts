import sanitize from "sanitize-html";

/** What a response's text is made of: nothing that runs, fetches, overlays or leads elsewhere than a link says. */
const safe: sanitize.IOptions = {
	allowedTags: [
		...["p", "br", "div", "span", "b", "strong", "i", "em", "u", "s", "ul", "ol", "li", "blockquote", "hr"],
		...["a", "h1", "h2", "h3", "h4", "table", "thead", "tbody", "tr", "td", "th"],
	],
	allowedAttributes: { a: ["href", "title"], td: ["colspan", "rowspan"], th: ["colspan", "rowspan"] },
	allowedSchemes: ["https", "http", "mailto", "tel"],
	allowProtocolRelative: false,
	disallowedTagsMode: "discard",
};

export function safeHtml(html: string): string {
	return sanitize(html, safe).trim();
}

/** Ends of lines that HTML has by its elements. */
const lineEnds = /<br\s*\/?>|<\/(?:p|div|li|h\d|tr|blockquote)>/gi;
const entities: Readonly<Record<string, string>> = {
	"&amp;": "&",
	"&lt;": "<",
	"&gt;": ">",
	"&quot;": '"',
	"&#39;": "'",
};

/** The same as text, for media that have no HTML. */
export function plainOf(html: string): string {
	const lined = html
		.replaceAll(/\s*\n\s*/g, " ")
		.replaceAll(lineEnds, "\n")
		.replaceAll(/<li[^>]*>/gi, "- ");
	const bare = sanitize(lined, { allowedTags: [], allowedAttributes: {} });
	return bare
		.replaceAll(/&(?:amp|lt|gt|quot|#39);/g, (entity) => entities[entity] ?? entity)
		.replaceAll("\u00a0", " ")
		.replaceAll(/[ \t]*\n[ \t]*/g, "\n")
		.replaceAll(/\n{3,}/g, "\n\n")
		.trim();
}
