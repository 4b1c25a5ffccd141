import { needs } from "../../session/needs.ts";
import { idOf, type Kind, kept, list, listed, name, reference, text } from "./kind.ts";

interface PhoneColumn {
	columnName: string;
	type: string;
	callableTimeColumn?: string;
}

export const contactlists: Kind = {
	path: "/api/v2/outbound/contactlists",
	view: needs.viewContactLists,
	add: needs.addContactList,
	edit: needs.editContactList,
	remove: needs.deleteContactList,
	title: "contactLists",
	fresh: "newContactList",
	fields: [
		name,
		{ key: "columnNames", type: "text", label: "columnNames", hint: "commas", needed: true, needs: "needColumns" },
		{
			key: "phoneColumns",
			type: "text",
			label: "phoneColumns",
			hint: "phoneColumnsHint",
			needed: true,
			needs: "needColumns",
		},
		{ key: "attemptLimits", type: "one", label: "attemptLimits", of: "attemptlimits" },
		{ key: "keyColumn", type: "text", label: "keyColumn", hint: "keyColumnHint" },
	],
	formOf: (thing) => ({
		name: thing.name,
		columnNames: listed((thing.columnNames ?? []) as string[]),
		phoneColumns: listed(
			((thing.phoneColumns ?? []) as PhoneColumn[]).map(({ columnName, callableTimeColumn }) =>
				callableTimeColumn ? `${columnName} @ ${callableTimeColumn}` : columnName,
			),
		),
		attemptLimits: idOf(thing.attemptLimits),
		keyColumn: text((thing.inlay as { keyColumn?: string })?.keyColumn),
	}),
	bodyOf: (form, base) => ({
		...kept(base, ["division"]),
		name: form.name,
		attemptLimits: reference(form.attemptLimits),
		columnNames: list(form.columnNames),
		phoneColumns: list(form.phoneColumns).map((one): PhoneColumn => {
			const [columnName = "", callableTimeColumn] = one.split("@").map((part) => part.trim());
			const known = ((base?.phoneColumns ?? []) as PhoneColumn[]).find((each) => each.columnName === columnName);
			return { columnName, type: known?.type ?? columnName, ...(callableTimeColumn ? { callableTimeColumn } : {}) };
		}),
		...(form.keyColumn ? { inlay: { keyColumn: form.keyColumn } } : {}),
	}),
};

export const dnclists: Kind = {
	path: "/api/v2/outbound/dnclists",
	view: needs.viewDncLists,
	add: needs.addDncList,
	edit: needs.editDncList,
	remove: needs.deleteDncList,
	title: "dncLists",
	fresh: "newDncList",
	fields: [name],
	formOf: (thing) => ({ name: thing.name }),
	bodyOf: (form, base) => ({ ...kept(base, ["division"]), name: form.name, dncSourceType: "rds" }),
};
