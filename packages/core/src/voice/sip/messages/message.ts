/** SIP messages (RFC 3261, section 7): reading what comes from the network, and writing our own. */

/** Longer heads are nobody's call. */
const mostHeadBytes = 16_384;
const mostHeaders = 200;
const longestHeader = 4096;

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for.
const lineEnds = /[\u0000\r\n]/g;

/** Headers in their order: names as they are written, one entry per line. */
export type SipHeaders = Array<[name: string, value: string]>;

interface Common {
	headers: SipHeaders;
	body: string;
}

export interface SipRequest extends Common {
	method: string;
	uri: string;
}

export interface SipResponse extends Common {
	status: number;
	reason: string;
	/** Nobody has said so: it stands for an answer that could not be had, for this reason. */
	unheard?: Unheard;
}

/** Why the other side could not be heard: it says nothing, no connection comes about, or it does not prove who it is. */
export type Unheard = "noAnswer" | "noConnection" | "certificate";

export type SipMessage = SipRequest | SipResponse;

/** Short forms of names (RFC 3261, section 20, and later ones). */
const shortForms: Record<string, string> = {
	i: "call-id",
	m: "contact",
	f: "from",
	t: "to",
	v: "via",
	l: "content-length",
	c: "content-type",
	k: "supported",
	s: "subject",
	o: "event",
	r: "refer-to",
	x: "session-expires",
};
/** Several of these may stand on one line. */
const lists = ["via", "route", "record-route", "contact", "supported", "require", "allow"];

export function isRequest(message: SipMessage): message is SipRequest {
	return "method" in message;
}

/** @returns undefined for what is no SIP message, or one that is cut off */
export function readMessage(bytes: Buffer): SipMessage | undefined {
	const end = headEnd(bytes);
	if (end < 0 || end > mostHeadBytes) return undefined;
	const [first = "", ...lines] = unfolded(bytes.subarray(0, end).toString("utf8")).split(/\r?\n/);
	if (lines.length > mostHeaders || lines.some(isForbidden)) return undefined;
	const headers = lines.map(readHeader);
	if (headers.some((one) => one === undefined)) return undefined;
	const known = headers as SipHeaders;
	const rest = bytes.subarray(end + 4);
	const length = contentLength(known) ?? rest.length;
	if (length > rest.length) return undefined;
	const common = { headers: known, body: rest.subarray(0, length).toString("utf8") };
	return isComplete(known) ? readFirstLine(first, common) : undefined;
}

/** Where the head of the first message in a stream ends, without its empty line; -1 while it is not there. */
export function headEnd(bytes: Buffer): number {
	return bytes.indexOf("\r\n\r\n");
}

/** Bytes of body that follow a head in a stream; undefined where it does not say so, which TCP does not allow. */
export function bodyLength(head: Buffer): number | undefined {
	return contentLength(
		unfolded(head.toString("utf8"))
			.split(/\r?\n/)
			.slice(1)
			.flatMap((line) => [readHeader(line) ?? ["", ""]]),
	);
}

/** Whatever names and numbers are in it: whoever has chosen them writes no lines of their own. */
export function writeMessage(message: SipMessage): Buffer {
	const first = isRequest(message)
		? `${message.method} ${message.uri.replaceAll(/\s/g, "")} SIP/2.0`
		: `SIP/2.0 ${message.status} ${message.reason}`;
	const body = Buffer.from(message.body);
	const lines = message.headers
		.filter(([name]) => plainName(name) !== "content-length")
		.map(([name, value]) => `${name}: ${value}`);
	const all = [first, ...lines, `Content-Length: ${body.length}`, "", ""];
	const head = all.map((line) => line.replaceAll(lineEnds, "")).join("\r\n");
	return Buffer.concat([Buffer.from(head), body]);
}

/** The first value of a header, whatever form its name has. */
export function header({ headers }: Pick<SipMessage, "headers">, name: string): string | undefined {
	return valuesOf(headers, name)[0];
}

/** All values of a header, also those that share a line. */
export function valuesOf(headers: SipHeaders, name: string): string[] {
	const wanted = name.toLowerCase();
	const lines = headers.filter(([one]) => plainName(one) === wanted).map(([, value]) => value);
	return lists.includes(wanted) ? lines.flatMap(splitList) : lines;
}

/** Number and method of a CSeq. */
export function cseqOf(message: Pick<SipMessage, "headers">): { number: number; method: string } {
	const [number = "", method = ""] = (header(message, "cseq") ?? "").split(/\s+/);
	return { number: Number(number), method };
}

function plainName(name: string): string {
	const small = name.toLowerCase();
	return shortForms[small] ?? small;
}

/** Signs that no header has (RFC 3261, section 25.1), and that no database keeps; or more of them than anybody needs. */
function isForbidden(line: string): boolean {
	// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for.
	return line.length > longestHeader || /[\u0000-\u0008\u000a-\u001f\u007f]/.test(line);
}

function unfolded(head: string): string {
	return head.replaceAll(/\r?\n[ \t]+/g, " ");
}

function readHeader(line: string): [string, string] | undefined {
	const at = line.indexOf(":");
	const name = line.slice(0, at).trim();
	return at > 0 && /^[\w.!%*+`'~-]+$/.test(name) ? [name, line.slice(at + 1).trim()] : undefined;
}

function contentLength(headers: SipHeaders): number | undefined {
	const told = valuesOf(headers, "content-length")[0];
	return told !== undefined && /^\d{1,8}$/.test(told) ? Number(told) : undefined;
}

/** Without these nothing can be answered (section 8.1.1). */
function isComplete(headers: SipHeaders): boolean {
	return ["via", "from", "to", "call-id", "cseq"].every((name) => valuesOf(headers, name).length > 0);
}

function readFirstLine(line: string, common: Common): SipMessage | undefined {
	const response = /^SIP\/2\.0 ([1-6]\d\d)(?: (.*))?$/.exec(line);
	if (response) return { status: Number(response[1]), reason: response[2] ?? "", ...common };
	const request = /^([A-Z]{1,20}) (\S+) SIP\/2\.0$/.exec(line);
	return request ? { method: request[1] as string, uri: request[2] as string, ...common } : undefined;
}

/** Commas within quotes and angle brackets part nothing. */
function splitList(value: string): string[] {
	const parts: string[] = [];
	let part = "";
	let quoted = false;
	let bracketed = false;
	for (let at = 0; at < value.length; at++) {
		const char = value[at] as string;
		if (quoted && char === "\\") {
			part += char + (value[++at] ?? "");
			continue;
		}
		if (char === '"') quoted = !quoted;
		else if (!quoted && char === "<") bracketed = true;
		else if (!quoted && char === ">") bracketed = false;
		if (char === "," && !quoted && !bracketed) {
			parts.push(part.trim());
			part = "";
		} else part += char;
	}
	return [...parts, part.trim()].filter((one) => one !== "");
}
