import { signal } from "@preact/signals";
import type { Memory } from "./memory.ts";
import { type SignIn, signedIn, tokenOf } from "./who.ts";

/** Who is before a page: a guest with a secret of the server's, or somebody whom the page's own sign-in names. */
export class Visitor {
	/**
	 * Whose this is: what the names begin with of what the browser keeps for them. Empty for guests; undefined until the page
	 * has said who it is.
	 */
	readonly who = signal<string | undefined>("");
	readonly hasToken = signal(false);
	readonly #memory: Memory;
	#token: string | undefined;
	#signIn: SignIn | undefined;
	/** Who was signed in last: another tab may have forgotten it for all. */
	#last: string | undefined;

	constructor(memory: Memory) {
		this.#memory = memory;
		this.setToken(memory.read("token"));
	}

	/** By which a guest goes on. */
	get token(): string | undefined {
		return this.#token;
	}

	setToken(token: string | undefined): void {
		this.#token = token;
		this.hasToken.value = token !== undefined;
	}

	/** What opens the session again, as all tabs know it. */
	keepToken(token: string | undefined): void {
		this.setToken(token);
		this.#memory.write("token", token);
	}

	/** Undefined: a guest again. */
	signIn(by: SignIn | undefined): void {
		this.#signIn = by;
	}

	/** How to ask the page who it is; undefined where that is known to be a guest. */
	toAsk(): (() => Promise<string | undefined>) | undefined {
		const by = this.#signIn;
		// A guest who has just been found to be one, and writes for the first time, is one still.
		const isGuest = by === undefined || (this.who.peek() === "" && this.#token === undefined);
		return isGuest ? undefined : () => tokenOf(by);
	}

	/** @returns whether somebody else was signed in last, on this page or one before, who has gone by that */
	part(who: string): boolean {
		const last = this.#last ?? this.#memory.read("last");
		this.#last = who || undefined;
		this.#memory.write("last", this.#last);
		return last !== undefined && last !== who;
	}

	/** There is something to go on with. */
	hasBegun(): boolean {
		const who = this.who.peek();
		if (who === "") return this.#token !== undefined;
		if (who !== undefined) return this.read("known") !== undefined;
		return this.#token !== undefined || [signedIn, "unsent."].some((kept) => this.#memory.names(kept).length > 0);
	}

	/** What is kept for whoever is here, under that name; nothing where nobody knows who that is. */
	read(name: string): string | undefined {
		const who = this.who.peek();
		return who === undefined ? undefined : this.#memory.read(who + name);
	}

	/** Keeps it for whoever is here; while nobody knows who that is, nowhere. */
	write(name: string, value: string | undefined): void {
		const who = this.who.peek();
		if (who !== undefined) this.#memory.write(who + name, value);
	}
}
