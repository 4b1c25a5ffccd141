import { divisionName } from "../session/divisions.ts";
import { everyDivision, type Need } from "../session/rights.ts";
import { t } from "./strings.ts";

/** Where a need has to be met, in words; empty where anywhere will do. */
export function placeText(divisionId: string | undefined): string {
	if (divisionId === undefined) return "";
	return divisionId === everyDivision ? t("inEveryDivision") : t("inDivision", { name: divisionName(divisionId) });
}

/** Why something cannot be done, and who can help. */
export function lackText({ permissions, divisionId }: Need): string {
	return t("lacking", { permissions: permissions.join(t("or")), place: placeText(divisionId) });
}
