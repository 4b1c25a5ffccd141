import { originMatches } from "@inlay/contract";
import { embeddingOrigin, originsOf, tellAround } from "../embedding-origin.ts";

export interface HostRelayParts {
	window: Window;
	/** Pages that may embed the panel, as the deployment lists them. */
	hosts: readonly string[];
	/** To the script. */
	said: (data: unknown, origin: string) => void;
	/** Was not taken. */
	dropped: (from: string) => void;
}

const pinnedKey = "inlay.host";

/**
 * Between an isolated script and the page that embeds the panel: only a page of the deployment's list is heard and spoken
 * to, and once its origin is known, that one alone.
 */
export class HostRelay {
	readonly #parts: HostRelayParts;
	readonly #listener = (event: MessageEvent) => this.#hear(event);
	#pinned: string | undefined;

	constructor(parts: HostRelayParts) {
		this.#parts = parts;
		this.#pinned = embeddingOrigin(parts.window, (origin) => this.#allows(origin)) ?? this.#pinnedBefore();
		parts.window.addEventListener("message", this.#listener);
	}

	dispose(): void {
		this.#parts.window.removeEventListener("message", this.#listener);
	}

	/** By which the page around can be spoken to. */
	get targets(): readonly string[] {
		return this.#pinned === undefined ? originsOf(this.#parts.hosts) : [this.#pinned];
	}

	/** @param target as for `postMessage`: an origin, `*`, or `/` */
	send(data: unknown, target: string): void {
		const { window, dropped } = this.#parts;
		if (window.parent === window) return;
		const open = target === "*" || target === "/";
		const targets = open ? this.targets : this.#named(target);
		if (targets.length === 0) dropped(`the script to ${target.slice(0, 200)} (not the embedding page)`);
		// The browser delivers to the one of them that is there.
		tellAround(window, data, targets);
	}

	/** Before it is known who embeds: whom the script names, if the list has it. */
	#named(target: string): string[] {
		const origin = URL.parse(target)?.origin ?? "";
		const isMeant = this.#pinned === undefined ? this.#allows(origin) : origin === this.#pinned;
		return isMeant ? [origin] : [];
	}

	#hear({ source, origin, data }: MessageEvent): void {
		const { window, said, dropped } = this.#parts;
		const isHost = source === window.parent && source !== window;
		// Windows of our own talk to the panel, too.
		if (!isHost && (origin === window.location.origin || origin === "null")) return;
		if (!isHost) dropped(`a window of ${origin} (not the embedding page)`);
		else if (!this.#isPinned(origin)) dropped(`page ${origin} (not on the list)`);
		else said(data, origin);
	}

	/** The first page of the list that speaks is the one, where the browser has not told it before. */
	#isPinned(origin: string): boolean {
		if (this.#pinned === undefined && this.#allows(origin)) this.#pin(origin);
		return origin === this.#pinned;
	}

	#allows(origin: string): boolean {
		return origin === this.#parts.window.location.origin || originMatches(origin, this.#parts.hosts);
	}

	/** Behind the sign-in page the browser does not tell any more who embeds. */
	#pinnedBefore(): string | undefined {
		try {
			const kept = this.#parts.window.sessionStorage.getItem(pinnedKey);
			return kept !== null && this.#allows(kept) ? kept : undefined;
		} catch {
			return undefined;
		}
	}

	#pin(origin: string): void {
		this.#pinned = origin;
		try {
			this.#parts.window.sessionStorage.setItem(pinnedKey, origin);
		} catch {
			// Without storage it is found anew.
		}
	}
}
