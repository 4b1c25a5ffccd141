import { decoded, type Encoding, rowsOf } from "../../shell/csv.ts";

/** How a file begins, as the server will read it. */
export interface CsvHead {
	/** The row of columns, and the first ones below it. */
	rows: string[][];
	/** It is in this encoding, as far as was looked. */
	isReadable: boolean;
}

const looked = 65_536;
const shown = 11;

/** Reads the first rows of a file of contacts. */
export async function headOf(file: Blob, encoding: Encoding): Promise<CsvHead> {
	const bytes = new Uint8Array(await file.slice(0, looked).arrayBuffer());
	const { text, isReadable } = decoded(bytes, encoding, true);
	return { rows: rowsOf(text, shown), isReadable };
}
