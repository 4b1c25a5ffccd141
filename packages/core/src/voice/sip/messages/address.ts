/** Addresses in SIP messages (RFC 3261, sections 19.1 and 20.10): URIs, and names with URIs. */

export interface SipUri {
	scheme: "sip" | "sips" | "tel";
	/** A number or name, unescaped; empty where there is none. */
	user: string;
	host: string;
	port?: number;
	/** By small names; without a value: empty. */
	params: Readonly<Record<string, string>>;
}

export interface NamedAddress {
	/** As it is shown; empty where none is said. */
	name: string;
	uri: string;
	/** Behind the address, as `tag`. */
	params: Readonly<Record<string, string>>;
}

/** @returns undefined for what is none of the kinds that are called here */
export function readUri(text: string): SipUri | undefined {
	const tel = /^tel:([^;?]+)((?:;[^?]*)?)/i.exec(text);
	if (tel) return { scheme: "tel", user: tel[1] as string, host: "", params: paramsOf(tel[2] ?? "") };
	const sip = /^(sips?):(?:([^@]*)@)?(\[[^\]]+\]|[^:;?>]+)(?::(\d{1,5}))?((?:;[^?]*)?)/i.exec(text);
	if (!sip) return undefined;
	const [, scheme = "sip", userInfo = "", host = "", port, params = ""] = sip;
	// What follows the user within the part before @: a password, or the parameters of a number.
	const user = unescaped(userInfo.split(/[:;]/)[0] ?? "");
	return {
		scheme: scheme.toLowerCase() as "sip" | "sips",
		user,
		host: host.toLowerCase(),
		...(port ? { port: Number(port) } : {}),
		params: paramsOf(params),
	};
}

export function writeUri({ scheme, user, host, port, params }: SipUri): string {
	const said = Object.entries(params).map(([name, value]) => `;${name}${value === "" ? "" : `=${value}`}`);
	if (scheme === "tel") return `tel:${user}${said.join("")}`;
	return `${scheme}:${user === "" ? "" : `${escaped(user)}@`}${writtenHost(host)}${port ? `:${port}` : ""}${said.join("")}`;
}

/** An IPv6 address stands in brackets where a port may follow it (RFC 3261, section 25.1). */
export function writtenHost(host: string): string {
	return host.includes(":") && !host.startsWith("[") ? `[${host}]` : host;
}

/** Whether both lead to the same: however user and host are written, and whatever else is said behind them (section 19.1.4). */
export function isSameUri(one: string, other: string): boolean {
	const [a, b] = [readUri(one), readUri(other)];
	if (!a || !b || a.scheme !== b.scheme || a.user !== b.user || a.host !== b.host) return false;
	const portOf = ({ port, params, scheme }: SipUri) =>
		port ?? (scheme === "sips" || params.transport?.toLowerCase() === "tls" ? 5061 : 5060);
	return portOf(a) === portOf(b);
}

/** Of From, To, Contact, Route and their like. In one pass: they are strangers' and long. */
export function readAddress(text: string): NamedAddress {
	const open = openBracket(text);
	const close = open < 0 ? -1 : text.indexOf(">", open);
	if (close < 0) {
		const at = text.indexOf(";");
		return {
			name: "",
			uri: (at < 0 ? text : text.slice(0, at)).trim(),
			params: at < 0 ? {} : paramsOf(text.slice(at)),
		};
	}
	const said = text.slice(0, open).trim();
	const quoted = said.length > 1 && said.startsWith('"') && said.endsWith('"');
	const name = quoted ? said.slice(1, -1).replaceAll(/\\(.)/gs, "$1") : said;
	return { name, uri: text.slice(open + 1, close), params: paramsOf(text.slice(close + 1)) };
}

/** Where the address itself begins; brackets within a quoted name are none. */
function openBracket(text: string): number {
	let isQuoted = false;
	for (let at = 0; at < text.length; at++) {
		const char = text[at];
		if (isQuoted && char === "\\") at++;
		else if (char === '"') isQuoted = !isQuoted;
		else if (char === "<" && !isQuoted) return at;
	}
	return -1;
}

export function writeAddress(uri: string, name = "", tag?: string): string {
	// No line ends within: whoever's name it is writes no headers.
	const plain = name.replaceAll(/[\p{Cc}\p{Cf}]/gu, "");
	const shown = plain === "" ? "" : `"${plain.replaceAll(/["\\]/g, "\\$&")}" `;
	return `${shown}<${uri}>${tag === undefined ? "" : `;tag=${tag}`}`;
}

/** `;a=b;c`, as behind URIs and addresses. */
export function paramsOf(text: string): Record<string, string> {
	const found = text.split(";").flatMap((part) => {
		const [name = "", ...value] = part.split("=");
		const key = name.trim().toLowerCase();
		return key === ""
			? []
			: [
					[
						key,
						value
							.join("=")
							.trim()
							.replace(/^"(.*)"$/, "$1"),
					] as const,
				];
	});
	// No prototype: a parameter may be called as it likes.
	return Object.assign(Object.create(null) as Record<string, string>, Object.fromEntries(found));
}

/** The number or name that an address stands for; undefined for callers who tell none. */
export function userOf(text: string): string | undefined {
	const uri = readUri(readAddress(text).uri);
	const user = uri?.user ?? "";
	return user === "" || /^(anonymous|restricted|unavailable|unknown)$/i.test(user) ? undefined : user;
}

function escaped(user: string): string {
	return user.replaceAll(/[^\w.!~*'()&=+$,;?/-]/gu, (char) => encodeURIComponent(char));
}

function unescaped(text: string): string {
	try {
		return decodeURIComponent(text);
	} catch {
		return text;
	}
}
