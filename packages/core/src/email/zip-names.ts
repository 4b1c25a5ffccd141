/** What no real file has: an archive of as many entries is larger than any mail. */
const mostEntries = 200_000;
/** As much of an entry's name as tells its ending, bytes. */
const tailBytes = 128;

const localEntry = Buffer.from("504b0304", "hex");
const listedEntry = Buffer.from("504b0102", "hex");
const end = Buffer.from("504b0506", "hex");
const endBytes = 22;

export interface ZipNames {
	/** Ends of the names of all entries, wherever they stand; absent where there are too many to look at. */
	names?: string[];
	/** False for what no program could open: no end, or fewer entries than it tells of. */
	isWhole: boolean;
}

/**
 * What a file holds if somebody opens it as a ZIP file. Programs find the list of entries in different ways, with something
 * before it or behind it, so every entry counts that any of them might find, whatever the file begins with.
 */
export function zipNames(content: Uint8Array): ZipNames {
	const file = Buffer.from(content.buffer, content.byteOffset, content.byteLength);
	const listed = namesAt(file, listedEntry, 46, 28);
	const local = namesAt(file, localEntry, 30, 26);
	if (!listed || !local) return { isWhole: false };
	return { names: listed.concat(local), isWhole: listed.length >= (entriesOf(file) ?? Number.POSITIVE_INFINITY) };
}

/** @returns undefined where there are too many */
function namesAt(file: Buffer, mark: Buffer, headerBytes: number, lengthAt: number): string[] | undefined {
	const names: string[] = [];
	for (let at = file.indexOf(mark); at >= 0 && at + headerBytes <= file.length; at = file.indexOf(mark, at + 4)) {
		if (names.length === mostEntries) return undefined;
		const start = at + headerBytes;
		const last = start + file.readUInt16LE(at + lengthAt);
		names.push(file.toString("utf8", Math.max(start, last - tailBytes), last));
	}
	return names;
}

/** How many the end tells of. Its comment may hold what looks like another end: it is one whose comment has the right length. */
function entriesOf(file: Buffer): number | undefined {
	const first = Math.max(0, file.length - endBytes - 0xffff);
	for (let at = file.lastIndexOf(end); at >= first; at = at === 0 ? -1 : file.lastIndexOf(end, at - 1)) {
		if (at + endBytes > file.length || at + endBytes + file.readUInt16LE(at + 20) !== file.length) continue;
		const count = file.readUInt16LE(at + 10);
		// ZIP64 says it elsewhere.
		return count === 0xffff ? 1 : count;
	}
	return undefined;
}
