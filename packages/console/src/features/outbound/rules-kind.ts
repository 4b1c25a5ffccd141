import { needs } from "../../session/needs.ts";
import { idOf, type Kind, kept, name, reference } from "./kind.ts";
import { isLacking, rulesBody } from "./rules-form.ts";
import { mergeRules } from "./rules-merge.ts";

/** What campaigns do before and after their calls. */
export const rulesets: Kind = {
	path: "/api/v2/outbound/rulesets",
	view: needs.viewRuleSets,
	add: needs.addRuleSet,
	edit: needs.editRuleSet,
	remove: needs.deleteRuleSet,
	title: "ruleSets",
	fresh: "newRuleSet",
	fields: [
		name,
		{ key: "contactList", type: "one", label: "contactList", of: "contactlists" },
		{ key: "rules", type: "rules", label: "ruleSets", of: "wrapupcodes" },
	],
	formOf: (thing) => ({
		name: thing.name,
		contactList: idOf(thing.contactList),
		rules: JSON.stringify(thing.rules ?? []),
	}),
	bodyOf: (form, base) => ({
		...kept(base, ["queue"]),
		name: form.name,
		contactList: reference(form.contactList),
		rules: rulesBody(form.rules),
	}),
	mergers: { rules: mergeRules },
	problemsOf: (form) => (isLacking(form.rules) ? ["rules"] : []),
};
