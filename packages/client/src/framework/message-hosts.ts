/** The pages that speak to the panel by messages: the one around, and those beside it where that one says so. */

/** A page in a window: another page in the same window is another host. */
export interface MessageHost {
	readonly origin: string;
	readonly source: Window;
	/** Pages that send objects get objects; the others get JSON texts, which is what page listeners expect. */
	objects: boolean;
	/** What it has subscribed to: a page that loads again in its frame subscribes again, and hears it once. */
	readonly subscribed: Set<string>;
}

/** A hub has a handful of frames; who opens windows without end is not told more often for it. */
const most = 20;

export class MessageHosts {
	readonly #window: Window;
	readonly #hosts: MessageHost[] = [];
	readonly #isAlone: boolean;

	constructor(window: Window) {
		this.#window = window;
		this.#isAlone = !letsOthers(window);
	}

	/** Who has sent this; undefined where it is none that may speak. Its origin has been judged. */
	from(source: MessageEventSource | null, origin: string): MessageHost | undefined {
		const { parent } = this.#window;
		if (source === null || source === this.#window || (this.#isAlone && source !== parent)) return undefined;
		return this.#find(source as Window, origin) ?? this.#add(source as Window, origin);
	}

	/** Those that can still hear. */
	all(): readonly MessageHost[] {
		return this.#hosts.filter(({ source }) => !source.closed);
	}

	tell({ source, origin, objects }: MessageHost, message: object): void {
		// A panel that stands alone is its own parent.
		if (source === this.#window || source.closed) return;
		source.postMessage(objects ? message : JSON.stringify(message), origin);
	}

	#find(source: Window, origin: string): MessageHost | undefined {
		return this.#hosts.find((one) => one.source === source && one.origin === origin);
	}

	#add(source: Window, origin: string): MessageHost | undefined {
		if (this.all().length >= most) return undefined;
		const host = { source, origin, objects: false, subscribed: new Set<string>() };
		this.#hosts.push(host);
		return host;
	}
}

/** `?severalHosts=true`: who embeds the panel lets other pages of the list speak, such as the CRMs that stand beside it in a hub. */
function letsOthers({ location }: Window): boolean {
	for (const [name, value] of new URLSearchParams(location.search))
		if (name.toLowerCase() === "severalhosts") return !["false", "0", "no"].includes(value.trim().toLowerCase());
	return false;
}
