import { signal } from "@preact/signals";

/** A message between the panel and the page around it. */
export interface HostMessage {
	number: number;
	at: Date;
	from: "panel" | "page";
	/** What it calls itself, where it says so. */
	type: string;
	/** All of it, as JSON where it is some. */
	text: string;
}

const mostKept = 200;

/** What the panel's script has told its page, and the page it: the newest first. */
export class HostLog {
	readonly messages = signal<readonly HostMessage[]>([]);
	readonly #panelOrigin: string;
	#frame: Pick<Window, "postMessage"> | undefined;
	#count = 0;

	constructor(window: Pick<Window, "addEventListener">, panelOrigin: string) {
		this.#panelOrigin = panelOrigin;
		window.addEventListener("message", ({ source, origin, data }) => {
			// Others may post to this page as well: an extension, or a window that was opened.
			if (source !== null && source === this.#frame && origin === panelOrigin) this.#note("panel", data);
		});
	}

	/** Whose messages are heard, and who is written to. */
	follow(frame: Pick<Window, "postMessage"> | null): void {
		this.#frame = frame ?? undefined;
	}

	/** Sends what a CRM would: JSON as text, as scripts of the original read it. */
	send(message: object): void {
		if (!this.#frame) return;
		const text = JSON.stringify(message);
		this.#frame.postMessage(text, this.#panelOrigin);
		this.#note("page", text);
	}

	clear(): void {
		this.messages.value = [];
	}

	#note(from: HostMessage["from"], data: unknown): void {
		const said = parsed(data);
		this.#count += 1;
		const one = {
			number: this.#count,
			at: new Date(),
			from,
			type: typeOf(said),
			text: textOf(said),
		};
		this.messages.value = [one, ...this.messages.peek()].slice(0, mostKept);
	}
}

function parsed(data: unknown): unknown {
	if (typeof data !== "string") return data;
	try {
		return JSON.parse(data);
	} catch {
		return data;
	}
}

/** As JSON, and as near to it as can be where it is none: a page may be sent whatever can be copied. */
function textOf(said: unknown): string {
	const within: unknown[] = [];
	const plain = function (this: unknown, _key: string, value: unknown) {
		if (value === undefined) return "undefined";
		if (typeof value === "bigint") return `${value}n`;
		if (value instanceof Map || value instanceof Set) return [...value];
		if (value instanceof Error) return String(value);
		if (typeof value !== "object" || value === null) return value;
		// What it stands in is what is being written now.
		while (within.length > 0 && within.at(-1) !== this) within.pop();
		if (within.includes(value)) return "…";
		within.push(value);
		return value;
	};
	try {
		return JSON.stringify(said, plain, 2);
	} catch (error) {
		return String(error);
	}
}

function typeOf(said: unknown): string {
	const { type } = (said ?? {}) as { type?: unknown };
	return typeof type === "string" ? type : "";
}
