import { permissionWords } from "@inlay/contract/permission-words";
import { divisionName } from "../session/divisions.ts";
import { everyDivision, type Need } from "../session/rights.ts";
import { t } from "./strings.ts";

/** What somebody cannot do, as the beginning of a sentence. */
export type What = "This" | "Adding" | "Changing" | "Seeing";

/** Where a need has to be met, in words behind a space; empty where anywhere will do. */
export function placeText(divisionId: string | undefined): string {
	if (divisionId === undefined) return "";
	return ` ${divisionId === everyDivision ? t("inEveryDivision") : t("inDivision", { name: divisionName(divisionId) })}`;
}

/** Permissions as the configuration guide names them: any of them does, or it takes all. */
export function permissionsText(permissions: readonly string[], all = false): string {
	return permissions.map(permissionWords).join(t(all ? "and" : "or"));
}

/** Why something cannot be done, and who can help. */
export function lackText({ permissions, divisionId, all }: Need, what: What = "This"): string {
	return t("lacking", {
		what: t(`what${what}`),
		permissions: permissionsText(permissions, all),
		place: placeText(divisionId),
	});
}
