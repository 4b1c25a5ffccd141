import { readPanelUrl } from "../boot/panel-url.ts";

/**
 * A page speaks as soon as its frame has loaded; more than this before the panel listens is no use to anybody. The pages
 * beside the one around have as much together, so that none of them silences it.
 */
const mostKept = 100;

/**
 * Keeps what the embedding page says before the panel knows whether it may listen: the deployment's settings come with
 * the first answer of the server, and messages do not wait for it.
 */
export class EarlyMessages {
	readonly #window: Window;
	readonly #kept: MessageEvent[] = [];
	readonly #hearsOthers: boolean;
	readonly #listener = (event: MessageEvent) => {
		const isAround = event.source === this.#window.parent;
		if (!isAround && (!this.#hearsOthers || event.source === this.#window)) return;
		const kept = this.#kept.filter(({ source }) => (source === this.#window.parent) === isAround);
		if (kept.length < mostKept) this.#kept.push(event);
	};

	constructor(window: Window) {
		this.#window = window;
		this.#hearsOthers = readPanelUrl(window.location.href).severalHosts;
		window.addEventListener("message", this.#listener);
	}

	/** What has been said so far, in order. From now on somebody else listens. */
	take(): MessageEvent[] {
		this.#window.removeEventListener("message", this.#listener);
		return this.#kept.splice(0);
	}
}
