import type { ChannelSession } from "./session.ts";

/** Frames of one session that leave in one piece at most. */
const mostGathered = 16;

/**
 * Sessions whose frames leave in one piece. Where a thousand sockets are each told a few things in turn, most of the work
 * was writing each frame to its socket by itself.
 */
export class Gathering {
	readonly #sessions = new Set<ChannelSession>();

	/** To be called before a session is told something. */
	add(session: ChannelSession): void {
		if (this.#sessions.has(session)) return;
		this.#sessions.add(session);
		session.transport.gather?.();
	}

	/** Lets the session's frames leave where they are many; the next ones are gathered anew. */
	letGoMany(session: ChannelSession): void {
		if ((session.transport.unsent?.() ?? 0) >= mostGathered) this.letGo(session);
	}

	/** Lets all frames leave. */
	letGoAll(): void {
		for (const session of this.#sessions) this.letGo(session);
	}

	/** Lets the frames of one that goes its own way leave. */
	letGo(session: ChannelSession): void {
		if (this.#sessions.delete(session)) session.transport.letGo?.();
	}
}
