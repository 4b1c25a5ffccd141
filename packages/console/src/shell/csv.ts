/** Text that spreadsheets write and open (RFC 4180). */

/** One cell and what ends it: quoted, with doubled quotes within, or not. */
const cell = (delimiter: string) =>
	new RegExp(`(?:"((?:[^"]|"")*)"|([^\\n${delimiter}]*))(${delimiter}|\\r?\\n|$)`, "y");

/** One row, and where it stands in the file: from 1, empty ones counted, as spreadsheets number them. */
export interface NumberedRow {
	cells: string[];
	number: number;
}

/** The cells of {@link numberedRowsOf}. */
export function rowsOf(text: string, most?: number): string[][] {
	return numberedRowsOf(text, most).map(({ cells }) => cells);
}

/**
 * The rows of a text, by the delimiter that its first line has most of; empty ones are left out.
 * @param most rows, the first one with the names of the columns included
 */
export function numberedRowsOf(text: string, most = Number.POSITIVE_INFINITY): NumberedRow[] {
	const begin = text.split("\n", 1)[0] ?? "";
	const count = (delimiter: string) => begin.split(delimiter).length;
	const delimiter = [",", ";", "\t"].reduce((best, one) => (count(one) > count(best) ? one : best), ",");
	const pattern = cell(delimiter);
	const rows: NumberedRow[] = [];
	let [cells, number]: [string[], number] = [[], 1];
	const end = () => {
		if (cells.some((one) => one !== "")) rows.push({ cells, number });
		[cells, number] = [[], number + 1];
	};
	while (rows.length < most && pattern.lastIndex < text.length) {
		const found = pattern.exec(text);
		if (!found) break;
		cells.push((found[1]?.replaceAll('""', '"') ?? found[2] ?? "").trim());
		if (found[3] !== delimiter) end();
	}
	// The text ended behind a delimiter: the row did, too, with an empty cell.
	if (cells.length > 0) cells.push("");
	end();
	return rows;
}

/** What a file can be in that does not say so itself. */
export const encodings = ["utf-8", "windows-1252"] as const;
export type Encoding = (typeof encodings)[number];

/**
 * The text of a file; a mark at its begin says more of its encoding than anybody.
 * @param isCut a character that is cut at the end is none that is wrong
 * @returns `isReadable` false where something in it is not in this encoding
 */
export function decoded(bytes: Uint8Array, encoding: Encoding, isCut = false): { text: string; isReadable: boolean } {
	const label = markedAs(bytes) ?? encoding;
	const read = (fatal: boolean) => new TextDecoder(label, { fatal }).decode(bytes, { stream: isCut });
	try {
		return { text: read(true), isReadable: true };
	} catch {
		return { text: read(false), isReadable: false };
	}
}

function markedAs([first, second]: Uint8Array): string | undefined {
	if (first === 0xff && second === 0xfe) return "utf-16le";
	return first === 0xfe && second === 0xff ? "utf-16be" : undefined;
}

/** Rows as a file that spreadsheets open: nothing in it is taken for a formula. */
export function csvText(rows: ReadonlyArray<readonly string[]>): string {
	return `\ufeff${rows.map((row) => row.map(quoted).join(",")).join("\r\n")}\r\n`;
}

function quoted(value: string): string {
	const harmless = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
	return `"${harmless.replaceAll('"', '""')}"`;
}

/** What a cell said before {@link csvText} has kept it from being a formula. */
export function plainCell(value: string): string {
	return /^'[=+\-@\t\r]/.test(value) ? value.slice(1) : value;
}

/** Has the browser keep a text as a file. */
export function keepAsFile(name: string, text: string, type = "text/csv"): void {
	const address = URL.createObjectURL(new Blob([text], { type: `${type};charset=utf-8` }));
	const link = Object.assign(document.createElement("a"), { href: address, download: name });
	link.click();
	URL.revokeObjectURL(address);
}
