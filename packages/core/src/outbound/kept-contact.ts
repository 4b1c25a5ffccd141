import { ApiError, badField } from "../kernel/http/api-error.ts";
import { longestValue, readContact } from "./csv-rows.ts";
import type { Contact, ContactListValue, Thing } from "./model.ts";

/** What a contact's data comes to in its list. @param field under which it is named in refusals @throws ApiError 400 naming the column */
export function readData(
	list: Thing<ContactListValue>,
	data: Readonly<Record<string, string>>,
	country: string,
	field: string,
) {
	const unknown = Object.keys(data).find((name) => !list.value.columnNames.includes(name));
	if (unknown !== undefined) throw badField(`${field}.${unknown}`, `The list has no column ${unknown}.`);
	const read = readContact(data, list.value, country);
	if (!("code" in read)) return read;
	throw new ApiError(400, read.code, words[read.code] ?? "{column} cannot be kept as it is.", {
		params: { column: read.field },
		details: [{ errorCode: read.code, fieldName: `${field}.${read.field}` }],
	});
}

/** As whoever has typed it reads it: by the column, and not by its place in the request. */
const words: Record<string, string> = {
	"number.invalid": "{column} must be a phone number that can be called, such as +31731234567.",
	"zone.unknown": "{column} must be a time zone (IANA), such as Europe/Berlin.",
	"key.missing": "{column} must not be empty: contacts of this list are told apart by it.",
};

/** A contact with some of its columns changed; what was found out of a number stays with it, as long as it stays. */
export function withColumns(
	list: Thing<ContactListValue>,
	before: Contact,
	columns: Readonly<Record<string, string>>,
	country: string,
): Contact {
	const long = Object.keys(columns).find((name) => (columns[name] ?? "").length > longestValue);
	if (long !== undefined) throw badField(`columns.${long}`, `columns.${long} may have ${longestValue} characters.`);
	// A column that the list has lost goes with the next change: only what is sent is refused.
	const known = Object.entries(before.data).filter(([name]) => list.value.columnNames.includes(name));
	const data = { ...Object.fromEntries(known), ...columns };
	const { key, numbers } = readData(list, data, country, "columns");
	const kept = Object.entries(numbers).map(([column, now]) => {
		const known = before.numbers[column];
		return [column, known?.number === now.number ? known : now] as const;
	});
	return { ...before, data, key: key ?? undefined, numbers: Object.fromEntries(kept) };
}
