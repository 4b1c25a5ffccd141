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
	/** As of any refusal; `import.unknown.division`, `.role`, `.group` and `import.twin` are of imports alone. */
	code: string;
	message: string;
	/** What the message is filled with: whoever says it in another language needs them. */
	params?: Record<string, string>;
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
	const [divisions, roles, groups] = [namedOf(known.divisions), namedOf(known.roles), namedOf(known.groups)];
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
		const division = () => (sent.division ? named("division", sent.division, divisions).id : known.homeDivisionId);
		return {
			row,
			name: read("name", () => readName(sent.name), sent.name),
			email: read("email", () => readEmail(sent.email), ""),
			...(sent.department ? { department: sent.department } : {}),
			...(sent.title ? { title: sent.title } : {}),
			divisionId: read("division", division, known.homeDivisionId),
			roleIds: (sent.roles ?? []).flatMap((name) => read("roles", () => [named("role", name, roles).id], [])),
			groups: (sent.groups ?? []).flatMap((name) => read("groups", () => [named("group", name, groups)], [])),
		};
	});
	faults.push(...twins(candidates));
	return { candidates, faults };
}

/** The refusal of one part, as a fault of its row. @throws what is no refusal */
export function faultOf(row: number, fieldName: string, error: unknown): RowFault {
	if (!(error instanceof ApiError)) throw error;
	const { code, message, options } = error;
	return { row, fieldName, code, message, ...(options.params ? { params: options.params } : {}) };
}

/** Things by what rows call them: their names, whatever their capitals, and their ids. */
function namedOf<T extends { id: string; name: string }>(things: readonly T[]): ReadonlyMap<string, T> {
	const byId = things.map((one) => [one.id, one] as const);
	return new Map([...byId, ...things.map((one) => [one.name.toLowerCase(), one] as const)]);
}

function named<T>(what: keyof typeof noSuch, wanted: string, things: ReadonlyMap<string, T>): T {
	const found = things.get(wanted.trim().toLowerCase()) ?? things.get(wanted.trim());
	if (found) return found;
	throw new ApiError(400, `import.unknown.${what}`, noSuch[what], { params: { name: wanted } });
}

const noSuch = {
	division: "There is no division {name}.",
	role: "There is no role {name}.",
	group: "There is no group {name}.",
} as const;

/** Two rows of one address, or of two that people take for each other. */
function twins(candidates: readonly Candidate[]): RowFault[] {
	const first = new Map<string, number>();
	return candidates.flatMap(({ row, email }) => {
		const keys = email === "" ? [] : [email.toLowerCase(), ...looksOf(email)];
		const twin = keys.map((key) => first.get(key)).find((found) => found !== undefined);
		for (const key of keys) if (!first.has(key)) first.set(key, row);
		if (twin === undefined) return [];
		return [faultOf(row, "email", sameAddress(twin))];
	});
}

function sameAddress(row: number): ApiError {
	return new ApiError(400, "import.twin", "Row {row} has the same address.", { params: { row: String(row) } });
}
