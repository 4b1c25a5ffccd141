import type { Division, Role } from "../../authorization/model.ts";
import { ApiError } from "../../kernel/http/api-error.ts";
import { looksOf } from "../../kernel/look-alikes.ts";
import { readName } from "../../kernel/names.ts";
import type { Group } from "../group-store.ts";
import { readEmail } from "../sign-in/names.ts";

/** A person as a row of an import tells of them; names are those that people see, ids do as well. */
export interface ImportRow {
	name: string;
	email: string;
	department?: string;
	title?: string;
	/** Of the division that the person is in, and their roles hold in. The home division when absent. */
	division?: string;
	roles?: readonly string[];
	groups?: readonly string[];
}

/** Why a row cannot be taken. */
export interface RowFault {
	/** From 1, as the rows were sent. */
	row: number;
	fieldName: string;
	code: string;
	message: string;
}

/** A row whose names have been found. */
export interface Candidate {
	row: number;
	name: string;
	email: string;
	department?: string;
	title?: string;
	divisionId: string;
	roleIds: string[];
	groups: Group[];
}

/** What names lead to. */
export interface Known {
	divisions: readonly Division[];
	roles: readonly Role[];
	groups: readonly Group[];
	homeDivisionId: string;
}

/** Reads rows; each that can be read is a candidate, what keeps the others from it is a fault of its row and field. */
export function readRows(rows: readonly ImportRow[], known: Known): { candidates: Candidate[]; faults: RowFault[] } {
	const faults: RowFault[] = [];
	const candidates = rows.map((sent, at) => {
		const row = at + 1;
		const read = <T>(fieldName: string, work: () => T, instead: T): T => {
			try {
				return work();
			} catch (error) {
				faults.push(faultOf(row, fieldName, error));
				return instead;
			}
		};
		return {
			row,
			name: read("name", () => readName(sent.name), sent.name),
			email: read("email", () => readEmail(sent.email), ""),
			...(sent.department ? { department: sent.department } : {}),
			...(sent.title ? { title: sent.title } : {}),
			divisionId: read("division", () => divisionOf(sent.division, known), known.homeDivisionId),
			roleIds: (sent.roles ?? []).flatMap((name) => read("roles", () => [named("role", name, known.roles).id], [])),
			groups: (sent.groups ?? []).flatMap((name) => read("groups", () => [named("group", name, known.groups)], [])),
		};
	});
	faults.push(...twins(candidates));
	return { candidates, faults };
}

/** The refusal of one part, as a fault of its row. @throws what is no refusal */
export function faultOf(row: number, fieldName: string, error: unknown): RowFault {
	if (!(error instanceof ApiError)) throw error;
	return { row, fieldName, code: error.code, message: error.message };
}

function divisionOf(name: string | undefined, { divisions, homeDivisionId }: Known): string {
	return name ? named("division", name, divisions).id : homeDivisionId;
}

function named<T extends { id: string; name: string }>(what: string, wanted: string, things: readonly T[]): T {
	const name = wanted.trim().toLowerCase();
	const found = things.find((one) => one.name.toLowerCase() === name || one.id === wanted.trim());
	if (found) return found;
	throw new ApiError(400, "invalid.value", "There is no {what} {name}.", { params: { what, name: wanted } });
}

/** Two rows of one address, or of two that people take for each other. */
function twins(candidates: readonly Candidate[]): RowFault[] {
	const first = new Map<string, number>();
	return candidates.flatMap(({ row, email }) => {
		const keys = email === "" ? [] : [email.toLowerCase(), ...looksOf(email)];
		const twin = keys.map((key) => first.get(key)).find((found) => found !== undefined);
		for (const key of keys) if (!first.has(key)) first.set(key, row);
		if (twin === undefined) return [];
		const message = `Row ${twin} has the same address.`;
		return [{ row, fieldName: "email", code: "resource.already.exists", message }];
	});
}
