import { needs } from "../../session/needs.ts";
import { type Field, type Kind, name, type OutboundThing, type ThingForm, text } from "./kind.ts";

/** The results after which a number may be called again, as `recallEntries` spells them. */
const results = ["busy", "noAnswer", "answeringMachine"] as const;
type Result = (typeof results)[number];
type Entries = { [One in Result]?: { nbrAttempts: number; minutesBetweenAttempts: number } };

const whole = (key: string, label: "maxPerContact" | "maxPerNumber"): Field => ({
	...{ key, type: "number", label, least: 1, most: 100, optional: true },
});

/** How often contacts, and their numbers, are called, and when again. */
export const attemptlimits: Kind = {
	path: "/api/v2/outbound/attemptlimits",
	view: needs.viewAttemptLimits,
	add: needs.addAttemptLimits,
	edit: needs.editAttemptLimits,
	remove: needs.deleteAttemptLimits,
	title: "attemptLimits",
	fresh: "newAttemptLimits",
	fields: [
		name,
		whole("maxAttemptsPerContact", "maxPerContact"),
		whole("maxAttemptsPerNumber", "maxPerNumber"),
		{ key: "resetPeriod", type: "choice", label: "resetPeriod", options: ["NEVER", "TODAY"] },
		{ key: "timeZoneId", type: "text", label: "timeZone", hint: "timeZoneHint" },
		...results.flatMap((result): Field[] => [
			{ key: `${result}.times`, type: "number", label: `${result}Times`, least: 1, most: 100, optional: true },
			{ key: `${result}.minutes`, type: "number", label: `${result}Minutes`, least: 1, most: 10_080, optional: true },
		]),
	],
	formOf(thing) {
		const entries = (thing.recallEntries ?? {}) as Entries;
		return {
			name: thing.name,
			maxAttemptsPerContact: text(thing.maxAttemptsPerContact),
			maxAttemptsPerNumber: text(thing.maxAttemptsPerNumber),
			resetPeriod: text(thing.resetPeriod ?? "NEVER"),
			timeZoneId: text(thing.timeZoneId),
			...Object.fromEntries(
				results.flatMap((result) => [
					[`${result}.times`, text(entries[result]?.nbrAttempts)],
					[`${result}.minutes`, text(entries[result]?.minutesBetweenAttempts)],
				]),
			),
		};
	},
	bodyOf: (form) => ({
		name: form.name,
		...numberIn(form, "maxAttemptsPerContact"),
		...numberIn(form, "maxAttemptsPerNumber"),
		resetPeriod: form.resetPeriod,
		...(form.timeZoneId ? { timeZoneId: form.timeZoneId } : {}),
		recallEntries: entriesOf(form),
	}),
	/** A result is called again so often and so late, or not at all. */
	problemsOf: (form) =>
		results.flatMap((result) => {
			const [times, minutes] = [form[`${result}.times`], form[`${result}.minutes`]];
			if (times && !minutes) return [`${result}.minutes`];
			return minutes && !times ? [`${result}.times`] : [];
		}),
};

function numberIn(form: ThingForm, key: string): Partial<OutboundThing> {
	return form[key] ? { [key]: Number(form[key]) } : {};
}

function entriesOf(form: ThingForm): Entries {
	const found = results.flatMap((result) => {
		const [times, minutes] = [form[`${result}.times`], form[`${result}.minutes`]];
		if (!times || !minutes) return [];
		return [[result, { nbrAttempts: Number(times), minutesBetweenAttempts: Number(minutes) }] as const];
	});
	return Object.fromEntries(found);
}
