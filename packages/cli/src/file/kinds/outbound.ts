/** Contact lists, and the frames of campaigns. */
import type { Thing } from "../../platform/platform.ts";
import { idOf, listOf, said } from "./kind.ts";
import { simple } from "./simple.ts";

interface Column {
	columnName: string;
	type: string;
	callableTimeColumn?: string;
}

export const contactLists = simple({
	path: "/api/v2/outbound/contactlists",
	valuesOf: (raw, lookup) => ({
		name: raw.name,
		division: lookup.nameOf("divisions", idOf(raw.division)),
		columns: listOf<string>(raw.columnNames),
		phoneColumns: listOf<Column>(raw.phoneColumns).map(({ columnName, type, callableTimeColumn }) =>
			said({ column: columnName, type, timeZoneColumn: callableTimeColumn }),
		),
	}),
	hasVersion: true,
	bodyOf({ name, division, columns, phoneColumns }, io, raw) {
		const numbers = phoneColumns as { column: string; type: string; timeZoneColumn?: string }[] | undefined;
		return said({
			...withoutAnswered(raw),
			name,
			division: divisionOf(division, io.idOf, raw),
			columnNames: columns ?? raw?.columnNames ?? [],
			phoneColumns:
				numbers?.map(({ column, type, timeZoneColumn }) =>
					said({ columnName: column, type, callableTimeColumn: timeZoneColumn }),
				) ??
				raw?.phoneColumns ??
				[],
		});
	},
});

export const campaigns = simple({
	path: "/api/v2/outbound/campaigns",
	valuesOf: (raw, lookup) =>
		said({
			name: raw.name,
			division: lookup.nameOf("divisions", idOf(raw.division)),
			contactList: lookup.nameOf("contactLists", idOf(raw.contactList)),
			queue: lookup.nameOf("queues", idOf(raw.queue)),
			dialingMode: raw.dialingMode,
			phoneColumns: listOf<Column>(raw.phoneColumns).map(({ columnName }) => columnName),
			callerName: raw.callerName,
			callerAddress: raw.callerAddress,
			priority: raw.priority,
		}),
	hasVersion: true,
	bodyOf(wanted, io, raw) {
		const { name, division, contactList, queue, dialingMode, phoneColumns, callerName, callerAddress, priority } =
			wanted;
		return said({
			...withoutAnswered(raw),
			name,
			division: divisionOf(division, io.idOf, raw),
			contactList: typeof contactList === "string" ? { id: io.idOf("contactLists", contactList) } : raw?.contactList,
			queue: typeof queue === "string" ? { id: io.idOf("queues", queue) } : raw?.queue,
			dialingMode: dialingMode ?? raw?.dialingMode,
			phoneColumns: (phoneColumns as string[] | undefined)?.map((columnName) => ({ columnName })) ?? raw?.phoneColumns,
			callerName: callerName ?? raw?.callerName,
			callerAddress: callerAddress ?? raw?.callerAddress,
			priority: priority ?? raw?.priority,
		});
	},
});

/** The rest goes back as it came, or it would be taken away. */
function withoutAnswered(raw: Thing | undefined): Thing {
	if (!raw) return {};
	const { id, selfUri, dateCreated, dateModified, version, errors, importStatus, size, campaignStatus, ...rest } = raw;
	return rest;
}

function divisionOf(
	name: unknown,
	idOfName: (section: "divisions", name: string) => string,
	raw: Thing | undefined,
): { id: string } | undefined {
	if (typeof name === "string") return { id: idOfName("divisions", name) };
	const id = idOf(raw?.division);
	return id ? { id } : undefined;
}
