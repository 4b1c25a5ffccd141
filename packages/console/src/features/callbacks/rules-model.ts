import type { CallingRules } from "@inlay/contract";
import type { Api, SeenVersion } from "../../session/api.ts";
import { Edited } from "../../session/edited.ts";
import { isWhole } from "../recording/policy-form.ts";

const path = "/api/v2/inlay/calling/rules";

export interface RulesForm {
	windowStart: string;
	windowEnd: string;
	windowEnforced: boolean;
	historyDays: string;
}

/** What holds for everybody's callbacks and call history. */
export class CallingRulesModel extends Edited<CallingRules, RulesForm> {
	constructor(api: Api) {
		const seen: SeenVersion = {};
		super({
			formOf: (rules) => ({ ...rules, historyDays: String(rules.historyDays) }),
			problemsOf: ruleProblems,
			read: () => api.request("GET", path, undefined, seen),
			save: (form) => api.request("PUT", path, { ...form, historyDays: Number(form.historyDays) }, seen),
		});
	}
}

export function ruleProblems(form: RulesForm): Set<keyof RulesForm> {
	const problems = new Set<keyof RulesForm>();
	if (!/^\d\d:\d\d$/.test(form.windowStart)) problems.add("windowStart");
	if (!/^\d\d:\d\d$/.test(form.windowEnd) || form.windowEnd <= form.windowStart) problems.add("windowEnd");
	if (!isWhole(form.historyDays, 1, 365)) problems.add("historyDays");
	return problems;
}
