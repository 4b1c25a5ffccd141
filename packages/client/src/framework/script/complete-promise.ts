/**
 * Scripts share the panel's window, and old polyfills and zone.js put a `Promise` of their own into it: it stays, and gets what it
 * lacks of the browser's, by which the panel goes on.
 */
export function completePromise(window: object): void {
	const { Promise: given } = window as { Promise?: object };
	const own = (async () => {})().constructor as unknown as Record<string, unknown>;
	if (!given || (given as unknown) === own) return;
	for (const name of Object.getOwnPropertyNames(own)) {
		const value = own[name];
		if (!(name in given) && typeof value === "function") Object.assign(given, { [name]: value.bind(own) });
	}
}
