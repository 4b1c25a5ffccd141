/** The page's connection to the picture: one way, by the server's one port. */

const mostBits = 2_000_000;

export interface LegPorts {
	send(frame: { type: "answer"; legId: string; sdp: string }): void;
	/** There is a picture to see. */
	picture(stream: MediaStream): void;
	/** The connection has broken for good. */
	lost(): void;
}

export class Leg {
	readonly #ports: LegPorts;
	#connection: RTCPeerConnection | undefined;
	#legId: string | undefined;
	#sender: RTCRtpSender | undefined;

	constructor(ports: LegPorts) {
		this.#ports = ports;
	}

	/** Answers the server's offer; a leg of before is closed. @param track what is shown, where this page shows */
	async answer(legId: string, sdp: string, track: MediaStreamTrack | undefined): Promise<void> {
		this.close();
		const connection = new RTCPeerConnection();
		this.#connection = connection;
		this.#legId = legId;
		connection.ontrack = (event) => this.#ports.picture(new MediaStream([event.track]));
		connection.onconnectionstatechange = () => {
			if (connection === this.#connection && connection.connectionState === "failed") this.#ports.lost();
		};
		await connection.setRemoteDescription({ type: "offer", sdp });
		const [transceiver] = connection.getTransceivers();
		if (track && transceiver) {
			transceiver.direction = "sendonly";
			this.#sender = transceiver.sender;
			await transceiver.sender.replaceTrack(track);
		}
		await connection.setLocalDescription(await connection.createAnswer());
		if (track) await this.#limit();
		const answer = connection.localDescription?.sdp;
		if (connection === this.#connection && answer) this.#ports.send({ type: "answer", legId, sdp: answer });
	}

	async candidates(legId: string, candidates: readonly string[]): Promise<void> {
		if (legId !== this.#legId) return;
		for (const candidate of candidates) await this.#connection?.addIceCandidate({ candidate, sdpMid: "0" });
	}

	/** Another window is shown, by the same connection. */
	async replace(track: MediaStreamTrack): Promise<void> {
		await this.#sender?.replaceTrack(track);
	}

	close(): void {
		this.#connection?.close();
		this.#connection = this.#sender = this.#legId = undefined;
	}

	async #limit(): Promise<void> {
		const parameters = this.#sender?.getParameters();
		const [encoding] = parameters?.encodings ?? [];
		if (!this.#sender || !parameters || !encoding) return;
		encoding.maxBitrate = mostBits;
		encoding.maxFramerate = 15;
		await this.#sender.setParameters(parameters).catch(() => {});
	}
}
