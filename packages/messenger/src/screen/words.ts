import ar from "./languages/ar.json" with { type: "json" };
import de from "./languages/de.json" with { type: "json" };
import es from "./languages/es.json" with { type: "json" };
import fr from "./languages/fr.json" with { type: "json" };
import it from "./languages/it.json" with { type: "json" };
import ja from "./languages/ja.json" with { type: "json" };
import ko from "./languages/ko.json" with { type: "json" };
import nl from "./languages/nl.json" with { type: "json" };
import pl from "./languages/pl.json" with { type: "json" };
import pt from "./languages/pt.json" with { type: "json" };
import sv from "./languages/sv.json" with { type: "json" };
import tr from "./languages/tr.json" with { type: "json" };
import uk from "./languages/uk.json" with { type: "json" };
import zh from "./languages/zh-Hans.json" with { type: "json" };

/** What a customer reads of a shared screen. */
export const english = {
	title: "Shared screen",
	somebody: "Somebody of our team",
	asks: "{name} asks to see your screen. You choose what is shown, and can stop at any time. There is no sound.",
	accept: "Choose what to show",
	decline: "No, thanks",
	choosing: "Choose a window or a screen.",
	showing: "{name} sees what you have chosen.",
	paused: "Paused: {name} sees nothing.",
	elsewhere: "You show your screen in another tab.",
	pause: "Pause",
	goOn: "Go on",
	another: "Show something else",
	stop: "Stop",
	prepares: "{name} is about to show you something.",
	shown: "{name} shows you their screen.",
	agentPaused: "{name} has paused.",
	large: "Full screen",
	close: "Close",
	away: "The connection is lost. It is tried again.",
	over: "The screen is not shared any more.",
	unsupported: "This browser cannot show a screen. {name} knows.",
} as const;

export type Word = keyof typeof english;

export const languages: Readonly<Record<string, Partial<Record<Word, string>>>> = {
	...{ ar, de, es, fr, it, ja, ko, nl, pl, pt, sv, tr, uk, zh, "zh-Hans": zh },
};

/** @param tag of the page's language; what is missing is English */
export function wordsFor(tag: string): (word: Word, params?: Readonly<Record<string, string>>) => string {
	const found = languages[tag] ?? languages[tag.split("-")[0] ?? ""] ?? {};
	return (word, params = {}) =>
		(found[word] ?? english[word]).replace(/\{(\w+)\}/g, (whole, name: string) => params[name] ?? whole);
}
