/** What is at a place of a page, also within what keeps a tree of its own. */
export function deepest(
	root: Pick<Document | ShadowRoot, "elementFromPoint">,
	x: number,
	y: number,
): Element | undefined {
	const found = root.elementFromPoint(x, y) ?? undefined;
	const inner = found?.shadowRoot;
	// Where nothing of its own is there, a tree names the element that keeps it.
	return inner && inner !== root ? (deepest(inner, x, y) ?? found) : found;
}
