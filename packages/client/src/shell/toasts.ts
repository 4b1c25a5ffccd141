import { signal } from "@preact/signals";
import type { Clock } from "../session/clock.ts";

export type ToastTone = "info" | "good" | "warn" | "bad";

/** A short notice. */
export interface Toast {
	id: number;
	tone: ToastTone;
	text: string;
	/** Id of the interaction that it tells of, where something else may say more of it soon. */
	about?: string;
	/** Colours that a script asked for; checked for contrast where they are shown. */
	theme?: { primary?: string; text?: string };
}

const usualMs = 5000;
/** Of those that leave by themselves. */
const mostPassing = 3;
/** Of those that wait for somebody: so many that only a script in a loop comes there. */
const mostWaiting = 20;
/** Characters; scripts throw megabytes, which a browser would take seconds to break into lines. */
const longestText = 1000;

/** The notices on the panel, the newest last. */
export class Toasts {
	readonly list = signal<readonly Toast[]>([]);
	readonly #clock: Clock;
	readonly #timers = new Map<number, () => void>();
	#next = 1;

	constructor(clock: Clock) {
		this.#clock = clock;
	}

	/**
	 * Shows a notice for `timeoutMs` milliseconds; 0 keeps it until it is dismissed, whatever comes after it (framework-contract
	 * 6, `notifyUser`). The same text is not shown twice.
	 */
	show(toast: Omit<Toast, "id">, timeoutMs = usualMs): void {
		const text = toast.text.slice(0, longestText);
		const same = this.list.peek().find((each) => each.text === text && each.tone === toast.tone);
		if (same) this.dismiss(same.id);
		const id = this.#next++;
		if (timeoutMs > 0)
			this.#timers.set(
				id,
				this.#clock.after(timeoutMs, () => this.dismiss(id)),
			);
		this.list.value = [...this.list.peek(), { ...toast, text, id }];
		const passing = this.list.peek().filter((each) => this.#timers.has(each.id));
		const waiting = this.list.peek().filter((each) => !this.#timers.has(each.id));
		const tooMany = [...passing.slice(0, -mostPassing), ...waiting.slice(0, -mostWaiting)];
		for (const each of tooMany) this.dismiss(each.id);
	}

	dismiss(id: number): void {
		this.#timers.get(id)?.();
		this.#timers.delete(id);
		this.list.value = this.list.peek().filter((toast) => toast.id !== id);
	}

	/** What these tell of an interaction is said elsewhere now. */
	settle(about: string): void {
		for (const toast of this.list.peek()) if (toast.about === about) this.dismiss(toast.id);
	}

	dispose(): void {
		for (const cancel of this.#timers.values()) cancel();
		this.#timers.clear();
	}
}
