import { KeptMicrophone, type MicrophoneChange } from "./kept-microphone.ts";
import { microphones } from "./microphone.ts";
import { soundPlace } from "./place.ts";

/** What a call's media asks of its owner. */
export interface MediaEvents {
	onCandidate: (fragment: string) => void;
	/** Sound can flow. */
	onActive: () => void;
	/** The way to the server broke and did not come back by itself. */
	onFailed: () => void;
	/** The browser keeps the sound back until the person clicks somewhere. */
	onBlocked: () => void;
	/** The microphone has gone, or another one took its place. */
	onMicrophone: (change: MicrophoneChange) => void;
}

/** True when the offer restarts ICE or comes from a new media leg, so that the old connection cannot take it. */
export function isNewIce(oldSdp: string, newSdp: string): boolean {
	const credentials = (sdp: string) => /a=ice-ufrag:(\S+)/.exec(sdp)?.[1];
	return credentials(oldSdp) !== credentials(newSdp);
}

/** A local candidate as the server wants it: an m-line with the mid, then the candidate (platform-api 6.2, 13). */
export function candidateFragment(candidate: { candidate: string; sdpMid: string | null } | null): string | undefined {
	if (!candidate || candidate.candidate === "") return "a=end-of-candidates";
	const [, , protocol, , address = ""] = candidate.candidate.split(" ");
	const usable = protocol?.toLowerCase() === "udp" && !address.includes(":");
	return usable ? `m=${candidate.sdpMid ?? "0"} 9 RTP/AVP 0\r\na=${candidate.candidate}` : undefined;
}

/** The reverse; undefined for the end mark. */
export function readFragment(fragment: string): { candidate: string; sdpMid: string } | undefined {
	const candidate = /a=(candidate:[^\r\n]+)/.exec(fragment)?.[1];
	return candidate ? { candidate, sdpMid: /m=(\S+)/.exec(fragment)?.[1] ?? "0" } : undefined;
}

/** The sound of one call: the peer connection, the microphone and the speaker. */
export class CallMedia {
	#events: MediaEvents;
	readonly #iceServers: () => RTCIceServer[];
	readonly #place = soundPlace.peek();
	readonly #audio = new this.#place.Audio();
	#peer: RTCPeerConnection | undefined;
	/** The last one that the connection was for. */
	#offer: string | undefined;
	readonly #microphone: KeptMicrophone;
	#early: RTCIceCandidateInit[] = [];

	/** @param iceServers as they are known when a connection begins */
	constructor(iceServers: () => RTCIceServer[], events: MediaEvents) {
		this.#iceServers = iceServers;
		this.#events = events;
		this.#audio.autoplay = true;
		this.#microphone = new KeptMicrophone(microphones, {
			onTrack: () => void this.#sendMicrophone(),
			onChange: (change) => this.#events.onMicrophone(change),
		});
	}

	/** Somebody else is told what becomes of it from now on. */
	tell(events: MediaEvents): void {
		this.#events = events;
	}

	/** Makes the connection before there is an offer: a browser takes its time for the first one. */
	prepare(): void {
		this.#peer ??= this.#makePeer();
	}

	/** Opens the microphone; called before what rings is taken, so that nobody is answered with silence. */
	async open(microphone: string | undefined, speaker: string | undefined): Promise<void> {
		await this.#microphone.use(microphone);
		await this.setSpeaker(speaker);
	}

	/** Takes the server's offer, gives the answer's SDP; undefined where the call, or this offer, is over meanwhile. */
	async answer(offer: string): Promise<string | undefined> {
		if (this.#offer !== undefined && isNewIce(this.#offer, offer)) this.#closePeer();
		// What was prepared knew no servers yet.
		if (this.#offer === undefined) this.#peer?.setConfiguration(this.#configuration());
		this.#peer ??= this.#makePeer();
		this.#offer = offer;
		const peer = this.#peer;
		try {
			return await this.#answer(peer, offer);
		} catch (error) {
			// A connection that was closed under it takes nothing.
			if (this.#peer === peer) throw error;
			return undefined;
		}
	}

	async #answer(peer: RTCPeerConnection, offer: string): Promise<string | undefined> {
		await peer.setRemoteDescription({ type: "offer", sdp: offer });
		await this.#sendMicrophone();
		const isCurrent = () => this.#peer === peer;
		// Those that came for the connection after it are that one's.
		for (const candidate of isCurrent() ? this.#early.splice(0) : [])
			await peer.addIceCandidate(candidate).catch(() => undefined);
		const answer = await peer.createAnswer();
		await peer.setLocalDescription(answer);
		return isCurrent() ? (answer.sdp ?? "") : undefined;
	}

	async addCandidate(fragment: string): Promise<void> {
		const candidate = readFragment(fragment);
		if (!candidate) return;
		if (this.#peer?.remoteDescription) await this.#peer.addIceCandidate(candidate).catch(() => undefined);
		else this.#early.push(candidate);
	}

	/** Lets the microphone be heard or not; the server mutes too, this stops it at the source. */
	setSending(sending: boolean): void {
		this.#microphone.setSending(sending);
	}

	get isSending(): boolean {
		return this.#microphone.isSending;
	}

	async setSpeaker(speaker: string | undefined): Promise<void> {
		await this.#audio.setSinkId?.(speaker ?? "").catch(() => undefined);
	}

	/** Rejects with MicrophoneError, and the one before stays. */
	async setMicrophone(microphone: string | undefined): Promise<void> {
		await this.#microphone.use(microphone);
	}

	/** Looks again for a microphone where the call has none that works. */
	async retryMicrophone(): Promise<void> {
		await this.#microphone.retry();
	}

	/** Tries again where it does not work; rejects with MicrophoneError where it still does not. */
	async requireMicrophone(): Promise<void> {
		await this.#microphone.require();
	}

	/** Plays again after the browser had kept the sound back; call it from a click. */
	play(): void {
		this.#audio.play().catch((error: unknown) => {
			// What is ended, or exchanged, before it plays is not kept back.
			if ((error as { name?: string } | undefined)?.name === "NotAllowedError") this.#events.onBlocked();
		});
	}

	/** What the browser counts; undefined while there is no connection. */
	async stats(): Promise<RTCStatsReport | undefined> {
		return this.#peer?.getStats();
	}

	close(): void {
		this.#closePeer();
		this.#microphone.close();
		this.#audio.srcObject = null;
	}

	#configuration(): RTCConfiguration {
		return { iceServers: this.#iceServers(), bundlePolicy: "max-bundle" };
	}

	#makePeer(): RTCPeerConnection {
		const peer = new this.#place.RTCPeerConnection(this.#configuration());
		peer.onicecandidate = (event) => {
			const fragment = candidateFragment(event.candidate);
			if (fragment) this.#events.onCandidate(fragment);
		};
		peer.ontrack = (event) => {
			this.#audio.srcObject = event.streams[0] ?? new this.#place.MediaStream([event.track]);
			this.play();
		};
		peer.onconnectionstatechange = () => {
			if (peer.connectionState === "connected") this.#events.onActive();
			else if (peer.connectionState === "failed" || peer.connectionState === "closed") this.#events.onFailed();
		};
		return peer;
	}

	/** Name of the microphone, as the browser tells it. */
	get microphone(): string | undefined {
		return this.#microphone.track?.label || undefined;
	}

	async #sendMicrophone(): Promise<void> {
		const { track } = this.#microphone;
		const transceiver = this.#peer?.getTransceivers().find((each) => each.receiver.track.kind === "audio");
		if (!transceiver) return;
		// Also where the microphone is still being opened: it is sent as soon as it is there.
		transceiver.direction = "sendrecv";
		if (track) await transceiver.sender.replaceTrack(track);
	}

	#closePeer(): void {
		if (!this.#peer) return;
		this.#peer.onicecandidate = this.#peer.ontrack = this.#peer.onconnectionstatechange = null;
		this.#peer.close();
		this.#peer = undefined;
		this.#offer = undefined;
	}
}
