import { csvText } from "../../shell/csv.ts";
import type { RefusedRow } from "./thing-model.ts";

/** What was refused of a file, as one that spreadsheets open. */
export function refusedCsv(rows: readonly RefusedRow[], reasonOf: (code: string) => string): string {
	const lines = rows.map(({ row, field, value, code }) => [String(row), field, value, reasonOf(code)]);
	return csvText([["row", "column", "value", "reason"], ...lines]);
}
