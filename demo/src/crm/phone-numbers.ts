/**
 * The digits by which two spellings of a number are compared: without scheme, SIP host, punctuation, international
 * prefix; North American numbers without their country code, which people leave away.
 *
 * @returns "" for what is no number
 */
export function comparableNumber(text: string): string {
	const address = text
		.trim()
		.replace(/^(tel|sips?):/i, "")
		.replace(/[@;].*$/, "");
	const digits = address.replace(/\D/g, "");
	const isInternational = address.startsWith("+") || address.startsWith("00");
	const national = address.startsWith("00") ? digits.slice(2) : digits;
	if (national.length === 11 && national.startsWith("1")) return national.slice(1);
	if (national.length === 10 && !isInternational) return national;
	return national.length >= 3 ? national : "";
}

export function isSameNumber(one: string, other: string): boolean {
	const comparable = comparableNumber(one);
	return comparable !== "" && comparable === comparableNumber(other);
}
