import { Readable } from "node:stream";
import { createPhoneNumbers } from "@inlay/contract/phone";
import { phoneMetadata } from "@inlay/contract/phone-metadata";
import { isZone } from "@inlay/contract/wall-time";
import { type CsvError, parse } from "csv-parse";
import { badField } from "../kernel/http/api-error.ts";
import type { ContactListValue, ContactNumber, RowError } from "./model.ts";

/** A row that can be kept. */
export interface GoodRow {
	row: number;
	key: string | null;
	data: Record<string, string>;
	numbers: Record<string, ContactNumber>;
}

export interface CsvOptions {
	list: Pick<ContactListValue, "columnNames" | "phoneColumns" | "keyColumn">;
	/** ISO 3166 code: numbers without a country code are of it. */
	country: string;
	encoding: "utf-8" | "windows-1252";
}

/** Characters of what stands in a column. */
export const longestValue = 1_000;
const phones = createPhoneNumbers(phoneMetadata);

/**
 * Reads a file of contacts row by row; commas, semicolons and tabs part its columns, whichever its first row has most.
 * @throws ApiError 400 for a file that is none of this list's, as a whole: its encoding, its columns, its quotes
 */
export async function* csvRows(file: Readable, options: CsvOptions): AsyncGenerator<GoodRow | RowError> {
	let header: string[] | undefined;
	try {
		for await (const { record, info } of records(file, options)) {
			const row = info.lines;
			if (header) yield readRow(record, header, row, options);
			else header = readHeader(record, options);
		}
	} catch (error) {
		throw unreadable(error);
	}
	if (!header) throw badField("file", "The file is empty: its first row names the columns.", "csv.empty");
}

interface Parsed {
	record: string[];
	info: { lines: number };
}

async function* records(file: Readable, { encoding }: CsvOptions): AsyncGenerator<Parsed> {
	const text = decoded(file, encoding);
	const first = await text.next();
	const begin = first.value ?? "";
	const parser = parse({
		bom: true,
		delimiter: delimiterOf(begin),
		info: true,
		relax_column_count: true,
		skip_empty_lines: true,
		trim: true,
		max_record_size: 200_000,
	});
	const source = Readable.from(joined(begin, text));
	source.on("error", (error) => parser.destroy(error));
	source.pipe(parser);
	yield* parser as AsyncIterable<Parsed>;
}

async function* joined(begin: string, rest: AsyncGenerator<string>): AsyncGenerator<string> {
	if (begin) yield begin;
	yield* rest;
}

async function* decoded(file: Readable, encoding: CsvOptions["encoding"]): AsyncGenerator<string> {
	let decoder: TextDecoder | undefined;
	for await (const chunk of file) {
		decoder ??= new TextDecoder(marked(chunk as Buffer) ?? encoding, { fatal: true, ignoreBOM: true });
		const text = decoder.decode(chunk as Buffer, { stream: true });
		if (text) yield text;
	}
	const last = decoder?.decode();
	if (last) yield last;
}

/** What a file says of its encoding itself, whatever was said of it. */
function marked(begin: Buffer): string | undefined {
	const [first, second, third] = begin;
	if (first === 0xff && second === 0xfe) return "utf-16le";
	if (first === 0xfe && second === 0xff) return "utf-16be";
	return first === 0xef && second === 0xbb && third === 0xbf ? "utf-8" : undefined;
}

function delimiterOf(begin: string): string {
	const line = begin.split("\n", 1)[0] ?? "";
	const count = (delimiter: string) => line.split(delimiter).length;
	return [",", ";", "\t"].reduce((best, one) => (count(one) > count(best) ? one : best), ",");
}

function readHeader(names: string[], { list }: CsvOptions): string[] {
	const unknown = names.find((name) => !list.columnNames.includes(name));
	if (unknown !== undefined)
		throw badField("file", `The list has no column ${unknown.slice(0, 100)}. Row 1 names its columns.`, "csv.columns");
	const twice = names.find((name, index) => names.indexOf(name) !== index);
	if (twice !== undefined) throw badField("file", `Row 1 names the column ${twice} twice.`, "csv.columns");
	const needed = [...list.phoneColumns.map((one) => one.columnName), ...(list.keyColumn ? [list.keyColumn] : [])];
	const missing = needed.find((name) => !names.includes(name));
	if (missing !== undefined) throw badField("file", `The file lacks the column ${missing}.`, "csv.columns");
	return names;
}

function readRow(record: string[], header: string[], row: number, options: CsvOptions): GoodRow | RowError {
	const refused = (field: string, code: RowError["code"], value = ""): RowError => ({
		...{ row, field, code },
		value: value.slice(0, 100),
	});
	if (record.length !== header.length) return refused(header[0] ?? "", "columns.wrong", String(record.length));
	const data = Object.fromEntries(header.map((name, index) => [name, record[index] ?? ""]));
	const long = header.find((name) => (data[name] ?? "").length > longestValue || data[name]?.includes("\u0000"));
	if (long !== undefined) return refused(long, "value.long", data[long]);
	const read = readContact(data, options.list, options.country);
	if ("code" in read) return refused(read.field, read.code, data[read.field]);
	return { row, data, ...read };
}

/** The key and the numbers of a contact's data; or what is wrong with it. */
export function readContact(
	data: Readonly<Record<string, string>>,
	{ phoneColumns, keyColumn }: CsvOptions["list"],
	country: string,
): Pick<GoodRow, "key" | "numbers"> | Pick<RowError, "field" | "code"> {
	const numbers: Record<string, ContactNumber> = {};
	for (const { columnName, callableTimeColumn } of phoneColumns) {
		const zone = callableTimeColumn ? data[callableTimeColumn] : undefined;
		if (callableTimeColumn && zone && !isKnownZone(zone)) return { field: callableTimeColumn, code: "zone.unknown" };
		const said = data[columnName];
		if (!said) continue;
		const number = numberOf(said, country);
		if (!number) return { field: columnName, code: "number.invalid" };
		numbers[columnName] = { number, callable: true };
	}
	if (Object.keys(numbers).length === 0) return { field: phoneColumns[0]?.columnName ?? "", code: "number.invalid" };
	const key = keyColumn ? data[keyColumn] : undefined;
	if (keyColumn && !key) return { field: keyColumn, code: "key.missing" };
	return { key: key ?? null, numbers };
}

/** E.164; undefined for what cannot be called as it is. */
export function numberOf(said: string, country: string): string | undefined {
	const read = phones.read(said, { country });
	return read.kind === "number" && read.dial.startsWith("+") && !read.after ? read.dial : undefined;
}

const zones = new Map<string, boolean>();

function isKnownZone(zone: string): boolean {
	const known = zones.get(zone) ?? isZone(zone);
	if (zones.size < 1_000) zones.set(zone, known);
	return known;
}

/** What is wrong with the file as a whole, in words; what is no fault of the file's stays what it is. */
function unreadable(error: unknown): unknown {
	if (error instanceof TypeError && (error as { code?: string }).code === "ERR_ENCODING_INVALID_ENCODED_DATA")
		return badField(
			"file",
			"The file is not in UTF-8. Save it so, or say that it is in windows-1252 (Latin 1).",
			"csv.encoding",
		);
	const { code = "", lines } = (error ?? {}) as Partial<CsvError>;
	if (!code.startsWith("CSV_")) return error;
	return badField("file", `Row ${lines ?? "?"} cannot be read: its quotes do not close.`, "csv.quotes");
}
