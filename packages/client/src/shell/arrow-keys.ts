/**
 * From the field in which is searched the arrow down leads into what was found, further arrows from one to the next, and the
 * arrow up from the first back to the field. For the element around both.
 */
export function arrowKeys(event: KeyboardEvent): void {
	const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
	if (step === undefined || event.altKey || event.ctrlKey || event.metaKey || event.isComposing) return;
	const around = event.currentTarget as HTMLElement;
	const stops = [
		...around.querySelectorAll<HTMLElement>('input[type="text"], input[type="tel"], input[type="search"], .target'),
	];
	const at = stops.indexOf(event.target as HTMLElement);
	const next = stops[at + step];
	if (at < 0 || !next?.matches(step === 1 ? ".target" : ".target, input")) return;
	event.preventDefault();
	next.focus();
}
