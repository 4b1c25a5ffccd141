import type { ScriptChannel } from "../script-channel.ts";

/**
 * The embedding page as an isolated script finds it: `window.parent` takes messages, and what the page says comes as
 * `message` events of its origin. Both go through the panel, which knows who may be spoken to.
 */
export class HostPage {
	readonly #window: Window;
	readonly #parent: { postMessage(data: unknown, target?: unknown): void };

	constructor(window: Window, channel: Pick<ScriptChannel, "tell">, { isEmbedded }: { isEmbedded: boolean }) {
		this.#window = window;
		this.#parent = {
			postMessage: (data, target) => channel.tell("toHost", data, targetOf(target)),
		};
		// A panel that is no frame is its own parent.
		const parent = isEmbedded ? this.#parent : window;
		Object.defineProperty(window, "parent", { configurable: true, get: () => parent });
	}

	/** The page has said something. */
	said(data: unknown, origin: string): void {
		const event = new MessageEvent("message", { data, origin });
		Object.defineProperty(event, "source", { value: this.#parent });
		this.#window.dispatchEvent(event);
	}
}

function targetOf(target: unknown): string {
	if (typeof target === "string") return target;
	const named = (target as { targetOrigin?: unknown } | null | undefined)?.targetOrigin;
	return typeof named === "string" ? named : "/";
}
