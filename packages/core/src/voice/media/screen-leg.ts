/** One side of a shared screen: a WebRTC leg that carries VP8 one way, and nothing else. */

import { Video } from "node-datachannel";
import { MID, RtcConnection, type RtcConnectionEvents, type TransportAddress } from "./rtc-connection.ts";
import { SCREEN_BITS_PER_SECOND, type ScreenEnd } from "./screen-relay.ts";

const VP8_PAYLOAD_TYPE = 96;
/** How often the connection is looked at, and after how long without any packet it is given up. Viewers report every second or so. */
const LOOK_EVERY_MS = 250;
const GONE_AFTER_MS = 10_000;

export interface ScreenLegEvents extends RtcConnectionEvents {
	packet(packet: Buffer): void;
}

export class ScreenLeg implements ScreenEnd {
	readonly id: string;
	/** Whether its party shows its screen; otherwise it sees one. */
	readonly shows: boolean;
	readonly #connection: RtcConnection;
	readonly #looks: NodeJS.Timeout;
	#heardAt = 0;

	/** @param shownAs the SSRC by which who sees it knows the stream */
	constructor(id: string, shows: boolean, shownAs: number, address: TransportAddress, events: ScreenLegEvents) {
		this.id = id;
		this.shows = shows;
		const own = {
			...events,
			lost: (reason: string) => {
				this.close();
				events.lost(reason);
			},
		};
		this.#connection = new RtcConnection(id, address, describeScreen(shows, shownAs), own);
		this.#connection.track.onMessage((packet) => {
			this.#heardAt = performance.now();
			events.packet(packet);
		});
		this.#looks = setInterval(() => this.#look(), LOOK_EVERY_MS);
	}

	get offer(): string {
		return this.#connection.offer;
	}

	/**
	 * Applies the client's answer.
	 * @returns where its checks are to go, best first
	 * @throws Error when it cannot be used, or one was given before; in the first case the leg is lost
	 */
	acceptAnswer(sdp: string): readonly string[] {
		if (!this.#connection.acceptAnswer(sdp)) throw new Error("the answer was refused");
		return this.#connection.candidates;
	}

	send(packet: Buffer): void {
		if (this.#connection.isConnected) this.#connection.send(packet);
	}

	close(): void {
		clearInterval(this.#looks);
		this.#connection.close();
	}

	#look(): void {
		this.#connection.look();
		if (!this.#connection.isConnected) return;
		this.#heardAt ||= performance.now();
		if (performance.now() - this.#heardAt > GONE_AFTER_MS) this.#connection.lose("nothing received for 10 seconds");
	}
}

function describeScreen(shows: boolean, shownAs: number): Video {
	const video = new Video(MID, shows ? "RecvOnly" : "SendOnly");
	video.addVP8Codec(VP8_PAYLOAD_TYPE);
	if (shows) video.setBitrate(SCREEN_BITS_PER_SECOND / 1000);
	else video.addSSRC(shownAs, `screen-${shownAs.toString(16)}`, `screen-${shownAs.toString(16)}`, "screen");
	return video;
}
