export const encodings = ["utf-8", "windows-1252"] as const;
export type Encoding = (typeof encodings)[number];

/** How a file begins, as the server will read it. */
export interface CsvHead {
	/** The row of columns, and the first ones below it. */
	rows: string[][];
	/** It is in this encoding, as far as was looked. */
	isReadable: boolean;
}

const looked = 65_536;
const shown = 11;

/** Reads the first rows of a file of contacts; a mark at its begin says more of its encoding than anybody. */
export async function headOf(file: Blob, encoding: Encoding): Promise<CsvHead> {
	const bytes = new Uint8Array(await file.slice(0, looked).arrayBuffer());
	const label = markedAs(bytes) ?? encoding;
	// A character that is cut at the end of what was looked at is none that is wrong.
	const text = (fatal: boolean) => new TextDecoder(label, { fatal }).decode(bytes, { stream: true });
	try {
		return { rows: rowsOf(text(true)), isReadable: true };
	} catch {
		return { rows: rowsOf(text(false)), isReadable: false };
	}
}

function markedAs([first, second]: Uint8Array): string | undefined {
	if (first === 0xff && second === 0xfe) return "utf-16le";
	return first === 0xfe && second === 0xff ? "utf-16be" : undefined;
}

/** One cell and what ends it: quoted, with doubled quotes within, or not. */
const cell = (delimiter: string) =>
	new RegExp(`(?:"((?:[^"]|"")*)"|([^\\n${delimiter}]*))(${delimiter}|\\r?\\n|$)`, "y");

function rowsOf(text: string): string[][] {
	const begin = text.split("\n", 1)[0] ?? "";
	const count = (delimiter: string) => begin.split(delimiter).length;
	const delimiter = [",", ";", "\t"].reduce((best, one) => (count(one) > count(best) ? one : best), ",");
	const pattern = cell(delimiter);
	const rows: string[][] = [];
	let row: string[] = [];
	while (rows.length < shown && pattern.lastIndex < text.length) {
		const found = pattern.exec(text);
		if (!found) break;
		row.push((found[1]?.replaceAll('""', '"') ?? found[2] ?? "").trim());
		if (found[3] === delimiter) continue;
		if (row.some((one) => one !== "")) rows.push(row);
		row = [];
	}
	return rows;
}
