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
const mostShown = 3;

/** The notices on the panel, the newest last. */
export class Toasts {
	readonly list = signal<readonly Toast[]>([]);
	readonly #clock: Clock;
	readonly #timers = new Map<number, () => void>();
	#next = 1;

	constructor(clock: Clock) {
		this.#clock = clock;
	}

	/** Shows a notice for `timeoutMs` milliseconds; 0 keeps it until it is dismissed. The same text is not shown twice. */
	show(toast: Omit<Toast, "id">, timeoutMs = usualMs): void {
		const same = this.list.peek().find((each) => each.text === toast.text && each.tone === toast.tone);
		if (same) this.dismiss(same.id);
		const id = this.#next++;
		this.list.value = [...this.list.peek(), { ...toast, id }].slice(-mostShown);
		if (timeoutMs > 0)
			this.#timers.set(
				id,
				this.#clock.after(timeoutMs, () => this.dismiss(id)),
			);
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
