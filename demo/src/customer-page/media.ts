import { openMicrophone } from "./microphone.ts";
import type { PageMessage } from "./protocol.ts";

export interface MediaEvents {
	send: (message: PageMessage) => void;
	/** The way to the server has broken; only a new offer helps. */
	onFailed: () => void;
	/** The browser holds the sound back until the caller clicks. */
	onBlocked: (blocked: boolean) => void;
	/** What is heard, for the meter. */
	onStream: (stream: MediaStream) => void;
}

interface Early {
	candidate: string;
	sdpMid: string;
}

/** Sound of one call: microphone, speaker, and the connection to the server's media leg. A new leg replaces it. */
export class CallMedia {
	readonly #events: MediaEvents;
	readonly #audio = new Audio();
	readonly #early = new Map<string, Early[]>();
	#peer: RTCPeerConnection | undefined;
	#legId: string | undefined;
	#microphone: MediaStream | undefined;
	#isClosed = false;

	constructor(events: MediaEvents) {
		this.#events = events;
		this.#audio.autoplay = true;
	}

	/** @throws MicrophoneError */
	async open(): Promise<MediaStream> {
		const microphone = this.#microphone ?? (await openMicrophone());
		this.#microphone = microphone;
		// Whoever has hung up while the browser asked is not listened to.
		if (this.#isClosed) this.close();
		return microphone;
	}

	/** Answers the offer of a leg; an earlier leg is let go. */
	async answer(legId: string, sdp: string): Promise<void> {
		this.#closePeer();
		this.#legId = legId;
		const peer = this.#makePeer(legId);
		this.#peer = peer;
		try {
			await this.#answer(peer, legId, sdp);
		} catch (error) {
			// A leg that was let go under it takes nothing.
			if (this.#peer === peer) throw error;
		}
	}

	async #answer(peer: RTCPeerConnection, legId: string, sdp: string): Promise<void> {
		await peer.setRemoteDescription({ type: "offer", sdp });
		for (const track of this.#microphone?.getAudioTracks() ?? []) peer.addTrack(track);
		for (const candidate of this.#early.get(legId) ?? []) await peer.addIceCandidate(candidate).catch(() => undefined);
		this.#early.delete(legId);
		await peer.setLocalDescription(await peer.createAnswer());
		if (this.#peer === peer) this.#events.send({ type: "answer", legId, sdp: peer.localDescription?.sdp ?? "" });
	}

	/** Candidates may overtake their offer. */
	async addCandidate(legId: string, candidate: string, sdpMid: string): Promise<void> {
		if (this.#legId === legId && this.#peer?.remoteDescription) {
			await this.#peer.addIceCandidate({ candidate, sdpMid }).catch(() => undefined);
		} else this.#early.set(legId, [...(this.#early.get(legId) ?? []), { candidate, sdpMid }]);
	}

	setMuted(muted: boolean): void {
		for (const track of this.#microphone?.getAudioTracks() ?? []) track.enabled = !muted;
	}

	/** Sends tones of 120 ms; at most what RTCDTMFSender knows: 0-9, * and #. */
	press(key: string): void {
		const sender = this.#peer?.getSenders().find((one) => one.dtmf);
		if (sender?.dtmf?.canInsertDTMF) sender.dtmf.insertDTMF(sender.dtmf.toneBuffer + key, 120, 70);
	}

	/** Plays again after the browser had held the sound back; call it from a click. */
	play(): void {
		this.#audio.play().then(
			() => this.#events.onBlocked(false),
			(error: unknown) => {
				// A stream that was replaced while it started is no refusal.
				if (error instanceof DOMException && error.name === "NotAllowedError") this.#events.onBlocked(true);
			},
		);
	}

	close(): void {
		this.#isClosed = true;
		this.#closePeer();
		for (const track of this.#microphone?.getTracks() ?? []) track.stop();
		this.#microphone = undefined;
		this.#audio.srcObject = null;
	}

	#makePeer(legId: string): RTCPeerConnection {
		const peer = new RTCPeerConnection({ bundlePolicy: "max-bundle" });
		peer.onicecandidate = ({ candidate }) => {
			if (candidate && isUsable(candidate.candidate)) {
				this.#events.send({ type: "candidate", legId, candidate: candidate.candidate, mid: candidate.sdpMid ?? "0" });
			}
		};
		peer.ontrack = ({ streams, track }) => {
			const stream = streams[0] ?? new MediaStream([track]);
			this.#audio.srcObject = stream;
			this.play();
			this.#events.onStream(stream);
		};
		peer.onconnectionstatechange = () => {
			if (peer.connectionState === "failed") this.#events.onFailed();
		};
		return peer;
	}

	#closePeer(): void {
		if (!this.#peer) return;
		this.#peer.onicecandidate = this.#peer.ontrack = this.#peer.onconnectionstatechange = null;
		this.#peer.close();
		this.#peer = undefined;
	}
}

/** The media engine listens on UDP over IPv4. */
function isUsable(candidate: string): boolean {
	const [, , protocol, , address = ""] = candidate.split(" ");
	return candidate !== "" && protocol?.toLowerCase() === "udp" && !address.includes(":");
}
