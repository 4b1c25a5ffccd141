/** Names of this machine for itself. */
const loopbackNames = new Set(["localhost", "127.0.0.1", "[::1]"]);

interface PageRequest {
	method: string;
	url: string;
	headers: { host?: string | undefined; "sec-fetch-mode"?: string | string[] | undefined };
}

/**
 * Where a page should be opened instead, when somebody typed another name of this machine (`127.0.0.1` for `localhost`):
 * OAuth clients know one address letter for letter, so under another one nobody could sign in. Only navigations between
 * names of the machine itself are sent on; programs, and servers behind a proxy, are left alone.
 */
export function pageElsewhere(request: PageRequest, publicUrl: string): string | undefined {
	if (request.method !== "GET" || request.headers["sec-fetch-mode"] !== "navigate") return undefined;
	const asked = URL.parse(`http://${request.headers.host ?? ""}`);
	const wanted = new URL(publicUrl);
	if (!asked || asked.hostname === wanted.hostname) return undefined;
	if (!loopbackNames.has(asked.hostname) || !loopbackNames.has(wanted.hostname)) return undefined;
	return `${wanted.origin}${request.url}`;
}
