/** True for what can be dialled as it stands: digits with the usual punctuation, or a SIP address. */
export function isDialable(text: string): boolean {
	const bare = text.trim();
	return /^sips?:\S+@?\S+$/i.test(bare) || (/^\+?[\d\s().\-/*#]+$/.test(bare) && /\d/.test(bare));
}

/** A number without what people write for their eyes. */
export function cleanNumber(text: string): string {
	const bare = text.trim();
	return /^sips?:/i.test(bare) ? bare : bare.replace(/[\s().\-/]/g, "");
}
