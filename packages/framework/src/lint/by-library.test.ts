import { expect, it } from "vitest";
import { byLibrary } from "./by-library.ts";

const finding = (code: string, line: number, library?: string) => ({
	...{ code, line, column: 1, endLine: line, endColumn: 2, message: "Name it.", severity: "warning" as const },
	...(library === undefined ? {} : { library }),
});

it("a library's findings pushed the script's own out of the list: they are one line for each library", () => {
	const inLibrary = [1, 2, 3].map((line) => finding("message.target.any", line, "jQuery 3.7.1"));
	const detached = finding("this.detached", 4, "jQuery 3.7.1");
	const own = finding("setting.not.boolean", 9);
	expect(byLibrary([...inLibrary, detached, own])).toEqual({
		own: [own],
		libraries: [
			{
				...{ library: "jQuery 3.7.1", codes: "message.target.any 3×, this.detached", line: 1, column: 1 },
				findings: [...inLibrary, detached],
			},
		],
	});
	expect(byLibrary([])).toEqual({ own: [], libraries: [] });
});
