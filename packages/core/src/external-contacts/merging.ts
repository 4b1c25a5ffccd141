import { folded } from "@inlay/contract/words";
import { type Contact, type ContactAddress, type ContactValue, emailFields, phoneFields } from "./model.ts";

/** One contact of two, and what of the second one has found no room in it. */
export interface Merged {
	value: ContactValue;
	/** Names, numbers and addresses, as people read them. */
	left: string[];
}

/**
 * What is known of both: where both say something, the target's word stands, and the source's is left, so that nobody loses
 * it. A further number or address takes a field of its kind that is free.
 */
export function mergedValue(
	{ value: target }: Pick<Contact, "value">,
	{ value: source }: Pick<Contact, "value">,
): Merged {
	const value: ContactValue = { ...source, ...target };
	const left: string[] = wordsLeft(target, source);
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

/** What the target says otherwise: a name as a whole, as people read it. */
function wordsLeft(target: ContactValue, source: ContactValue): string[] {
	const differs = (own: string, other: string) => own !== "" && other !== "" && folded(own) !== folded(other);
	const [own, other] = [fullName(target), fullName(source)];
	const isOther = nameParts.some((field) => differs(target[field] ?? "", source[field] ?? ""));
	const rest = (["title", "salutation", "externalSystemUrl"] as const).flatMap((field) =>
		differs(target[field] ?? "", source[field] ?? "") ? [source[field] ?? ""] : [],
	);
	const [here, there] = [target.address, source.address].map(addressText);
	return [
		...(isOther && own !== other ? [other] : []),
		...rest,
		...(differs(here ?? "", there ?? "") ? [there ?? ""] : []),
	];
}

const nameParts = ["firstName", "middleName", "lastName"] as const;

function fullName(value: ContactValue): string {
	return nameParts.flatMap((field) => value[field] ?? []).join(" ");
}

function addressText(address: ContactAddress | undefined): string {
	const { address1, address2, postalCode, city, state, countryCode } = address ?? {};
	return [address1, address2, postalCode, city, state, countryCode].filter(Boolean).join(", ");
}
