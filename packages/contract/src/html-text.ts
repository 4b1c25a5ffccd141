const entities: Readonly<Record<string, string>> = { "&": "amp", "<": "lt", ">": "gt", '"': "quot", "'": "#39" };

/** Text as it stands in HTML, whatever is in it: within an element, and within a quoted attribute. */
export function asHtmlText(text: string): string {
	return text.replace(/[&<>"']/g, (character) => `&${entities[character]};`);
}
