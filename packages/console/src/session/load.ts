import { type Signal, signal } from "@preact/signals";
import { ApiError } from "./api.ts";

/** Something that is read from the server: still on its way, there, or failed. */
export type LoadState<T> = { kind: "loading" } | { kind: "ready"; value: T } | { kind: "failed"; error: ApiError };

/** Reads something and remembers how that went. What was read stays on the screen while it is read again. */
export class Loaded<T> {
	readonly state: Signal<LoadState<T>> = signal({ kind: "loading" });
	readonly #read: () => Promise<T>;
	#latest = 0;
	#refreshing: Promise<void> | undefined;
	#isStale = false;

	constructor(read: () => Promise<T>) {
		this.#read = read;
	}

	/** The value where there is one. */
	get value(): T | undefined {
		const state = this.state.value;
		return state.kind === "ready" ? state.value : undefined;
	}

	/** Reads (again). Only the newest reading counts. */
	async load(): Promise<void> {
		const turn = ++this.#latest;
		if (this.state.peek().kind === "failed") this.state.value = { kind: "loading" };
		try {
			const value = await this.#read();
			if (turn === this.#latest) this.state.value = { kind: "ready", value };
		} catch (error) {
			if (turn === this.#latest) this.state.value = { kind: "failed", error: asApiError(error) };
		}
	}

	/** Reads, unless that was done or is under way: several may want it, and none has to come first. */
	async begin(): Promise<void> {
		if (this.#latest === 0 || this.state.peek().kind === "failed") await this.load();
	}

	/** Reads anew for something that is being done: where that fails, it rejects, and what is shown stays. */
	async renew(): Promise<void> {
		const turn = ++this.#latest;
		const value = await this.#read();
		if (turn === this.#latest) this.state.value = { kind: "ready", value };
	}

	/** A part of it was read by itself: what is on its way as a whole comes after it. */
	amend(value: T): void {
		this.state.value = { kind: "ready", value };
	}

	/**
	 * Reads anew for news, one reading at a time: those who ask meanwhile get one more after it, however many they are. So news
	 * that come faster than it is read keep nobody from seeing anything.
	 */
	refresh(): Promise<void> {
		this.#isStale = true;
		this.#refreshing ??= this.#readUntilFresh();
		return this.#refreshing;
	}

	async #readUntilFresh(): Promise<void> {
		while (this.#isStale) {
			this.#isStale = false;
			await this.load();
		}
		this.#refreshing = undefined;
	}
}

/** One thing that a person can start: busy while it runs, with its failure until it is started again. */
export class Task {
	readonly busy = signal(false);
	readonly error = signal<ApiError | undefined>(undefined);

	/** Whatever it failed at is no news any more; one that runs goes on. */
	forget(): void {
		if (!this.busy.peek()) this.error.value = undefined;
	}

	/** Runs unless it runs already. Resolves to true when the work succeeded. */
	async run(work: () => Promise<unknown>): Promise<boolean> {
		if (this.busy.peek()) return false;
		this.busy.value = true;
		this.error.value = undefined;
		try {
			await work();
			return true;
		} catch (error) {
			this.error.value = asApiError(error);
			return false;
		} finally {
			this.busy.value = false;
		}
	}
}

/** What is no ApiError is a mistake of ours: it is thrown on, so that it shows in the browser's log. */
function asApiError(error: unknown): ApiError {
	if (error instanceof ApiError) return error;
	queueMicrotask(() => {
		throw error;
	});
	return new ApiError(0, { code: "console.error", message: error instanceof Error ? error.message : String(error) });
}
