import { Readable } from "node:stream";
import { expect, it } from "vitest";
import { type CsvOptions, csvRows, type GoodRow } from "./csv-rows.ts";
import type { RowError } from "./model.ts";

const list: CsvOptions["list"] = {
	columnNames: ["id", "name", "cell", "home", "zone"],
	phoneColumns: [
		{ columnName: "cell", type: "cell", callableTimeColumn: "zone" },
		{ columnName: "home", type: "home" },
	],
	keyColumn: "id",
};

async function rows(file: string | Buffer, changes: Partial<CsvOptions> = {}): Promise<Array<GoodRow | RowError>> {
	const options: CsvOptions = { list, country: "DE", encoding: "utf-8", ...changes };
	const read: Array<GoodRow | RowError> = [];
	for await (const row of csvRows(Readable.from([Buffer.from(file)]), options)) read.push(row);
	return read;
}

const refusal = (file: string | Buffer) =>
	rows(file).then(
		() => "read",
		(error) => error.code,
	);

it.each([
	["commas", "id,name,cell,home,zone\n1,Jane,+4915123456710,,\n"],
	["semicolons, as a German spreadsheet saves it", "id;name;cell;home;zone\r\n1;Jane;+4915123456710;;\r\n"],
	["tabs", "id\tname\tcell\thome\tzone\n1\tJane\t+4915123456710\t\t\n"],
	["a BOM", "\ufeffid,name,cell,home,zone\n1,Jane,+4915123456710,,\n"],
	["a national number", "id,name,cell,home,zone\n1,Jane,0151 23456710,,\n"],
	["quotes", '"id","name","cell","home","zone"\n"1","Jane","+4915123456710","",""\n'],
	["blank lines", "id,name,cell,home,zone\n\n1,Jane,+4915123456710,,\n\n"],
])("a file with %s was not read", async (_name, file) => {
	const [row] = await rows(file);
	expect(row).toMatchObject({ key: "1", data: { name: "Jane" }, numbers: { cell: { number: "+4915123456710" } } });
});

it("a name with the delimiter, quotes and a line break in it was torn apart", async () => {
	const file = 'id,name,cell,home,zone\n1,"Doe, ""Jane""\nof Berlin",+4915123456710,,\n';
	expect(await rows(file)).toMatchObject([{ data: { name: 'Doe, "Jane"\nof Berlin' } }]);
});

it("umlauts of a Latin 1 file turned into question marks: it is refused until it is said to be one", async () => {
	const file = Buffer.from("id,name,cell,home,zone\n1,Jörg,+4915123456710,,\n", "latin1");
	expect(await refusal(file)).toBe("csv.encoding");
	expect(await rows(file, { encoding: "windows-1252" })).toMatchObject([{ data: { name: "Jörg" } }]);
});

it("a spreadsheet's Unicode text was refused: a file that says that it is in UTF-16 is read so", async () => {
	const file = Buffer.from("\ufeffid\tname\tcell\thome\tzone\r\n1\tJörg\t+4915123456710\t\t\r\n", "utf16le");
	expect(await rows(file)).toMatchObject([{ key: "1", data: { name: "Jörg" } }]);
	expect(await rows(Buffer.from(file).swap16())).toMatchObject([{ key: "1", data: { name: "Jörg" } }]);
});

it("a bad row spoilt the whole upload, or was left away without a word", async () => {
	const head = "id,name,cell,home,zone\n";
	const good = (id: number) => `${id},Jane,+49151234567${10 + id},,Europe/Berlin\n`;
	const bad = [
		"17,Jane,12x,,\n",
		"18,Jane,,,\n",
		",Jane,+4915123456710,,\n",
		"20,Jane\n",
		"21,J,+4915123456710,,Mars\n",
	];
	expect(await rows(head + good(1) + bad.join("") + good(2))).toMatchObject([
		{ key: "1" },
		{ row: 3, field: "cell", code: "number.invalid", value: "12x" },
		{ row: 4, field: "cell", code: "number.invalid" },
		{ row: 5, field: "id", code: "key.missing" },
		{ row: 6, field: "id", code: "columns.wrong" },
		{ row: 7, field: "zone", code: "zone.unknown", value: "Mars" },
		{ key: "2" },
	]);
});

it.each([
	["a column that the list does not have", "id,name,cell,home,zone,age\n", "csv.columns"],
	["a column twice", "id,cell,cell,home,name\n", "csv.columns"],
	["no column with numbers", "id,name\n", "csv.columns"],
	["nothing in it", "", "csv.empty"],
	["a quote that never closes", 'id,name,cell,home,zone\n1,"Jane,+4915123456710,,\n', "csv.quotes"],
])("a file with %s was taken", async (_name, file, code) => {
	expect(await refusal(file)).toBe(code);
});
