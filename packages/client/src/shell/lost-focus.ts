/** The page is at work in, and nothing in it has the focus: not while the page around is typed in. */
export function hasLostFocus(): boolean {
	return document.hasFocus() && (document.activeElement === document.body || document.activeElement === null);
}
