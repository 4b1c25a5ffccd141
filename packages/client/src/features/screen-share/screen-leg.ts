import type { ApiClient } from "../../session/api.ts";

/** What of a window the picture needs: its connections belong to it, and end with it. */
export type ScreenPage = Pick<typeof globalThis, "RTCPeerConnection" | "MediaStream"> & Pick<Window, "navigator">;

export interface ScreenLegPorts {
	picture(stream: MediaStream): void;
	/** Nothing comes or goes just now: what is seen stands still. It may go on by itself. */
	interrupted(isInterrupted: boolean): void;
	/** The connection has broken, or the server knows it no more. */
	lost(): void;
}

const mostBits = 2_000_000;

/** This panel's connection to a shared screen: one way, by the server's one port. */
export class ScreenLeg {
	readonly #connection: RTCPeerConnection;
	readonly #api: Pick<ApiClient, "post" | "put" | "request">;
	readonly #path: string;
	#legId: string | undefined;
	#sender: RTCRtpSender | undefined;
	#isClosed = false;

	/** @param path of the screen's legs */
	constructor(api: Pick<ApiClient, "post" | "put" | "request">, path: string, page: ScreenPage, ports: ScreenLegPorts) {
		this.#api = api;
		this.#path = path;
		this.#connection = new page.RTCPeerConnection();
		this.#connection.ontrack = ({ track }) => ports.picture(new page.MediaStream([track]));
		this.#connection.onconnectionstatechange = () => {
			const { connectionState: state } = this.#connection;
			if (this.#isClosed) return;
			if (state === "disconnected" || state === "connected") ports.interrupted(state === "disconnected");
			if (state === "failed") ports.lost();
		};
	}

	/** @param track what is shown; none to see. Rejects where the server or the browser does not let them */
	async open(track?: MediaStreamTrack): Promise<void> {
		const { legId, sdp } = await this.#api.post<{ legId: string; sdp: string }>(this.#path, {});
		this.#legId = legId;
		if (this.#isClosed) return this.#forget();
		await this.#connection.setRemoteDescription({ type: "offer", sdp });
		if (track) await this.#send(track);
		await this.#connection.setLocalDescription(await this.#connection.createAnswer());
		if (track) await this.#limit();
		const answer = this.#connection.localDescription?.sdp ?? "";
		const { candidates } = await this.#api.put<{ candidates: string[] }>(`${this.#path}/${legId}`, { sdp: answer });
		if (this.#isClosed) return;
		for (const candidate of candidates) await this.#connection.addIceCandidate({ candidate, sdpMid: "0" });
	}

	/** Something else is shown, by the same connection. */
	async replace(track: MediaStreamTrack): Promise<void> {
		await this.#sender?.replaceTrack(track);
	}

	/** @param isKnown the server has it still, and is told */
	close(isKnown: boolean): void {
		if (this.#isClosed) return;
		this.#isClosed = true;
		this.#connection.close();
		if (isKnown && this.#legId) void this.#forget();
	}

	async #forget(): Promise<void> {
		// One that the server has closed already is gone all the same.
		await this.#api.request("DELETE", `${this.#path}/${this.#legId}`).catch(() => {});
	}

	async #send(track: MediaStreamTrack): Promise<void> {
		const [transceiver] = this.#connection.getTransceivers();
		if (!transceiver) throw new Error("The server offered no picture.");
		transceiver.direction = "sendonly";
		this.#sender = transceiver.sender;
		await transceiver.sender.replaceTrack(track);
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
