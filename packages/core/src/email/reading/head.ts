/** Of a longer head the beginning counts, bytes. */
const longestHead = 256 * 1024;
/** Of a longer field the beginning counts: lines have 998 characters at most (RFC 5322, 2.1.1), and a few are folded into one. */
const longestField = 8_000;

/**
 * A mail's head, for those who need a field or two of it before it is read whole: taken apart line by line, as whoever has
 * written it may mean harm, and everybody waits meanwhile.
 */
export class MailHead {
	/** As it came, of whatever letters. */
	readonly text: string;
	readonly #fields = new Map<string, string>();

	constructor(raw: Buffer) {
		const start = raw.subarray(0, longestHead).toString("latin1");
		const end = /\r?\n\r?\n/.exec(start)?.index ?? start.length;
		this.text = start.slice(0, end);
		let last: { name: string; parts: string[]; length: number } | undefined;
		const keep = () => {
			// The first of its name is the one that was put there last (RFC 5321, 4.4).
			if (last && !this.#fields.has(last.name))
				this.#fields.set(last.name, last.parts.join("").replaceAll("\r", "").slice(0, longestField).trim());
		};
		for (const line of this.text.split("\n")) {
			if (/^[ \t]/.test(line)) {
				if (!last || last.length >= longestField) continue;
				last.parts.push(line);
				last.length += line.length;
				continue;
			}
			keep();
			const colon = line.indexOf(":");
			const value = line.slice(colon + 1);
			last = colon < 1 ? undefined : { name: nameOf(line.slice(0, colon)), parts: [value], length: value.length };
		}
		keep();
	}

	/** What stands behind a name, unfolded. */
	field(name: string): string | undefined {
		return this.#fields.get(name);
	}
}

function nameOf(text: string): string {
	return text.slice(0, 100).trim().toLowerCase();
}
