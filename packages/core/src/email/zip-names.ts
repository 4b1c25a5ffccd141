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
	const isWhole = listed.count >= (entriesOf(file) ?? Number.POSITIVE_INFINITY);
	return { names: listed.names.concat(local.names), isWhole };
}

/** @returns undefined where there are too many */
function namesAt(file: Buffer, mark: Buffer, headerBytes: number, lengthAt: number) {
	const names: string[] = [];
	let count = 0;
	for (let at = file.indexOf(mark); at >= 0 && at + headerBytes <= file.length; at = file.indexOf(mark, at + 4)) {
		if (count === mostEntries) return undefined;
		count += 1;
		const start = at + headerBytes;
		const last = start + file.readUInt16LE(at + lengthAt);
		names.push(tailOf(file, start, last));
		const other = unicodeName(file, last, last + file.readUInt16LE(at + lengthAt + 2));
		if (other !== undefined) names.push(other);
	}
	return { names, count };
}

/** The name that an entry has beside its own, and that some programs take (APPNOTE 4.6.9, "Info-ZIP Unicode Path"). */
function unicodeName(file: Buffer, from: number, to: number): string | undefined {
	const end = Math.min(to, file.length);
	for (let at = from; at + 4 <= end; ) {
		const last = at + 4 + file.readUInt16LE(at + 2);
		// Behind the mark and the length: one byte of a version, four of a sum.
		if (file.readUInt16LE(at) === 0x7075) return tailOf(file, at + 9, Math.min(last, end));
		at = last;
	}
	return undefined;
}

function tailOf(file: Buffer, start: number, last: number): string {
	return file.toString("utf8", Math.max(start, last - tailBytes), last);
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
