/** What files may be, by the end of their names (agent-features 10, `supported_content`): nothing that a browser would run. */
const typesByEnding: Readonly<Record<string, string>> = {
	png: "image/png",
	jpg: "image/jpeg",
	jpeg: "image/jpeg",
	gif: "image/gif",
	webp: "image/webp",
	pdf: "application/pdf",
	txt: "text/plain",
};

/** As much of a file's beginning as tells what it is, bytes. */
export const headBytes = 512;

/** The largest file, bytes. */
export const largestFile = 25 * 1024 * 1024;

/** What a file of that name is said to be; undefined for what is not taken. */
export function typeOfName(name: string): string | undefined {
	const ending = /\.([a-z0-9]{1,5})$/i.exec(name)?.[1]?.toLowerCase() ?? "";
	return Object.hasOwn(typesByEnding, ending) ? typesByEnding[ending] : undefined;
}

/** What a file that has no name is called, by the type that its sender gives it; undefined for what is not taken. */
export function nameOfType(header: string): string | undefined {
	const type = header.split(";", 1)[0]?.trim().toLowerCase();
	const ending = Object.keys(typesByEnding).find((one) => typesByEnding[one] === type);
	return ending && `MMS.${ending}`;
}

/** Whether a file begins as one of that type does. @param head its first {@link headBytes}, or all of a shorter one */
export function beginsAs(type: string, head: Uint8Array): boolean {
	const at = (from: number, ...bytes: number[]) => bytes.every((byte, index) => head[from + index] === byte);
	const ascii = (from: number, text: string) => at(from, ...Buffer.from(text, "latin1"));
	if (type === "image/png") return at(0, 0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);
	if (type === "image/jpeg") return at(0, 0xff, 0xd8, 0xff);
	if (type === "image/gif") return ascii(0, "GIF87a") || ascii(0, "GIF89a");
	if (type === "image/webp") return ascii(0, "RIFF") && ascii(8, "WEBP");
	if (type === "application/pdf") return ascii(0, "%PDF-");
	return type === "text/plain" && isText(head);
}

/** UTF-8, of which the last character may be cut off, without what no text holds; and no page under another name. */
function isText(head: Uint8Array): boolean {
	if (head.includes(0)) return false;
	try {
		const text = new TextDecoder("utf-8", { fatal: true }).decode(head, { stream: true });
		return !/^\s*<(?:!doctype|html|script|svg|\?xml)/i.test(text);
	} catch {
		return false;
	}
}
