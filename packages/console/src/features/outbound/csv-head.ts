import { rowsOf } from "../../shell/csv.ts";

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
		return { rows: rowsOf(text(true), shown), isReadable: true };
	} catch {
		return { rows: rowsOf(text(false), shown), isReadable: false };
	}
}

function markedAs([first, second]: Uint8Array): string | undefined {
	if (first === 0xff && second === 0xfe) return "utf-16le";
	return first === 0xfe && second === 0xff ? "utf-16be" : undefined;
}
