/** Characters that turn the direction of a text around, or of what stands behind it (Unicode TR9, explicit formatting). */
const turning = /[\u202a-\u202e\u2066-\u2069]/g;

/**
 * A name from outside as it may be shown: without what would have it read backwards. `Ada \u202Ecalled` is one name, and no
 * picture of another. Its own direction stays, as its letters have it.
 */
export function harmless(text: string): string {
	return text.replace(turning, "");
}
