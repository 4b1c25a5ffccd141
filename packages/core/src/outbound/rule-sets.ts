import type { Contact } from "./model.ts";
import { applies, type RuleFacts } from "./rule-judge.ts";
import { columnIn, type RuleAction, type RuleSetValue } from "./rule-set-model.ts";

/** What rules have said of a contact that is about to be called, or offered. */
export interface Prepared<N extends { column: string }> {
	/** As the rules left it. */
	contact: Contact;
	isChanged: boolean;
	/** Those that are left to call. */
	numbers: N[];
	callerAddress?: string;
	callerName?: string;
	/** An agent is to look at it first, whatever the campaign's mode. */
	isPreview: boolean;
}

type Modify = Extract<RuleAction, { actionTypeName: "MODIFY_CONTACT_ATTRIBUTE" }>;

/**
 * The rules that come before a call, in their order, each judged by what those before it have left. Which numbers are left is said
 * number by number; all else is said of the one that is called first.
 */
export function prepare<N extends { column: string }>(
	sets: readonly Pick<RuleSetValue, "rules">[],
	given: { contact: Contact; numbers: N[] },
	about: Pick<RuleFacts, "phoneColumns" | "now">,
): Prepared<N> {
	const said: Prepared<N> = { ...given, isChanged: false, isPreview: false };
	for (const rule of sets.flatMap((one) => one.rules)) {
		const met = said.numbers.filter((one) =>
			applies(rule, "DIALER_PRECALL", { ...about, contact: said.contact, column: one.column }),
		);
		if (met.length === 0) continue;
		const isOfFirst = met[0] === said.numbers[0];
		for (const action of rule.actions) {
			if (action.actionTypeName === "DO_NOT_DIAL") said.numbers = said.numbers.filter((one) => !met.includes(one));
			else if (isOfFirst) once(said, action, about.now);
		}
		if (said.numbers.length === 0) return said;
	}
	return said;
}

function once<N extends { column: string }>(said: Prepared<N>, action: RuleAction, now: Date): void {
	if (action.actionTypeName === "SWITCH_TO_PREVIEW") said.isPreview = true;
	if (action.actionTypeName === "SET_CALLER_ID") {
		const { data } = said.contact;
		const [address, name] = [readFrom(data, action.callerAddress), readFrom(data, action.callerName)];
		if (address) said.callerAddress = address;
		if (name) said.callerName = name;
	}
	if (action.actionTypeName !== "MODIFY_CONTACT_ATTRIBUTE") return;
	said.contact = modified(said.contact, action, now);
	said.isChanged = true;
}

function readFrom(data: Record<string, string>, said: string | undefined): string | undefined {
	const column = columnIn(said);
	return column === undefined ? said : data[column];
}

/** The contact with the columns as the action has them; what is no number counts as 0. */
export function modified(
	contact: Contact,
	{ updateOption, columns }: Omit<Modify, "actionTypeName">,
	now: Date,
): Contact {
	const written = Object.entries(columns).map(([column, value]): [string, string] => {
		if (updateOption === "SET") return [column, value];
		if (updateOption === "CURRENT_TIME") return [column, now.toISOString()];
		const by = stepOf(value) * (updateOption === "DECREMENT" ? -1 : 1);
		return [column, String((Number(contact.data[column]) || 0) + by)];
	});
	return { ...contact, data: { ...contact.data, ...Object.fromEntries(written) } };
}

/** By how much a column is counted, by 1 where nothing is said. Rules of before may say what is no number. */
function stepOf(value: string): number {
	const by = Number(value.trim() || 1);
	return Number.isFinite(by) ? by : 1;
}
