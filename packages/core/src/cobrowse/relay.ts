import type { CobrowseEnd } from "@inlay/contract/cobrowse/session";
import type { CobrowseSettings } from "../messaging/cobrowse-settings.ts";

/** One side's socket, as the other sees it. */
export interface Peer {
	send(frame: object): void;
	/** Another page, or viewer, has taken its place, or the session is over. */
	close(code: number, reason: string): void;
}

/** Why a socket was closed. After `anew` both sides come again by themselves, as after any loss. */
export const closing = { unknown: 4001, over: 4000, replaced: 4002, anew: 1012 } as const;

/** The two sides of a session, as far as they are connected. What goes through is kept nowhere. */
export interface Room {
	page?: Peer;
	viewer?: Peer;
	/** What the messenger let customers share when its page came, and where that page stands. */
	terms?: { settings: CobrowseSettings; origin: string };
	/** What the customer has allowed, of the page that is connected. */
	isControlled: boolean;
	isNavigated: boolean;
	isPaused: boolean;
	/** The agent has the page before their eyes: the first picture has been through. */
	isSeen: boolean;
}

/** Sessions whose page or viewer is connected to this server. */
export class Relay {
	readonly #rooms = new Map<string, Room>();

	room(sessionId: string): Room {
		const known = this.#rooms.get(sessionId);
		if (known) return known;
		const room = { isControlled: false, isNavigated: false, isPaused: false, isSeen: false };
		this.#rooms.set(sessionId, room);
		return room;
	}

	/** Undefined where neither side is connected. */
	found(sessionId: string): Room | undefined {
		return this.#rooms.get(sessionId);
	}

	/** Somebody comes; whoever was there before in their place goes. */
	enter(sessionId: string, side: "page" | "viewer", peer: Peer): Room {
		const room = this.room(sessionId);
		const before = room[side];
		room[side] = peer;
		if (before && before !== peer) before.close(closing.replaced, "replaced");
		if (side === "page")
			Object.assign(room, { isControlled: false, isNavigated: false, isPaused: false, isSeen: false });
		return room;
	}

	/** @returns false where somebody else is there in their place */
	leave(sessionId: string, side: "page" | "viewer", peer: Peer): boolean {
		const room = this.#rooms.get(sessionId);
		if (!room || room[side] !== peer) return false;
		delete room[side];
		if (!room.page && !room.viewer) this.#rooms.delete(sessionId);
		return true;
	}

	/** Both have to come again: from here on nothing that they send counts, whenever their sockets close. */
	renew(sessionId: string): void {
		for (const peer of this.#emptied(sessionId)) peer.close(closing.anew, "the settings have changed");
	}

	/** Both are told, and let go. */
	end(sessionId: string, by: string, why: CobrowseEnd): void {
		for (const peer of this.#emptied(sessionId)) {
			peer.send({ type: "ended", by, why });
			peer.close(closing.over, "over");
		}
	}

	/** Nobody is in it any more, also for who still holds the room. @returns who was */
	#emptied(sessionId: string): Peer[] {
		const room = this.#rooms.get(sessionId);
		if (!room) return [];
		const { page, viewer } = room;
		this.#rooms.delete(sessionId);
		delete room.page;
		delete room.viewer;
		return [page, viewer].filter((peer) => peer !== undefined);
	}
}
