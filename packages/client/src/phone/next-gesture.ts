/** After each of these a browser lets a page play. */
const gestures = ["pointerup", "keydown"] as const;

/**
 * Does something with the next click or key in a page: what a browser has kept back until then.
 * @returns the way to give it up
 */
export function onNextGesture(page: Pick<Window, "addEventListener" | "removeEventListener">, act: () => unknown) {
	const stop = () => {
		for (const gesture of gestures) page.removeEventListener(gesture, once, { capture: true });
	};
	const once = () => {
		stop();
		act();
	};
	for (const gesture of gestures) page.addEventListener(gesture, once, { capture: true });
	return stop;
}
