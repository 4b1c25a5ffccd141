import type { ScreenShareState } from "@inlay/contract/screen-share";
import type { PlatformConversation } from "./platform-conversation.ts";

/** `inlay:screenShare`: flat and complete (agent-features 0.2). */
export interface ScreenNews {
	/** Conversation id. */
	id: string;
	sessionId: string;
	state: ScreenShareState;
	/** Nobody controls a screen that is only seen. */
	controlling: false;
	shows: "customer" | "agent";
	/** Why it is over. */
	end?: string;
}

/** Tells scripts of shared screens, each transition once. What went on before the first look is no news. */
export class ScreenFeed {
	readonly #tell: (news: ScreenNews) => unknown;
	readonly #told = new Map<string, ScreenShareState>();
	#settled = false;

	constructor(tell: (news: ScreenNews) => unknown) {
		this.#tell = tell;
	}

	/** The list as it is now. */
	update(conversations: readonly PlatformConversation[], userId: string): void {
		for (const { id, participants = [] } of conversations) {
			const own = participants.filter((one) => one.userId === userId);
			for (const share of own.flatMap(({ screenshares = [] }) => screenshares)) {
				const { context: sessionId, inlayState: state, inlayShows: shows, inlayEnd: end } = share;
				if (this.#told.get(sessionId) === state) continue;
				this.#told.set(sessionId, state);
				if (this.#settled) this.#tell({ id, sessionId, state, controlling: false, shows, ...(end ? { end } : {}) });
			}
		}
		this.#settled = true;
	}

	/** Nothing is known any more: the agent has left. */
	stop(): void {
		this.#told.clear();
		this.#settled = false;
	}
}
