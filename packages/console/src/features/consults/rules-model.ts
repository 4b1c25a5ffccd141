import type { Api } from "../../session/api.ts";
import { Edited } from "../../session/edited.ts";
import { isWhole } from "../recording/policy-form.ts";

const path = "/api/inlay/v1/calls/rules";

/** What holds for every call, as the server has it. */
interface CallRules {
	version: number;
	consultRingSeconds: number;
	unattendedRingSeconds: number;
	maxParties: number;
	bridgesAllowed: boolean;
	recordConsult: boolean;
}

export interface RulesForm {
	consultRingSeconds: string;
	unattendedRingSeconds: string;
	maxParties: string;
	bridgesAllowed: boolean;
	recordConsult: boolean;
}

/** Numbers of the form, with least and most as the server takes them. */
export const ruleRanges = {
	consultRingSeconds: [5, 120],
	unattendedRingSeconds: [5, 120],
	maxParties: [3, 12],
} as const;

export type RuleNumber = keyof typeof ruleRanges;
export const ruleNumbers = Object.keys(ruleRanges) as RuleNumber[];

/** What holds for consults and conferences. */
export class RulesModel extends Edited<CallRules, RulesForm> {
	constructor(api: Api) {
		super({
			formOf,
			problemsOf: ruleProblems,
			read: () => api.request("GET", path),
			save: (form, { version }) => api.request("PUT", path, { ...bodyOf(form), version }),
		});
	}
}

function formOf({ consultRingSeconds, unattendedRingSeconds, maxParties, bridgesAllowed, recordConsult }: CallRules) {
	return {
		consultRingSeconds: String(consultRingSeconds),
		unattendedRingSeconds: String(unattendedRingSeconds),
		maxParties: String(maxParties),
		bridgesAllowed,
		recordConsult,
	};
}

function bodyOf(form: RulesForm) {
	const numbers = ruleNumbers.map((name) => [name, Number(form[name])] as const);
	const { bridgesAllowed, recordConsult } = form;
	return { ...Object.fromEntries(numbers), bridgesAllowed, recordConsult };
}

export function ruleProblems(form: RulesForm): Set<keyof RulesForm> {
	return new Set(ruleNumbers.filter((name) => !isWhole(form[name], ruleRanges[name][0], ruleRanges[name][1])));
}
