import { type Budget, isMet, type Row } from "./row.ts";

const headings = ["What", "Measured", "Budget", ""] as const;

/** The table that `npm run bench` prints: what, measured, budget, met or not. */
export function formatTable(rows: readonly Row[]): string {
	const cells = rows.map((row) => [row.what, measuredText(row), budgetText(row), verdict(row)]);
	const widths = headings.map((heading, column) =>
		Math.max(heading.length, ...cells.map((line) => (isLong(line, column) ? 0 : (line[column]?.length ?? 0)))),
	);
	const rule = widths.map((width) => "─".repeat(width)).join("──");
	const line = (texts: readonly string[]) =>
		texts
			.map((text, column) => (column === 1 ? text.padStart(widths[column] ?? 0) : text.padEnd(widths[column] ?? 0)))
			.join("  ")
			.trimEnd();
	return [line(headings), rule, ...cells.map(line)].join("\n");
}

/** Why something was not measured may be a long sentence; it must not make the column as wide. */
function isLong(line: readonly string[], column: number): boolean {
	return column === 1 && (line[1] ?? "").startsWith("not measured");
}

function measuredText({ measured, unit }: Row): string {
	if (typeof measured !== "number") return `not measured: ${measured.missing}`;
	return `${numberText(measured)} ${unit}`.trimEnd();
}

function budgetText({ budget, unit }: Row): string {
	return budget ? `${limitText(budget)} ${unit}`.trimEnd() : "";
}

function limitText(budget: Budget): string {
	return "atMost" in budget ? `≤ ${numberText(budget.atMost)}` : `≥ ${numberText(budget.atLeast)}`;
}

function verdict(row: Row): string {
	const met = isMet(row);
	return met === undefined ? "" : met ? "met" : "NOT MET";
}

/** Three or more digits that matter: 1,234 and 56.7 and 0.12. */
function numberText(value: number): string {
	const digits = Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 2;
	return Number(value.toFixed(digits)).toLocaleString("en-US", { maximumFractionDigits: digits });
}
