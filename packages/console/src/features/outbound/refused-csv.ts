import type { RefusedRow } from "./thing-model.ts";

/** What was refused of a file, as one that spreadsheets open: nothing in it is taken for a formula. */
export function refusedCsv(rows: readonly RefusedRow[], reasonOf: (code: string) => string): string {
	const lines = rows.map(({ row, field, value, code }) => [String(row), field, value, reasonOf(code)]);
	const all = [["row", "column", "value", "reason"], ...lines];
	return `\ufeff${all.map((line) => line.map(quoted).join(",")).join("\r\n")}\r\n`;
}

function quoted(value: string): string {
	const harmless = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
	return `"${harmless.replaceAll('"', '""')}"`;
}

/** Has the browser keep a text as a file. */
export function keepAsFile(name: string, text: string, type = "text/csv"): void {
	const address = URL.createObjectURL(new Blob([text], { type: `${type};charset=utf-8` }));
	const link = Object.assign(document.createElement("a"), { href: address, download: name });
	link.click();
	URL.revokeObjectURL(address);
}
