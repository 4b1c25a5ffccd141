/**
 * What all WebRTC legs have in common, whatever they carry: ICE and DTLS by libdatachannel, the server's offer, the client's
 * answer, and the end. One track, added before the offer is made.
 */

import { type Audio, PeerConnection, type Track, type Video } from "node-datachannel";
import { announce, withoutAddress, withoutCandidates } from "./candidates.ts";

export const MID = "0";
/** A leg that was connected and then hears nothing of its peer is given this long to come back. */
const DISCONNECTED_GRACE_MS = 10_000;
/** From the answer until media must flow. */
const CONNECT_TIMEOUT_MS = 20_000;
/** How often a connection is looked at while somebody waits for it. */
const LOOK_EVERY_MS = 5;

/** Where the transport listens and how it is announced. */
export interface TransportAddress {
	/** Undefined listens on every interface. */
	bindAddress: string | undefined;
	port: number;
	/** Best first. */
	announced: readonly string[];
}

export interface RtcConnectionEvents {
	connected(): void;
	lost(reason: string): void;
}

export class RtcConnection {
	readonly offer: string;
	/** Where the client's checks are to go, best first; not before its answer has been taken in (`#makeOffer`). */
	candidates: readonly string[] = [];
	readonly track: Track;
	readonly #events: RtcConnectionEvents;
	readonly #connection: PeerConnection;
	#state: "new" | "answered" | "connected" | "closed" = "new";
	#deadline: NodeJS.Timeout | undefined;
	#seen = "";
	#watch: NodeJS.Timeout | undefined;

	constructor(id: string, address: TransportAddress, media: Audio | Video, events: RtcConnectionEvents) {
		this.#events = events;
		this.#connection = openConnection(id, address);
		this.track = this.#connection.addTrack(media);
		this.offer = this.#makeOffer(address.announced);
	}

	get isConnected(): boolean {
		return this.#state === "connected";
	}

	get isClosed(): boolean {
		return this.#state === "closed";
	}

	/**
	 * Applies the client's answer. What cannot be used as one loses the leg; a repeated answer is ignored.
	 * @returns whether it was taken
	 */
	acceptAnswer(sdp: string): boolean {
		if (this.#state !== "new") return false;
		try {
			this.#connection.setRemoteDescription(withoutCandidates(sdp), "answer");
		} catch (error) {
			this.lose(`the answer was refused: ${error instanceof Error ? error.message : String(error)}`);
			return false;
		}
		this.#state = "answered";
		this.#watch = setInterval(() => this.look(), LOOK_EVERY_MS);
		this.#expect(CONNECT_TIMEOUT_MS, "no connection within 20 seconds of the answer");
		return true;
	}

	/** Sends a packet; of a track that has closed under us the state change that follows tells. */
	send(packet: Buffer): void {
		try {
			this.track.sendMessageBinary(packet);
		} catch {
			// See above.
		}
	}

	/** Whether there is something to look at: cheap, for who may not be told at once. */
	hasNews(): boolean {
		return this.#state !== "closed" && this.#connection.state() !== this.#seen;
	}

	/**
	 * Looks at the connection instead of being told: whoever listens gets a handle in the event loop, and each packet of each leg
	 * walks past all handles of all legs (libuv, uv__async_io).
	 */
	look(): void {
		if (this.#state === "closed") return;
		const seen = this.#connection.state();
		if (seen === this.#seen) return;
		this.#seen = seen;
		this.#follow(seen);
	}

	lose(reason: string): void {
		if (this.#state === "closed") return;
		this.close();
		this.#events.lost(reason);
	}

	close(): void {
		if (this.#state === "closed") return;
		this.#state = "closed";
		clearTimeout(this.#deadline);
		clearInterval(this.#watch);
		this.#connection.close();
	}

	/**
	 * Everything about our side is known at once, as it has no server to ask. The client is not told where we are before its
	 * answer has been taken in: of a check that comes before, the handshake begins within the call that takes the answer, and
	 * libdatachannel refuses the client's certificate when that overtakes the fingerprint it is compared with (setRemoteDescription
	 * and checkFingerprint in libdatachannel: one call in twenty on a busy machine).
	 */
	#makeOffer(addresses: readonly string[]): string {
		this.#connection.setLocalDescription("offer");
		const { sdp } = this.#connection.localDescription() ?? {};
		if (sdp === undefined) throw new Error("the transport made no offer");
		this.candidates = announce(sdp, addresses);
		return withoutAddress(asClient(sdp));
	}

	#follow(state: string): void {
		if (state === "connected") this.#becomeConnected();
		else if (state === "disconnected") this.#expect(DISCONNECTED_GRACE_MS, "disconnected for 10 seconds");
		else if (state === "failed") this.lose("ICE or DTLS failed");
		else if (state === "closed") this.lose("closed by the peer");
	}

	#becomeConnected(): void {
		clearTimeout(this.#deadline);
		clearInterval(this.#watch);
		if (this.#state === "connected") return;
		this.#state = "connected";
		this.#events.connected();
	}

	#expect(ms: number, otherwise: string): void {
		clearTimeout(this.#deadline);
		this.#deadline = setTimeout(() => this.lose(otherwise), ms);
	}
}

/**
 * We begin the handshake (RFC 8842 section 5.2): a browser that does begins as soon as its own checks have succeeded, before
 * ours have, loses its first message and waits for its timer.
 */
function asClient(sdp: string): string {
	return sdp.replace("a=setup:actpass", "a=setup:active");
}

function openConnection(id: string, address: TransportAddress): PeerConnection {
	return new PeerConnection(id, {
		iceServers: [],
		bindAddress: address.bindAddress,
		enableIceUdpMux: true,
		portRangeBegin: address.port,
		portRangeEnd: address.port,
		disableAutoNegotiation: true,
	});
}
