import { effect, type ReadonlySignal, signal } from "@preact/signals";
import type { SignInProblem } from "./sign-in-flow.ts";

/**
 * A panel that its agent may not use any more, while they have something in hand: it stays until that is done, as nobody
 * is to be left alone with a voice that nothing on the screen can answer or end.
 */
export class Closing {
	/** Why the panel closes after the work; undefined while it does not. */
	readonly because: ReadonlySignal<SignInProblem | undefined>;
	readonly #because = signal<SignInProblem | undefined>(undefined);
	#stop = () => {};

	constructor() {
		this.because = this.#because;
	}

	/** Runs `close` once nothing is in hand: at once where nothing is. Asked again, it goes by the newer reason. */
	after(isAtWork: () => boolean, problem: SignInProblem, close: () => void): void {
		this.withdraw();
		if (!isAtWork()) {
			close();
			return;
		}
		this.#because.value = problem;
		this.#stop = effect(() => {
			if (isAtWork()) return;
			// Not within the effect, which it ends.
			queueMicrotask(() => {
				if (this.#because.peek() !== problem) return;
				this.withdraw();
				close();
			});
		});
	}

	/** The agent may use the panel after all, or it has closed. */
	withdraw(): void {
		this.#stop();
		this.#stop = () => {};
		this.#because.value = undefined;
	}
}
