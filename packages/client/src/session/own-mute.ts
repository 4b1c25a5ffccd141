import { type ReadonlySignal, signal } from "@preact/signals";
import { ApiError } from "./api.ts";
import type { Clock } from "./clock.ts";
import { isOver, type LiveInteraction } from "./interaction.ts";

/** A wish that the server has not told of yet. */
interface Wish {
	value: boolean;
	/** The server has answered; its event is on its way. */
	answered: boolean;
}

/** How long a click waits to be told that the server refuses; milliseconds. */
const patienceMs = 400;
const retryMs = 2000;
/** No answer, or one that says nothing of the wish itself: the same is asked again. */
const passing = new Set([0, 401, 408, 429, 502, 503, 504]);

/**
 * The microphone of the panel's own phone: muted at once, whatever becomes of the request, because the sound runs on while
 * the server is out of reach. The server is told as soon as it can be.
 */
export class OwnMute {
	/** By conversation; what is wished for counts until the server has said the same. */
	readonly wished: ReadonlySignal<ReadonlyMap<string, boolean>>;
	readonly #values = signal<ReadonlyMap<string, boolean>>(new Map());
	readonly #wishes = new Map<string, Wish>();
	readonly #told = new Map<string, boolean>();
	readonly #clock: Clock;
	readonly #isHere: () => boolean;

	/** @param isHere whether the sound is this panel's own */
	constructor(clock: Clock, isHere: () => boolean) {
		this.#clock = clock;
		this.#isHere = isHere;
		this.wished = this.#values;
	}

	get isHere(): boolean {
		return this.#isHere();
	}

	/**
	 * Rejects where the server refuses within a moment; then it counts as not wished. A server that refuses rights decides
	 * nothing about this microphone: whoever talks may always be silent, and the sound is this panel's own.
	 */
	set(id: string, value: boolean, send: () => Promise<void>): Promise<void> {
		const wish = { value, answered: false };
		this.#wishes.set(id, wish);
		this.#publish();
		const patience = new Promise<void>((resolve) => void this.#clock.after(patienceMs, resolve));
		return Promise.race([this.#tell(id, wish, send), patience]);
	}

	/** Takes what the server says of calls: what has come true, or is over, is no wish any more. */
	follow(told: readonly LiveInteraction[]): void {
		this.#told.clear();
		for (const call of told) if (!isOver(call)) this.#told.set(call.id, call.muted);
		for (const id of [...this.#wishes.keys()]) this.#settle(id);
	}

	dispose(): void {
		this.#wishes.clear();
	}

	async #tell(id: string, wish: Wish, send: () => Promise<void>): Promise<void> {
		try {
			await send();
			wish.answered = true;
			this.#settle(id);
		} catch (error) {
			if (this.#wishes.get(id) !== wish) return;
			if (error instanceof ApiError && error.status === 403) return;
			if (!(error instanceof ApiError && passing.has(error.status))) {
				this.#forget(id);
				throw error;
			}
			this.#clock.after(retryMs, () => {
				if (this.#wishes.get(id) === wish) void this.#tell(id, wish, send).catch(() => undefined);
			});
		}
	}

	#settle(id: string): void {
		const wish = this.#wishes.get(id);
		const told = this.#told.get(id);
		if (wish && (told === undefined || (wish.answered && told === wish.value))) this.#forget(id);
	}

	#forget(id: string): void {
		this.#wishes.delete(id);
		this.#publish();
	}

	#publish(): void {
		this.#values.value = new Map([...this.#wishes].map(([id, { value }]) => [id, value]));
	}
}
