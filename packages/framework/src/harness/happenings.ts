/** All that happens while a script runs in the harness, in one order, and what a test expects of it. */
import { inspect, isDeepStrictEqual } from "node:util";
import { isRecord } from "@inlay/contract";

export interface Happening {
	/**
	 * `callback screenPop`: the panel called the script. `event Interaction add`: it announced an event. `action clickToDial`: the script
	 * asked for something. `message open`: it told the page. `window`: it opened one. `log saved`, `log failed`: how it answered
	 * `processCallLog`.
	 */
	name: string;
	/** Arguments of a callback or action, in order; an event's or message's data; a window's `{url, name}`; a log's `{id, callLog}`. */
	data: unknown;
}

/**
 * Each gives what it has found, and throws an Error with all that has happened where there is nothing of the kind. `like` is what must be
 * in it: of objects the keys that are named, of texts a part, of anything else the same.
 */
export interface Expectations {
	/** What the script did since it was last asked for a pop: a message to the page, or a window. `like`: of its data. */
	pop(like?: unknown): Happening;
	/** A log that the script has said is saved. `like`: of `{id, callLog}`. */
	log(like?: unknown): Happening;
	/** An action, by its name in the contract. `like`: of its first argument. */
	action(name: string, like?: unknown): Happening;
	/** A message to the page. `like`: of its data. */
	message(type: string, like?: unknown): Happening;
	/** That these have happened one after the other, by {@link Happening.name}; others may stand between. */
	order(names: readonly string[]): void;
}

export class Happenings {
	readonly list: Happening[] = [];

	note(name: string, data: unknown): void {
		this.list.push({ name, data });
	}

	readonly expect: Expectations = {
		pop: (like) => {
			const asked = this.list.findLastIndex(({ name }) => name === "callback screenPop");
			if (asked < 0) this.#fail("The script was never asked for a pop: a message or call has to be delivered first.");
			const since = this.list.slice(asked + 1).filter(({ name }) => name === "window" || name.startsWith("message "));
			return this.#found(since, "a pop (a message to the page, or a window)", like);
		},
		log: (like) => this.#found(this.#named("log saved"), "a saved log", like),
		action: (name, like) => {
			mustBeName(name, 'action("clickToDial", { number: "+49…" })', "The action's name");
			return this.#found(
				this.#named(`action ${name}`),
				`the action ${name}`,
				like,
				({ data }) => (data as unknown[])[0],
			);
		},
		message: (type, like) => {
			mustBeName(type, 'message("open", { id: "4711" })', "The message's type");
			return this.#found(this.#named(`message ${type}`), `the message ${type}`, like);
		},
		order: (names) => {
			let from = 0;
			for (const [index, name] of names.entries()) {
				const at = this.list.findIndex((one, place) => place >= from && one.name === name);
				const after = index === 0 ? "" : ` after "${names[index - 1]}"`;
				if (at < 0) this.#fail(`Expected "${name}"${after}.`);
				from = at + 1;
			}
		},
	};

	#named(wanted: string): Happening[] {
		return this.list.filter(({ name }) => name === wanted);
	}

	#found(
		candidates: readonly Happening[],
		what: string,
		like: unknown,
		part: (one: Happening) => unknown = ({ data }) => data,
	): Happening {
		const found = candidates.find((one) => like === undefined || contains(part(one), like));
		return found ?? this.#fail(`Expected ${what}${like === undefined ? "" : ` with ${textOf(like)}`}.`);
	}

	#fail(message: string): never {
		const told = this.list.map(({ name, data }, index) => `  ${index + 1}. ${name} ${textOf(data)}`);
		throw new Error([message, told.length > 0 ? "What happened:" : "Nothing has happened.", ...told].join("\n"));
	}
}

/** Where tests are JavaScript, nobody else says so. */
function mustBeName(given: unknown, example: string, what: string): void {
	if (typeof given === "string" && given !== "") return;
	throw new TypeError(`${what} comes first: run.expect.${example}. It was given ${textOf(given)}.`);
}

function contains(whole: unknown, like: unknown): boolean {
	if (typeof whole === "string" && typeof like === "string") return whole.includes(like);
	if (Array.isArray(like))
		return Array.isArray(whole) && whole.length === like.length && like.every((one, at) => contains(whole[at], one));
	if (isRecord(like))
		return isRecord(whole) && Object.entries(like).every(([key, value]) => contains(whole[key], value));
	return isDeepStrictEqual(whole, like);
}

/** A script may give what is no JSON: the window, or what refers to itself. */
function jsonOf(data: unknown): string {
	try {
		return JSON.stringify(data) ?? "";
	} catch {
		return inspect(data, { depth: 2 });
	}
}

const longestText = 300;

function textOf(data: unknown): string {
	const text = jsonOf(data);
	return text.length > longestText ? `${text.slice(0, longestText)}…` : text;
}
