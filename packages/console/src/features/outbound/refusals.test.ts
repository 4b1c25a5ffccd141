import { expect, it } from "vitest";
import { ApiError } from "../../session/api.ts";
import { kinds, problemsOf } from "./kinds.ts";
import { type Refusal, refusalOf, refusedLine } from "./refusals.ts";

const refused = (fieldName: string, message = "inlay.shownColumns names nope") =>
	new ApiError(400, { code: "bad.request", message, details: [{ fieldName }] });

const of = (fieldName: string, more: Partial<Refusal> = {}): Refusal => ({
	...{ error: refused(fieldName), kind: "campaigns", form: {}, base: undefined },
	list: { columnNames: ["id", "cell"], phoneColumns: [{ columnName: "cell" }] },
	...more,
});

it("a refused column was called inlay.shownColumns, below the form: it stands at its field, with the columns that there are", () => {
	expect(refusalOf("shownColumns", of("inlay.shownColumns"))).toBe("The list has these columns: id, cell.");
	expect(refusalOf("phoneColumns", of("phoneColumns[1].columnName"))).toBe("The contact list has numbers in: cell.");
	expect(refusalOf("name", of("phoneColumns[1].columnName"))).toBeUndefined();
});

it("50,000 minutes in a rule were told as a missing column", () => {
	const field = "rules[0].actions[1].properties.callbackOffset";
	const message = `${field} must be minutes, 1 to 43200.`;
	const rules = { kind: "rulesets" as const, error: refused(field, message) };
	expect(refusalOf("rules", of(field, rules))).toContain(message);
	expect(refusalOf("rules", of(field, rules))).not.toContain("id, cell");
	const column = "rules[0].conditions[0].attributeName";
	expect(refusalOf("rules", of(column, { ...rules, error: refused(column) }))).toContain("id, cell");
});

it("the second of three lines was phoneNumbers[1]", () => {
	const lines = "+49301234567\n\nabc; +49301234568";
	expect(refusedLine(refused("phoneNumbers[1]"), lines)).toEqual({ line: 3, number: "abc" });
	expect(refusedLine(refused("name"), lines)).toBeUndefined();
});

it("a running campaign's list was said to be gone, or 12.5 seconds were sent to be refused", () => {
	const base = { id: "c", version: 1, name: "C", campaignStatus: "on" };
	expect(refusalOf("contactList", of("contactList", { base }))).toMatch(/stop it first/);
	expect(refusalOf("contactList", of("contactList"))).toMatch(/gone/);
	const form = { ...kinds.campaigns.formOf({ id: "", version: 0, name: "C" }), previewTimeOutSeconds: "12.5" };
	expect(problemsOf(kinds.campaigns, form)).toContain("previewTimeOutSeconds");
	expect(problemsOf(kinds.campaigns, { ...form, abandonRate: "2.5" })).not.toContain("abandonRate");
});
