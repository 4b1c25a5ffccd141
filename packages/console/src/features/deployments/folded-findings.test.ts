import { expect, it } from "vitest";
import { foldedFindings } from "./use-findings.ts";

const finding = (code: string, line: number, library?: string) => ({
	...{ code, line, column: 1, endLine: line, endColumn: 2, message: "Name it.", severity: "warning" as const },
	...(library === undefined ? {} : { library }),
});

it("a library's findings pushed the script's own out of the list: they are one line for each library", () => {
	const inLibrary = [1, 2, 3].map((line) => finding("message.target.any", line, "jQuery 3.7.1"));
	const found = [...inLibrary, finding("this.detached", 4, "jQuery 3.7.1"), finding("setting.not.boolean", 9)];
	expect(foldedFindings(found)).toEqual([
		{ message: "jQuery 3.7.1", code: "message.target.any 3×, this.detached 1×", line: 1, column: 1 },
	]);
});
