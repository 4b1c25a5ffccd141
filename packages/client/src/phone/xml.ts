/** An XML element of a stanza. Namespaces are kept as the plain `xmlns` attribute. */
export interface Element {
	name: string;
	attributes: Record<string, string>;
	children: (Element | string)[];
}

const entities: Record<string, string> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };

/** Escapes text for an element's content or a quoted attribute. */
export function escapeXml(text: string): string {
	return text
		.replaceAll("&", "&amp;")
		.replaceAll("<", "&lt;")
		.replaceAll(">", "&gt;")
		.replaceAll('"', "&quot;")
		.replaceAll("'", "&apos;");
}

function unescapeXml(text: string): string {
	return text.replace(/&(#x?[0-9a-f]+|\w+);/gi, (whole, body: string) => {
		if (!body.startsWith("#")) return entities[body] ?? whole;
		const code = /^#x/i.test(body) ? Number.parseInt(body.slice(2), 16) : Number.parseInt(body.slice(1), 10);
		return Number.isNaN(code) ? whole : String.fromCodePoint(code);
	});
}

/** Makes an element; children that are strings are text. Attributes that are undefined are left out. */
export function element(
	name: string,
	attributes: Record<string, string | undefined> = {},
	...children: (Element | string)[]
): Element {
	const present = Object.entries(attributes).filter((entry): entry is [string, string] => entry[1] !== undefined);
	return { name, attributes: Object.fromEntries(present), children };
}

export function serialize({ name, attributes, children }: Element): string {
	const written = Object.entries(attributes).map(([key, value]) => ` ${key}="${escapeXml(value)}"`);
	const inner = children.map((child) => (typeof child === "string" ? escapeXml(child) : serialize(child))).join("");
	return inner ? `<${name}${written.join("")}>${inner}</${name}>` : `<${name}${written.join("")}/>`;
}

const token =
	/<\?[^>]*\?>|<!--[\s\S]*?-->|<!\[CDATA\[([\s\S]*?)\]\]>|<\/([^\s>]+)\s*>|<([^\s/>]+)((?:[^>"']|"[^"]*"|'[^']*')*?)(\/?)>|([^<]+)/g;

/**
 * Parses one stanza (RFC 7395 sends one per frame). Document types and unbalanced tags give undefined:
 * XMPP forbids the first, and the second means that something else speaks on the socket.
 */
export function parseXml(text: string): Element | undefined {
	const root = element("#root");
	const open: Element[] = [root];
	let end = 0;
	for (const match of text.matchAll(token)) {
		if (match.index !== end) return undefined;
		end = match.index + match[0].length;
		const [whole, cdata, closing, opening, attributes, empty, plain] = match;
		const parent = open.at(-1) ?? root;
		if (closing !== undefined) {
			if (open.length < 2 || open.pop()?.name !== closing) return undefined;
		} else if (opening !== undefined) {
			if (whole.startsWith("<!")) return undefined;
			const made = element(opening, parseAttributes(attributes ?? ""));
			parent.children.push(made);
			if (!empty) open.push(made);
		} else if (plain !== undefined || cdata !== undefined) parent.children.push(cdata ?? unescapeXml(plain ?? ""));
	}
	if (open.length !== 1 || end !== text.length) return undefined;
	return root.children.find((child) => typeof child !== "string");
}

function parseAttributes(text: string): Record<string, string> {
	const pairs = [...text.matchAll(/([^\s=]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g)];
	return Object.fromEntries(pairs.map(([, name = "", double, single]) => [name, unescapeXml(double ?? single ?? "")]));
}

/** The first child element of that name. */
export function child(parent: Element, name: string): Element | undefined {
	return childElements(parent).find((each) => each.name === name);
}

export function childElements(parent: Element): Element[] {
	return parent.children.filter((each) => typeof each !== "string");
}

/** All text directly inside an element. */
export function textOf(parent: Element | undefined): string {
	return (parent?.children ?? []).filter((each) => typeof each === "string").join("");
}
