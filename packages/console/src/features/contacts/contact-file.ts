import { contactColumns as columns, contactColumnsOf, wholeNameAt } from "@inlay/contract/contact-headings";
import { numberedRowsOf, plainCell } from "../../shell/csv.ts";

/** Columns that an import reads (`external-contacts/importing.ts`). */
export { columns };
export const mostRows = 5_000;

const nameParts = ["firstName", "middleName", "lastName"];

export interface ContactFile {
	rows: Array<Record<string, string>>;
	/** Where each of them stands in the file, from 1. */
	numbers: number[];
	/** Columns that nothing reads. */
	unknown: string[];
}

/** Reads a file of contacts: columns by their names in the first row, as address books and people call them. */
export function readContacts(text: string): ContactFile {
	const [first, ...others] = numberedRowsOf(text.replace(/^\ufeff/, ""));
	const head = (first?.cells ?? []).map((name) => name.trim());
	const known = contactColumnsOf(head);
	const whole = wholeNameAt(head);
	const rows = others.map(({ cells }) => {
		const filled = known.flatMap((name, at) => {
			const value = plainCell(cells[at] ?? "").trim();
			return name && value !== "" ? [[name, value] as const] : [];
		});
		const row: Record<string, string> = Object.fromEntries(filled);
		const name = whole === undefined ? "" : plainCell(cells[whole] ?? "").trim();
		return name === "" || nameParts.some((part) => row[part]) ? row : { ...row, lastName: name };
	});
	return {
		rows,
		numbers: others.map(({ number }) => number),
		unknown: head.filter((name, at) => name !== "" && known[at] === undefined && at !== whole),
	};
}
