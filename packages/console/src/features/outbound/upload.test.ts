import { expect, it } from "vitest";
import { headOf } from "./csv-head.ts";
import { refusedCsv } from "./refused-csv.ts";

const bytes = (...parts: Array<string | number[]>) =>
	new Blob(parts.map((part) => (typeof part === "string" ? part : new Uint8Array(part))));

it("a file that Excel had saved could not be said to be in Windows-1252, and its umlauts were not seen before the upload", async () => {
	const file = bytes("id;name\r\n1;J", [0xf6], 'rg\r\n2;"Doe; ""Jane"""\r\n');
	expect((await headOf(file, "utf-8")).isReadable).toBe(false);
	expect(await headOf(file, "windows-1252")).toEqual({
		rows: [
			["id", "name"],
			["1", "Jörg"],
			["2", 'Doe; "Jane"'],
		],
		isReadable: true,
	});
	const unicode = bytes([0xff, 0xfe], [...Buffer.from("id\tname\n1\tJörg\n", "utf16le")]);
	expect((await headOf(unicode, "utf-8")).rows[1]).toEqual(["1", "Jörg"]);
});

it("ten rows are shown, however long the file is, and whatever is cut where one stops looking", async () => {
	const head = await headOf(bytes("id,name\n", "1,Jörg\n".repeat(20_000)), "utf-8");
	expect([head.rows.length, head.isReadable]).toEqual([11, true]);
});

it("refused rows could not be had as a file; what is in them was a formula to a spreadsheet", () => {
	const row = { row: 3, field: "cell", code: "number.invalid", value: '=HYPERLINK("x")' };
	expect(refusedCsv([row], () => "no phone number")).toBe(
		'\ufeff"row","column","value","reason"\r\n"3","cell","\'=HYPERLINK(""x"")","no phone number"\r\n',
	);
});
