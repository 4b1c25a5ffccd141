/** A page speaks as soon as its frame has loaded; more than this before the panel listens is no use to anybody. */
const mostKept = 100;

/**
 * Keeps what the embedding page says before the panel knows whether it may listen: the deployment's settings come with
 * the first answer of the server, and messages do not wait for it.
 */
export class EarlyMessages {
	readonly #window: Window;
	readonly #kept: MessageEvent[] = [];
	readonly #listener = (event: MessageEvent) => {
		if (event.source === this.#window.parent && this.#kept.length < mostKept) this.#kept.push(event);
	};

	constructor(window: Window) {
		this.#window = window;
		window.addEventListener("message", this.#listener);
	}

	/** What has been said so far, in order. From now on somebody else listens. */
	take(): MessageEvent[] {
		this.#window.removeEventListener("message", this.#listener);
		return this.#kept.splice(0);
	}
}
