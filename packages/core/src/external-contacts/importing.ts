import { contactColumns } from "@inlay/contract/contact-headings";
import { ApiError } from "../kernel/http/api-error.ts";
import { readName } from "../kernel/names.ts";
import { type ContactBody, readContact } from "./bodies.ts";
import type { ContactWish } from "./contacts.ts";
import { phoneFields } from "./model.ts";

/** Columns of a file of contacts; `organization` is a name. */
export const importColumns = contactColumns;

/** A row as a file has it. */
export type ImportRow = Partial<Record<(typeof importColumns)[number], string>>;

/** What is wrong with a row. */
export interface ImportFault {
	/** From 0. */
	row: number;
	fieldName?: string;
	code: string;
	message: string;
}

/** A row that can be taken. */
export interface ReadRow {
	row: number;
	wish: ContactWish;
	/** The name of who they are with. */
	organization?: string;
}

/** Reads all rows; who reads the faults mends all of them at once. */
export function readRows(rows: readonly ImportRow[], country: string): { read: ReadRow[]; faults: ImportFault[] } {
	const read: ReadRow[] = [];
	const faults: ImportFault[] = [];
	for (const [row, sent] of rows.entries()) {
		try {
			const organization = organizationOf(sent);
			read.push({ row, wish: readContact(bodyOf(sent), country), ...(organization ? { organization } : {}) });
		} catch (error) {
			if (!(error instanceof ApiError)) throw error;
			faults.push(faultOf(row, error));
		}
	}
	return { read, faults };
}

/** As companies are named by hand. */
function organizationOf({ organization = "" }: ImportRow): string | undefined {
	return organization.trim() === "" ? undefined : readName(organization, { fieldName: "organization" });
}

export function faultOf(row: number, error: ApiError): ImportFault {
	const fieldName = error.options.details?.[0]?.fieldName;
	return { row, code: error.code, message: error.message, ...(fieldName ? { fieldName } : {}) };
}

function bodyOf({ organization: _organization, ...sent }: ImportRow): ContactBody {
	const filled = Object.entries(sent).filter(([, text]) => text.trim() !== "");
	const isPhone = (name: string) => phoneFields.some((one) => one === name);
	return Object.fromEntries(
		filled.map(([name, text]) => [name, isPhone(name) ? { userInput: text.trim() } : text.trim()]),
	);
}
