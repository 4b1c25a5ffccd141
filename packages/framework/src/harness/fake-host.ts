/** The page that embeds the panel, as a script sees it: it gets messages and sends them (framework-contract 9). */

/** A message of the usual vocabulary. */
export interface HostMessage {
	type: string;
	data?: unknown;
	[key: string]: unknown;
}

export class FakeHost {
	readonly origin: string;
	/** What the script has posted to this page, in order; JSON texts are read. */
	readonly received: HostMessage[] = [];
	/** Messages that a page of today could not read: no JSON text, or meant for another origin. */
	readonly unreadable: unknown[] = [];
	/** Set by the window that this page embeds. */
	deliver: (data: unknown) => void = () => undefined;

	readonly #hear: (message: HostMessage) => void;

	/** @param hear of each message that this page can read */
	constructor(origin: string, hear: (message: HostMessage) => void = () => {}) {
		this.origin = origin;
		this.#hear = hear;
	}

	/** Sends a message as pages do: a JSON text. */
	send(type: string, data?: unknown): void {
		this.deliver(JSON.stringify({ type, data }));
	}

	/** Messages of one type. */
	of(type: string): HostMessage[] {
		return this.received.filter((message) => message.type === type);
	}

	/** What the browser would hand to this page. */
	take(data: unknown, targetOrigin: unknown): void {
		const message = targetOrigin === "*" || targetOrigin === this.origin ? read(data) : undefined;
		if (message === undefined) return void this.unreadable.push(data);
		this.received.push(message);
		this.#hear(message);
	}
}

function read(data: unknown): HostMessage | undefined {
	try {
		const message = JSON.parse(String(data)) as HostMessage;
		return typeof message === "object" && message !== null ? message : undefined;
	} catch {
		return undefined;
	}
}
