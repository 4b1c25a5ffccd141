import { type Contact, type ContactValue, emailFields, phoneFields } from "./model.ts";

/** One contact of two, and what of the second one has found no room in it. */
export interface Merged {
	value: ContactValue;
	/** Numbers and addresses, as people read them. */
	left: string[];
}

/**
 * What is known of both: where both say something, the target's word stands. A further number or address takes a field of its
 * kind that is free.
 */
export function mergedValue(
	{ value: target }: Pick<Contact, "value">,
	{ value: source }: Pick<Contact, "value">,
): Merged {
	const value: ContactValue = { ...source, ...target };
	const left: string[] = [];
	for (const field of phoneFields) {
		const number = source[field];
		if (!number || phoneFields.some((one) => value[one]?.e164 === number.e164)) continue;
		const free = phoneFields.find((one) => value[one] === undefined);
		if (free) value[free] = number;
		else left.push(number.display);
	}
	for (const field of emailFields) {
		const mail = source[field];
		if (!mail || emailFields.some((one) => value[one]?.toLowerCase() === mail.toLowerCase())) continue;
		const free = emailFields.find((one) => value[one] === undefined);
		if (free) value[free] = mail;
		else left.push(mail);
	}
	return { value, left };
}
