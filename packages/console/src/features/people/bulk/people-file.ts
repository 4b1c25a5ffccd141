import type { Group, User } from "../../../session/wire.ts";
import { csvText, numberedRowsOf, plainCell } from "../../../shell/csv.ts";

/** A person as an import takes one. */
export interface ImportRow {
	name: string;
	email: string;
	department?: string;
	title?: string;
	division?: string;
	roles?: string[];
	groups?: string[];
}

/** Columns that an import reads; an export has them too, so that it can be imported elsewhere. */
export const columns = ["name", "email", "department", "title", "division", "roles", "groups"] as const;
type Column = (typeof columns)[number];

/** As many rows as one import takes. */
export const mostRows = 1_000;

/** What a file of people says. */
export interface PeopleFile {
	rows: ImportRow[];
	/** Where each of them stands in the file, from 1: the first row has the columns, and empty ones count. */
	numbers: number[];
	/** Columns that nothing reads. */
	unknown: string[];
	/** Columns that have to be there and are not. */
	missing: Column[];
}

/** Reads a file of people: columns by their names in the first row, several roles or groups in a cell parted by `|`. */
export function readPeople(text: string): PeopleFile {
	const [first, ...others] = numberedRowsOf(text.replace(/^\ufeff/, ""));
	const head = first?.cells ?? [];
	const names = head.map((name) => name.trim().toLowerCase());
	const isKnown = (name: string): name is Column => (columns as readonly string[]).includes(name);
	const rows = others.map(({ cells: line }) => {
		const cells = new Map(names.map((name, at) => [name, plainCell(line[at] ?? "").trim()]));
		const list = (column: Column) =>
			(cells.get(column) ?? "")
				.split("|")
				.map((one) => one.trim())
				.filter(Boolean);
		const optional = (["department", "title", "division"] as const).flatMap((column) => {
			const value = cells.get(column);
			return value ? [[column, value]] : [];
		});
		return {
			name: cells.get("name") ?? "",
			email: cells.get("email") ?? "",
			...Object.fromEntries(optional),
			roles: list("roles"),
			groups: list("groups"),
		};
	});
	return {
		rows,
		numbers: others.map(({ number }) => number),
		unknown: head.filter((name) => name !== "" && !isKnown(name.trim().toLowerCase())),
		missing: (["name", "email"] as const).filter((column) => !names.includes(column)),
	};
}

/** People as a file; groups by their names, as far as these are known. */
export function peopleCsv(people: readonly User[], groups: readonly Group[]): string {
	const names = new Map(groups.map((group) => [group.id, group.name]));
	const lines = people.map((user) => [
		user.name,
		user.email ?? "",
		user.department ?? "",
		user.title ?? "",
		user.division?.name ?? "",
		(user.authorization?.roles ?? []).map((role) => role.name).join("|"),
		(user.groups ?? []).flatMap((group) => names.get(group.id) ?? []).join("|"),
		user.username ?? "",
		user.state,
	]);
	return csvText([[...columns, "username", "state"], ...lines]);
}
