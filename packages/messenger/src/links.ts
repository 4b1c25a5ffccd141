/** A part of a text: as it is, or where it leads. */
export type TextPart = string | { href: string };

/** Finds what begins with http:// or https://; nothing else leads anywhere, and what stands behind a sentence's link is no part of it. */
export function partsOf(text: string): TextPart[] {
	const parts: TextPart[] = [];
	let at = 0;
	for (const { 0: found, index } of text.matchAll(/https?:\/\/[^\s<>"']+/gi)) {
		const href = found.replace(/[.,;:!?)\]}]+$/, "");
		if (!URL.canParse(href)) continue;
		if (index > at) parts.push(text.slice(at, index));
		parts.push({ href });
		at = index + href.length;
	}
	if (at < text.length) parts.push(text.slice(at));
	return parts;
}
