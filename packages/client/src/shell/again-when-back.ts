import { effect } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { ApiError, isPassing } from "../session/api.ts";
import { backoffMs } from "../session/backoff.ts";
import type { Session } from "../session/session.ts";
import { useModel } from "./use-model.ts";
import type { Workspace } from "./workspace.ts";

type Connection = Pick<Session, "clock"> & { channel: Pick<Session["channel"], "state"> };

/** The longest that a server which is there and has trouble of its own is left alone, ms. */
const mostMs = 30_000;

/** Has what did not load loaded again, once the server is back. */
export class Again {
	readonly #connection: Connection;
	/** In vain, since the server is there. */
	#tries = 0;
	#stop = () => {};

	constructor(connection: Connection) {
		this.#connection = connection;
	}

	/** What does not say why it failed: once the connection that is lost is back. */
	onceBack(isFailed: boolean, load: () => void): void {
		this.#follow(isFailed, load, true);
	}

	/** What failed with `why`, where that passes, as the end of a session does once its agent is back; undefined: it did not. Takes the place of what was followed before. */
	after(why: unknown, load: () => void): void {
		const isSignedOut = why instanceof ApiError && why.status === 401;
		this.#follow(isPassing(why) || isSignedOut, load, isSignedOut);
	}

	#follow(isWanted: boolean, load: () => void, isOnlyBack: boolean): void {
		this.#stop();
		this.#stop = () => {};
		if (!isWanted) return;
		const { channel, clock } = this.#connection;
		let wasAway = false;
		let cancel = () => {};
		const stop = effect(() => {
			cancel();
			if (channel.state.value !== "open") {
				wasAway = true;
				this.#tries = 0;
			} else if (wasAway) cancel = clock.after(0, load);
			// It was back before this was known to have failed, or it never was away.
			else if (!isOnlyBack) cancel = clock.after(backoffMs(2 + this.#tries++, Math.random(), mostMs), load);
		});
		this.#stop = () => {
			stop();
			cancel();
		};
	}

	/** It is there, or nobody wants it any more: a later outage is none of its. */
	dispose(): void {
		this.#stop();
		this.#stop = () => {};
		this.#tries = 0;
	}
}

/**
 * Whatever did not load because no answer came, because the server had trouble of its own, or because the session had come to its
 * end, loads again by itself as soon as the connection is back. A refusal stays.
 *
 * @param why what it failed with, another one each time; undefined while it loads, and once it is there
 */
export function useAgainWhenBack({ session }: Workspace, why: unknown, load: () => unknown): void {
	useFollowed(session, (again, newest) => again.after(why, newest), load, why);
}

/** The same for what does not say why it failed, as sound and code. */
export function useOnceBack({ session }: Workspace, isFailed: boolean, load: () => unknown): void {
	useFollowed(session, (again, newest) => again.onceBack(isFailed, newest), load, isFailed);
}

function useFollowed(
	session: Connection,
	follow: (again: Again, load: () => void) => void,
	load: () => unknown,
	why: unknown,
): void {
	const again = useModel(() => new Again(session));
	const newest = useRef(load);
	newest.current = load;
	useEffect(() => follow(again, () => void newest.current()), [again, why]);
}
