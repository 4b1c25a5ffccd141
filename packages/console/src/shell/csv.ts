/** Text that spreadsheets write and open (RFC 4180). */

/** One cell and what ends it: quoted, with doubled quotes within, or not. */
const cell = (delimiter: string) =>
	new RegExp(`(?:"((?:[^"]|"")*)"|([^\\n${delimiter}]*))(${delimiter}|\\r?\\n|$)`, "y");

/**
 * The rows of a text, by the delimiter that its first line has most of; empty ones are left out.
 * @param most rows, the first one with the names of the columns included
 */
export function rowsOf(text: string, most = Number.POSITIVE_INFINITY): string[][] {
	const begin = text.split("\n", 1)[0] ?? "";
	const count = (delimiter: string) => begin.split(delimiter).length;
	const delimiter = [",", ";", "\t"].reduce((best, one) => (count(one) > count(best) ? one : best), ",");
	const pattern = cell(delimiter);
	const rows: string[][] = [];
	let row: string[] = [];
	while (rows.length < most && pattern.lastIndex < text.length) {
		const found = pattern.exec(text);
		if (!found) break;
		row.push((found[1]?.replaceAll('""', '"') ?? found[2] ?? "").trim());
		if (found[3] === delimiter) continue;
		if (row.some((one) => one !== "")) rows.push(row);
		row = [];
	}
	return rows;
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
