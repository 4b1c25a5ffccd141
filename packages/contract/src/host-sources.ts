/** An origin, optionally with `*.` before the host or `*` as the port: what CSP calls a host source. */
const hostSource = /^(https?:\/\/)?(\*\.)?[a-z0-9-]+(\.[a-z0-9-]+)*(:(?<port>\d{1,5}|\*))?$/i;

/** A name of 253 characters (RFC 1035, 2.3.4) with scheme, wildcard and port. */
const longestSource = 270;

/**
 * Characters of a whole list: a policy names its pages three times, and browsers and proxies refuse answers whose headers get
 * too long.
 */
export const mostSourceCharacters = 3_000;

/** Of a list as a policy has it, with a blank before each. */
export function sourceCharacters(sources: Iterable<string>): number {
	return [...sources].reduce((sum, source) => sum + source.length + 1, 0);
}

/** Whether a text may stand in an allow-list: nothing else ever reaches a Content-Security-Policy header. */
export function isHostSource(value: string): boolean {
	if (value.length > longestSource) return false;
	// The origin of every sandboxed frame and local file (RFC 6454, 7.1): listed, it would let in whoever makes one.
	if (/^(https?:\/\/)?null(:|$)/i.test(value)) return false;
	if (isTooWide(value)) return false;
	const port = hostSource.exec(value)?.groups?.port;
	return hostSource.test(value) && (port === undefined || port === "*" || Number(port) <= 65_535);
}

/**
 * A wildcard needs a domain of somebody's, of at least two labels: `*.com` would let in whoever registers a name. Which
 * longer ones are registries too (`*.co.uk`) is not known here; `*.localhost` is this machine.
 */
function isTooWide(source: string): boolean {
	const host = /^(?:https?:\/\/)?\*\.([^:]+)/i.exec(source)?.[1];
	return host !== undefined && !host.includes(".") && host.toLowerCase() !== "localhost";
}

/**
 * Whether an origin is covered by an allow-list of CSP host sources: `https://crm.example`, `crm.example`,
 * `https://*.crm.example`, `http://localhost:*`. A source without a scheme covers both; without a port, the default ones.
 */
export function originMatches(origin: string, sources: readonly string[]): boolean {
	const url = URL.parse(origin);
	return url !== null && sources.some((source) => matches(url, source));
}

function matches(url: URL, source: string): boolean {
	const parts = /^(?:(https?):\/\/)?([^:]+)(?::(\d+|\*))?$/i.exec(source);
	if (!parts || !isHostSource(source)) return false;
	const [, scheme, host = "", port] = parts;
	return schemeMatches(url, scheme) && hostMatches(url.hostname, host.toLowerCase()) && portMatches(url, port);
}

function schemeMatches(url: URL, scheme: string | undefined): boolean {
	// As in browsers, what may come by http may come by https.
	return scheme?.toLowerCase() === "https" ? url.protocol === "https:" : /^https?:$/.test(url.protocol);
}

function hostMatches(hostname: string, host: string): boolean {
	return host.startsWith("*.") ? hostname.endsWith(host.slice(1)) : hostname === host;
}

function portMatches(url: URL, port: string | undefined): boolean {
	if (port === "*") return true;
	return url.port === (port && port !== defaultPort(url) ? port : "");
}

function defaultPort(url: URL): string {
	return url.protocol === "https:" ? "443" : "80";
}
