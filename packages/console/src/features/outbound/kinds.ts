import { campaigns } from "./campaign-kind.ts";
import { type Field, idOf, type Kind, type OutboundThing, type ThingForm } from "./kind.ts";
import type { KindName } from "./kind-names.ts";
import { attemptlimits } from "./limits-kind.ts";
import { contactlists, dnclists } from "./list-kinds.ts";
import { rulesets } from "./rules-kind.ts";
import { callabletimesets, timesOf } from "./times-kind.ts";

export const kinds: Readonly<Record<KindName, Kind>> = {
	...{ campaigns, contactlists, dnclists, callabletimesets, attemptlimits, rulesets },
};

/** Whether a campaign names another thing of outbound dialing in one of its fields. */
export function namesThing(thing: OutboundThing, kind: KindName, id: string): boolean {
	const named = kinds.campaigns.fields.filter((field) => "of" in field && field.of === kind);
	return named.some(({ key }) => [thing[key]].flat().some((one) => idOf(one) === id));
}

/** Fields that cannot be sent as they are. */
export function problemsOf(kind: Kind, form: ThingForm): Set<string> {
	const wrong = kind.fields.filter((field) => isWrong(field, (form[field.key] ?? "").trim()));
	return new Set([...wrong.map((field) => field.key), ...(kind.problemsOf?.(form) ?? [])]);
}

/**
 * Whether the form shows a field: what does nothing in the chosen dialing mode stays as it is, unseen; but nobody can put right what
 * they do not see.
 */
export function isShown(field: Field, form: ThingForm): boolean {
	const { modes } = field;
	// Rules may make single contacts of any campaign previews.
	const mode = form.ruleSets ? ["preview", form.dialingMode] : [form.dialingMode];
	return !modes || modes.some((one) => mode.includes(one)) || isWrong(field, (form[field.key] ?? "").trim());
}

function isWrong(field: Field, value: string): boolean {
	if (field.type === "lines") return !timesOf(value);
	if (field.type === "number") return !isNumber(value, field);
	return "needed" in field && field.needed === true && value === "";
}

function isNumber(
	value: string,
	{ least = 0, most = 3_600, optional = false, fraction }: Extract<Field, { least?: number }>,
): boolean {
	if (value === "") return optional;
	const pattern = fraction ? /^\d{1,5}(\.\d+)?$/ : /^\d{1,5}$/;
	return pattern.test(value) && Number(value) >= least && Number(value) <= most;
}
