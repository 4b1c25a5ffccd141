import { contactColumns } from "@inlay/contract/contact-headings";
import { ApiError } from "../kernel/http/api-error.ts";
import { readName, seenLine } from "../kernel/names.ts";
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
	/** As the file has it, where that is another: so companies were named that came in before names were tidied. */
	organizationWritten?: string;
}

/** Reads all rows; who reads the faults mends all of them at once. */
export function readRows(rows: readonly ImportRow[], country: string): { read: ReadRow[]; faults: ImportFault[] } {
	const read: ReadRow[] = [];
	const faults: ImportFault[] = [];
	for (const [row, sent] of rows.entries()) {
		try {
			read.push({ row, wish: readContact(bodyOf(sent), country), ...companyOf(sent) });
		} catch (error) {
			if (!(error instanceof ApiError)) throw error;
			faults.push(faultOf(row, error));
		}
	}
	return { read, faults };
}

/** As companies are named by hand. @throws ApiError 400 */
function companyOf({ organization: sent = "" }: ImportRow): Pick<ReadRow, "organization" | "organizationWritten"> {
	const seen = seenLine(sent);
	if (seen === "") return {};
	const [organization, written] = [readName(seen, { fieldName: "organization" }), sent.trim()];
	return { organization, ...(written === organization ? {} : { organizationWritten: written }) };
}

export function faultOf(row: number, error: ApiError): ImportFault {
	const fieldName = error.options.details?.[0]?.fieldName;
	return { row, code: error.code, message: error.message, ...(fieldName ? { fieldName } : {}) };
}

function bodyOf({ organization: _organization, ...sent }: ImportRow): ContactBody {
	// Each is one line; nobody finds a mark that they cannot see, and the other program has put there.
	const seen = Object.entries(sent).map(([name, text]) => [name, seenLine(text)] as const);
	const isPhone = (name: string) => phoneFields.some((one) => one === name);
	const filled = seen.filter(([, text]) => text !== "");
	return Object.fromEntries(filled.map(([name, text]) => [name, isPhone(name) ? { userInput: text } : text]));
}
