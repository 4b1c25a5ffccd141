import type { ApiError } from "../../session/api.ts";
import { isAbout } from "../../session/refusal.ts";
import { failureText } from "../../shell/failure.ts";
import type { OutboundThing, ThingForm } from "./kind.ts";
import type { KindName } from "./kind-names.ts";
import { type OutboundKey, t } from "./strings.ts";

/** What a refusal of the API is judged by. */
export interface Refusal {
	error: ApiError;
	kind: KindName;
	form: ThingForm;
	/** What stands on the server; undefined for a new one. */
	base: OutboundThing | undefined;
	/** The contact list that the form names, where one may see it. */
	list: Partial<OutboundThing> | undefined;
}

/** Fields of the API by the form's, where they are not called the same. */
const apiNames: Readonly<Record<string, string>> = {
	shownColumns: "inlay.shownColumns",
	abandonMessage: "inlay.abandonMessage",
	ownerColumn: "inlay.ownerColumn",
	skipReasons: "inlay.skipReasons",
	keyColumn: "inlay.keyColumn",
	skippable: "skipPreviewDisabled",
	times: "callableTimes",
};

/** The API's name of a field of a form. */
export const apiNameOf = (key: string) => apiNames[key] ?? key;

const stoppedFirst = new Set(["contactList", "queue", "dialingMode"]);
const chosen = new Set(["contactList", "queue", "dncLists", "callableTimeSet", "attemptLimits"]);

/** Why the API refused a field, in the console's words; undefined where it is about another. */
export function refusalOf(key: string, refusal: Refusal): string | undefined {
	const { error, base } = refusal;
	if (!isOf(error, key)) return undefined;
	if (key === "name") return failureText(error);
	if (stoppedFirst.has(key) && base && ["on", "stopping"].includes(String(base.campaignStatus))) return t("stopFirst");
	if (key === "rules") {
		// Which rule, and why: the server's own words say it.
		const columns = namesColumn(error) ? columnsText(key, refusal) : undefined;
		return [failureText(error), ...(columns ? [columns] : [])].join(" ");
	}
	if (key === "ruleSets") return t("rulesOfOther");
	if (chosen.has(key)) return t("chosenGone");
	return columnsText(key, refusal) ?? t(takes[key] ?? "refusedField");
}

const namesColumn = ({ fields }: ApiError) =>
	fields.some((field) => /^rules$|\.(?:attributeName|property|properties)$/.test(field));

/** `phoneColumns[1].columnName` is about `phoneColumns`. */
function isOf(error: ApiError, key: string): boolean {
	const name = apiNameOf(key);
	return isAbout(error, name) || error.fields.some((field) => field.startsWith(`${name}[`));
}

const takes: Readonly<Record<string, OutboundKey>> = {
	callerName: "needCallerName",
	callerAddress: "needPhone",
	timeZoneId: "badZone",
	times: "timesProblem",
	columnNames: "needColumns",
	phoneColumns: "needColumns",
};

function columnsText(key: string, { kind, form, base, list }: Refusal): string | undefined {
	const said = (text: OutboundKey, columns: readonly string[] | undefined) =>
		columns && columns.length > 0 ? t(text, { columns: columns.join(", ") }) : undefined;
	if (kind === "campaigns") {
		if (key === "phoneColumns") return said("badNumberColumns", named(list?.phoneColumns));
		if (key === "ownerColumn" && form.dialingMode !== "preview") return t("ownerColumnHint");
		return key === "shownColumns" || key === "ownerColumn"
			? said("badColumns", list?.columnNames as string[] | undefined)
			: undefined;
	}
	if (key === "rules") return said("badColumns", list?.columnNames as string[] | undefined);
	if (key === "columnNames") return said("keepColumns", base?.columnNames as string[] | undefined);
	return key === "phoneColumns" || key === "keyColumn" ? said("badColumns", [form.columnNames ?? ""]) : undefined;
}

const named = (columns: unknown) =>
	(columns as Array<{ columnName: string }> | undefined)?.map((one) => one.columnName);

/** Which line of what was typed is refused, counted from 1, and what stands there. */
export function refusedLine(error: ApiError | undefined, lines: string): { line: number; number: string } | undefined {
	const index = error?.fields
		.map((field) => /^phoneNumbers\[(\d+)\]$/.exec(field)?.[1])
		.find((one) => one !== undefined);
	if (index === undefined) return undefined;
	return numbersIn(lines)[Number(index)];
}

/** The numbers that were typed, with the lines on which they stand. */
export function numbersIn(lines: string): Array<{ line: number; number: string }> {
	return lines.split("\n").flatMap((text, at) =>
		text
			.split(";")
			.map((one) => ({ line: at + 1, number: one.trim() }))
			.filter((one) => one.number !== ""),
	);
}
