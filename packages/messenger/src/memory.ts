/** What this browser remembers of a session. Where there is no storage it lasts as long as the page. */
export class Memory {
	readonly #prefix: string;
	readonly #own = new Map<string, string>();

	constructor(deploymentId: string) {
		this.#prefix = `inlay.messenger.${deploymentId}.`;
	}

	read(name: string): string | undefined {
		try {
			return localStorage.getItem(this.#prefix + name) ?? undefined;
		} catch {
			return this.#own.get(name);
		}
	}

	/** @param value undefined forgets it */
	write(name: string, value: string | undefined): void {
		try {
			if (value === undefined) localStorage.removeItem(this.#prefix + name);
			else localStorage.setItem(this.#prefix + name, value);
		} catch {
			if (value === undefined) this.#own.delete(name);
			else this.#own.set(name, value);
		}
	}

	/** The names that begin with that, of all tabs. */
	names(beginning: string): string[] {
		const whole = this.#prefix + beginning;
		try {
			return Object.keys(localStorage)
				.filter((key) => key.startsWith(whole))
				.map((key) => key.slice(this.#prefix.length));
		} catch {
			return [...this.#own.keys()].filter((key) => key.startsWith(beginning));
		}
	}

	/** Whenever another tab writes it. @returns stops */
	follow(name: string, changed: (value: string | undefined) => void): () => void {
		const listener = ({ key, newValue }: StorageEvent) => {
			if (key === this.#prefix + name) changed(newValue ?? undefined);
		};
		addEventListener("storage", listener);
		return () => removeEventListener("storage", listener);
	}
}
