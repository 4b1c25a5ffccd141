import { effect, type ReadonlySignal, signal } from "@preact/signals";
import type { LiveInteraction } from "../session/interaction.ts";
import type { SignInProblem } from "./sign-in-flow.ts";

/**
 * A panel that its agent may not use any more, while somebody is on the line: it stays until that call is over, as nobody
 * is to be left alone with a voice that nothing on the screen can answer or end.
 */
export class Closing {
	/** Why the panel closes after the call; undefined while it does not. */
	readonly because: ReadonlySignal<SignInProblem | undefined>;
	readonly #because = signal<SignInProblem | undefined>(undefined);
	#stop = () => {};

	constructor() {
		this.because = this.#because;
	}

	/** Runs `close` once no call is left: at once where there is none. Asked again, it goes by the newer reason. */
	after(calls: () => readonly LiveInteraction[], problem: SignInProblem, close: () => void): void {
		this.withdraw();
		if (calls().length === 0) {
			close();
			return;
		}
		this.#because.value = problem;
		this.#stop = effect(() => {
			if (calls().length > 0) return;
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
