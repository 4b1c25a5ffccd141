/** Of the page itself, not of its looks. */
const marker = "data-adopted";

/**
 * Gives a document the style sheets, language and theme of the panel's, also those that come later with what is loaded then.
 * Gives the way to stop; what is there stays.
 */
export function adoptLooks(page: Document, from: Document = document): () => void {
	for (const each of page.head.querySelectorAll(`[${marker}]`)) each.remove();
	const known = new Map<Element, Element>();
	const adopt = () => {
		for (const sheet of from.head.querySelectorAll('link[rel="stylesheet"], style')) {
			if (known.has(sheet)) continue;
			const copy = page.importNode(sheet, true);
			copy.setAttribute(marker, "");
			known.set(sheet, copy);
			page.head.append(copy);
		}
		for (const [sheet, copy] of known) {
			if (sheet.isConnected) continue;
			copy.remove();
			known.delete(sheet);
		}
	};
	const mirror = () => {
		for (const { name, value } of from.documentElement.attributes) page.documentElement.setAttribute(name, value);
	};
	adopt();
	mirror();
	const sheets = new MutationObserver(adopt);
	const attributes = new MutationObserver(mirror);
	sheets.observe(from.head, { childList: true });
	attributes.observe(from.documentElement, { attributes: true });
	return () => {
		sheets.disconnect();
		attributes.disconnect();
	};
}
