import { type FindingCode, findingSeverities } from "./codes.ts";
import type { Cure, CureField, Finding, Thing } from "./finding.ts";

interface Told {
	/** Which of the code's sentences, where it has several: the end of its key. */
	kind?: string;
	values?: Finding["cause"]["values"];
	field?: CureField;
	/** Where the cure is, if not at what the finding is about. */
	at?: Thing;
	cure?: Omit<Cure, "at">;
	since?: string;
	last?: string;
	count?: number;
}

/** A finding with the severity and the sentence of its code. */
export function finding(code: FindingCode, about: Thing, told: Told = {}): Finding {
	const { kind, values = {}, field, at = about, cure = {}, since, last, count } = told;
	return {
		code,
		severity: findingSeverities[code],
		about,
		cause: { say: `${code}${kind ? `.${kind}` : ""}.cause`, values },
		cure: { ...(field ? { at: { thing: at, field } } : {}), ...cure },
		...(since === undefined ? {} : { since }),
		...(last === undefined ? {} : { last }),
		...(count === undefined ? {} : { count }),
	};
}

/** Names for a sentence: the first few, and how many more there are. */
export function namesOf(things: readonly { name: string }[], most = 5): string {
	const named = things.slice(0, most).map(({ name }) => name);
	const more = things.length - named.length;
	return more > 0 ? `${named.join(", ")} … (+${more})` : named.join(", ");
}

export const thingOf = (kind: Thing["kind"], { id, name }: { id: string; name: string }): Thing => ({ kind, id, name });
