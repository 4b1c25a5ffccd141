/** The shared screens of the media process, and their legs. */

import type { MediaEvent, ScreenStats } from "../media-engine.ts";
import type { TransportAddress } from "./rtc-connection.ts";
import { ScreenLeg } from "./screen-leg.ts";
import { ScreenRelay } from "./screen-relay.ts";

interface Seat {
	leg: ScreenLeg;
	screenId: string;
	relay: ScreenRelay;
}

export class Screens {
	readonly #emit: (event: MediaEvent) => void;
	readonly #relays = new Map<string, ScreenRelay>();
	readonly #seats = new Map<string, Seat>();

	constructor(emit: (event: MediaEvent) => void) {
		this.#emit = emit;
	}

	/** Makes a leg and its offer. A leg that already has this id is closed first. */
	createLeg(legId: string, screenId: string, shows: boolean, address: TransportAddress): { sdp: string } {
		this.closeLeg(legId);
		const relay = this.#relays.get(screenId) ?? new ScreenRelay();
		this.#relays.set(screenId, relay);
		const leg: ScreenLeg = new ScreenLeg(legId, shows, relay.shownAs, address, {
			packet: (packet) => (shows ? relay.fromSource(packet) : relay.fromViewer(leg, packet)),
			connected: () => {
				if (shows) relay.setSource(leg);
				else relay.addViewer(leg);
				this.#emit({ type: "leg-connected", legId });
			},
			lost: (reason) => {
				this.#forget(legId);
				this.#emit({ type: "leg-lost", legId, reason });
			},
		});
		this.#seats.set(legId, { leg, screenId, relay });
		return { sdp: leg.offer };
	}

	/** @throws Error for a leg that is not there, or an answer that cannot be used */
	answerLeg(legId: string, sdp: string): readonly string[] {
		const seat = this.#seats.get(legId);
		if (!seat) throw new Error("there is no such leg");
		return seat.leg.acceptAnswer(sdp);
	}

	closeLeg(legId: string): void {
		this.#seats.get(legId)?.leg.close();
		this.#forget(legId);
	}

	closeAll(): void {
		for (const legId of [...this.#seats.keys()]) this.closeLeg(legId);
	}

	stats(): ScreenStats[] {
		return [...this.#relays].map(([screenId, relay]) => ({ screenId, ...relay.counters }));
	}

	#forget(legId: string): void {
		const seat = this.#seats.get(legId);
		if (!seat) return;
		this.#seats.delete(legId);
		seat.relay.remove(seat.leg);
		const isUsed = [...this.#seats.values()].some(({ screenId }) => screenId === seat.screenId);
		if (!isUsed) this.#relays.delete(seat.screenId);
	}
}
