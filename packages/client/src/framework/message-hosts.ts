/** The pages that speak to the panel by messages: the one around, and those beside it where that one says so. */
import { readPanelUrl } from "../boot/panel-url.ts";

/** A page in a window: another page in the same window is another host. */
export interface MessageHost {
	readonly origin: string;
	readonly source: Window;
	/** Pages that send objects get objects; the others get JSON texts, which is what page listeners expect. */
	objects: boolean;
	/** What it has subscribed to: a page that loads again in its frame subscribes again, and hears it once. */
	readonly subscribed: Set<string>;
	/** It has just heard of the set-up: what it subscribes to now may be its answer to that. */
	answers: boolean;
	/** Ends what it has subscribed to. */
	readonly stops: (() => void)[];
}

/** A hub has a handful of frames; who opens windows without end is not told more often for it. */
const most = 20;

export class MessageHosts {
	readonly #window: Window;
	readonly #tooMany: (origin: string) => void;
	#hosts: readonly MessageHost[] = [];
	readonly #isAlone: boolean;

	/** @param tooMany a page of this origin is one too many: it is not heard */
	constructor(window: Window, tooMany: (origin: string) => void) {
		this.#window = window;
		this.#tooMany = tooMany;
		this.#isAlone = !readPanelUrl(window.location.href).severalHosts;
	}

	/** Who has sent this; undefined where it is none that may speak. Its origin has been judged. */
	from(source: MessageEventSource | null, origin: string): MessageHost | undefined {
		const { parent } = this.#window;
		if (source === null || source === this.#window || (this.#isAlone && source !== parent)) return undefined;
		return this.#find(source as Window, origin) ?? this.#add(source as Window, origin);
	}

	/** Those that can still hear. */
	all(): readonly MessageHost[] {
		this.#forget(({ source }) => source.closed);
		return this.#hosts;
	}

	tell({ source, origin, objects }: MessageHost, message: object): void {
		if (source.closed) this.#forget((one) => one.source === source);
		// A panel that stands alone is its own parent.
		else if (source !== this.#window) source.postMessage(objects ? message : JSON.stringify(message), origin);
	}

	#find(source: Window, origin: string): MessageHost | undefined {
		return this.#hosts.find((one) => one.source === source && one.origin === origin);
	}

	#add(source: Window, origin: string): MessageHost | undefined {
		// Whoever was in this window before has gone from it.
		this.#forget((one) => one.source === source);
		if (this.all().length >= most) {
			this.#tooMany(origin);
			return undefined;
		}
		const host = { source, origin, objects: false, subscribed: new Set<string>(), answers: false, stops: [] };
		this.#hosts = [...this.#hosts, host];
		return host;
	}

	/** What they have subscribed to ends with them. */
	#forget(isGone: (host: MessageHost) => boolean): void {
		const gone = this.#hosts.filter(isGone);
		if (gone.length === 0) return;
		this.#hosts = this.#hosts.filter((one) => !gone.includes(one));
		for (const { stops } of gone) for (const stop of stops.splice(0)) stop();
	}
}
