/** What panel, dev server and inspector tell each other over their sockets, as JSON. */

/** `callback`: the panel calls the script; `action`: the script calls `PureCloud`; `message`: between page and script. */
export type EntryKind = "callback" | "action" | "event" | "message" | "error" | "note";

/** Where something stands in what its author writes. */
export interface SourcePlace {
	/** As it is called in the author's folder. */
	file: string;
	/** Both from 1. */
	line: number;
	column: number;
}

export interface EntryError {
	message: string;
	/** As the browser has it; the dev server turns it into `place`. */
	stack?: string;
	place?: SourcePlace;
}

/** One thing that went on between panel and script. It is told again, under the same id, when more is known of it. */
export interface Entry {
	id: string;
	kind: EntryKind;
	/** `screenPop`, `User.updateStatus`, `Interaction connect`, the message's `type`. */
	name: string;
	/** Milliseconds since 1970. */
	at: number;
	/** Milliseconds that the script took, as far as it is known. */
	ms?: number;
	/** Arguments of a call, data of an event or message; what JSON cannot hold is a text in its place. */
	payload: unknown;
	/** What the script answered by a callback, or an action by its promise, and after how many milliseconds. */
	answer?: { name: string; payload: unknown; afterMs: number };
	error?: EntryError;
	/** Of an event or message: how many of the script's listeners were called. */
	heard?: number;
	/** Of a message: from the page to the script, or from the script to the page. */
	direction?: "in" | "out";
	/** Of a message. */
	origin?: string;
	/** A message that was no text. */
	isObject?: true;
	/** The entry in whose course this one came, where it came at once. */
	cause?: string;
	/** The version of the script that did it or was told. */
	version?: number;
	/** Made by the inspector. */
	isReplay?: true;
}

/** What the panel tells. */
export type FromPanel =
	/** Without the origin of the page around where the browser does not tell it. */
	| { type: "hello"; search: string; hostOrigin?: string }
	| { type: "entries"; entries: Entry[] }
	/** The version runs: since the page has opened, in place of an older one, or as the page was loaded anew. */
	| { type: "live"; version: number; how: "opened" | "replaced" | "reloaded" }
	/** The version has thrown before it set `window.Framework`; the older one goes on. */
	| { type: "refused"; version: number; error: EntryError };

/** What the panel is told. */
export type ToPanel =
	| { type: "version"; version: number; mayReplace: boolean }
	| { type: "replay"; entry: Entry }
	| { type: "reload" };

/** How the newest version of the script fares. */
export interface ScriptState {
	file: string;
	/** The newest that could be read; 0 for none. */
	version: number;
	/** The one that the panel runs. */
	live?: number;
	/** Milliseconds from the save to the first panel that ran it. */
	liveAfterMs?: number;
	/** Why what was saved last does not run. */
	failure?: EntryError;
	findings: { severity: "error" | "warning"; code: string; message: string; place: SourcePlace }[];
}

export type FromInspector = { type: "clear" } | { type: "reload" } | { type: "replay"; entry: Entry };

export type ToInspector =
	| { type: "state"; script: ScriptState; panels: number }
	| { type: "entries"; entries: Entry[] }
	| { type: "cleared" };
