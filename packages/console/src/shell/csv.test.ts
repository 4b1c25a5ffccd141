import { describe, expect, it } from "vitest";
import { csvText, decoded, numberedRowsOf, plainCell, rowsOf } from "./csv.ts";

describe("rows of a text", () => {
	it.each<[string, string, string[][]]>([
		[
			"commas",
			"a,b\nc,d",
			[
				["a", "b"],
				["c", "d"],
			],
		],
		[
			"semicolons, as spreadsheets of half of Europe write them",
			"a;b\n1,5;e",
			[
				["a", "b"],
				["1,5", "e"],
			],
		],
		[
			"tabs",
			"a\tb\r\nc\td\r\n",
			[
				["a", "b"],
				["c", "d"],
			],
		],
		[
			"quoted delimiters, breaks and quotes",
			'a,b\n"x, y","l1\nl2 ""q"""',
			[
				["a", "b"],
				["x, y", 'l1\nl2 "q"'],
			],
		],
		[
			"quotes within a cell that has none around it",
			'a,b\n5" pipe,"x"y',
			[
				["a", "b"],
				['5" pipe', '"x"y'],
			],
		],
		[
			"an empty cell at the end of the text",
			"a,b\nc,",
			[
				["a", "b"],
				["c", ""],
			],
		],
		[
			"rows without anything, which are none",
			"a,b\n\n,\n \nc,d",
			[
				["a", "b"],
				["c", "d"],
			],
		],
		["nothing", "", []],
	])("are read with %s", (_what, text, rows) => {
		expect(rowsOf(text)).toEqual(rows);
	});

	it("have the numbers that a spreadsheet gives them, empty rows counted", () => {
		expect(numberedRowsOf("a\n\nb\n\n\nc").map(({ number }) => number)).toEqual([1, 3, 6]);
		expect(rowsOf("a\nb\nc", 2)).toEqual([["a"], ["b"]]);
	});
});

describe("the text of a file", () => {
	const bytes = (...all: number[]) => Uint8Array.from(all);

	it("is said to be unreadable where it is of another encoding, and read all the same", () => {
		expect(decoded(bytes(0xe4), "utf-8")).toEqual({ text: "\ufffd", isReadable: false });
		expect(decoded(bytes(0xe4), "windows-1252")).toEqual({ text: "ä", isReadable: true });
	});

	it("is of the encoding that its mark says, whatever was chosen", () => {
		expect(decoded(bytes(0xff, 0xfe, 0xe4, 0), "windows-1252").text).toBe("ä");
		expect(decoded(bytes(0xfe, 0xff, 0, 0xe4), "utf-8").text).toBe("ä");
		expect(decoded(bytes(0xef, 0xbb, 0xbf, 0x61), "utf-8").text).toBe("a");
	});

	it("was unreadable where its beginning ended within a character", () => {
		expect(decoded(bytes(0x61, 0xc3), "utf-8", true)).toEqual({ text: "a", isReadable: true });
		expect(decoded(bytes(0x61, 0xc3), "utf-8").isReadable).toBe(false);
	});
});

it("what a customer is called ran as a formula in the spreadsheet of whoever opened the file", () => {
	const names = ["=cmd|' /C calc'!A0", "+49 30", "-1", "@SUM(1)", "\t=1", 'say "hi"', "Eva, Ada", ""];
	const [read = []] = rowsOf(csvText([names]).slice(1));
	expect(read.every((cell) => !/^[=+\-@\t\r]/.test(cell))).toBe(true);
	expect(read.map(plainCell)).toEqual(names);
});
