import { ownWay } from "./own-way.ts";

/** The part of the Navigation API that is used: Chromium has it, Firefox since 147. */
interface Leaving extends Event {
	readonly destination: { url: string; sameDocument: boolean };
	readonly userInitiated: boolean;
	readonly downloadRequest: string | null;
}

/**
 * Keeps a script from writing over the panel's page (`document.write` after it was loaded empties it), from saying that it goes and,
 * where the browser lets it, from leading it away to another site.
 * @param broke hears what was kept from happening, each once
 */
export function stayHere(window: Window, broke: (what: string) => void): void {
	const told = new Set<string>();
	const tell = (what: string) => {
		if (told.has(what)) return;
		told.add(what);
		broke(what);
	};
	const { document } = window;
	for (const name of ["write", "writeln", "open"] as const) {
		const own = document[name] as (...given: unknown[]) => unknown;
		const value = (...given: unknown[]) => {
			// With three it opens another window.
			if (name === "open" && given.length > 2) return own.apply(document, given);
			tell(`document.${name}`);
			throw new Error(
				`document.${name} would write over the panel; make an element, or write into a window of your own.`,
			);
		};
		Object.defineProperty(document, name, { value, configurable: true, writable: true });
	}
	keepFromLeaving(window, tell);
	keepFromGoing(window, tell);
}

/** The browser alone knows that a page goes: the panel gives up phone and lead then, and who said so in its place took them away. */
function keepFromGoing(window: Window, tell: (what: string) => void): void {
	const { stopImmediatePropagation: stop } = Event.prototype;
	const { apply } = Reflect;
	for (const type of ["pagehide", "pageshow"])
		window.addEventListener(
			type,
			(event) => {
				if (event.isTrusted) return;
				apply(stop, event, []);
				tell(type);
			},
			true,
		);
}

function keepFromLeaving(window: Window, tell: (what: string) => void): void {
	const { navigation } = window as { navigation?: EventTarget };
	navigation?.addEventListener("navigate", (event) => {
		const { destination, userInitiated, downloadRequest } = event as Leaving;
		if (!event.cancelable || userInitiated || downloadRequest !== null || destination.sameDocument) return;
		const { origin, protocol } = new URL(destination.url);
		if (!/^https?:$/.test(protocol) || origin === window.location.origin || origin === ownWay.origin) return;
		event.preventDefault();
		tell(`location (${origin})`);
	});
}
