/** Chromium pages that show a moving picture to the media engine, or see one, in tests. */

import { createSocket, type RemoteInfo, type Socket } from "node:dgram";
import { once } from "node:events";
import type { Browser, Page } from "playwright-core";
import type { MediaEngine } from "../voice/media-engine.ts";

/** Opens a page at one side of a screen. Resolves when its connection stands. @param door leads its packets elsewhere */
export async function connectScreen(
	browser: Browser,
	engine: MediaEngine,
	leg: { legId: string; screenId: string; shows: boolean },
	door: (candidate: string) => Promise<string> = async (candidate) => candidate,
): Promise<Page> {
	const page = await browser.newPage();
	await page.evaluate(SCREEN_SCRIPT);
	const connected = new Promise<void>((resolve, reject) => {
		engine.onEvent((event) => {
			if (!("legId" in event) || event.legId !== leg.legId) return;
			if (event.type === "leg-connected") resolve();
			if (event.type === "leg-lost") reject(new Error(event.reason));
		});
	});
	connected.catch(() => {});
	const { sdp } = await engine.createScreenLeg(leg.legId, leg.screenId, leg.shows);
	const answer = await page.evaluate(
		([offer, shows]) => (globalThis as unknown as ScreenPage).screenEnd.answer(offer, shows),
		[sdp, leg.shows] as const,
	);
	const { candidates } = await engine.answerScreenLeg(leg.legId, answer);
	for (const candidate of candidates) {
		const line = await door(candidate);
		await page.evaluate((one) => (globalThis as unknown as ScreenPage).screenEnd.addCandidate(one), line);
	}
	await connected;
	return page;
}

interface ScreenPage {
	screenEnd: {
		answer(sdp: string, shows: boolean): Promise<string>;
		addCandidate(candidate: string): Promise<void>;
	};
}

/** Passes packets of one client on, both ways, and loses some of those that carry pictures or what is said of them. */
export class LossyDoor {
	/** Of a hundred. */
	lossPercent = 0;
	readonly #front: Socket = createSocket("udp4");
	readonly #back: Socket = createSocket("udp4");
	#client: RemoteInfo | undefined;
	#count = 0;

	/** @returns the candidate with this door for an address */
	async open(candidate: string): Promise<string> {
		const parts = candidate.split(" ");
		const [address, port] = [parts[4] as string, Number(parts[5])];
		this.#front.on("message", (packet, from) => {
			this.#client = from;
			if (!this.#isLost(packet)) this.#back.send(packet, port, address);
		});
		this.#back.on("message", (packet) => {
			if (this.#client && !this.#isLost(packet)) this.#front.send(packet, this.#client.port, this.#client.address);
		});
		this.#back.bind(0, "127.0.0.1");
		this.#front.bind(0, "127.0.0.1");
		await Promise.all([once(this.#front, "listening"), once(this.#back, "listening")]);
		parts[4] = "127.0.0.1";
		parts[5] = String(this.#front.address().port);
		return parts.join(" ");
	}

	close(): void {
		this.#front.close();
		this.#back.close();
	}

	/** Evenly, so that a test is the same each time. SRTP alone: its first byte is 128 to 191 (RFC 7983). */
	#isLost(packet: Buffer): boolean {
		if ((packet[0] as number) < 128) return false;
		this.#count += this.lossPercent;
		if (this.#count < 100) return false;
		this.#count -= 100;
		return true;
	}
}

/** Runs in the page. Text, because functions that a build tool has touched may refer to helpers the page lacks. */
const SCREEN_SCRIPT = `
globalThis.screenEnd = (() => {
	const connection = new RTCPeerConnection();
	const video = document.createElement("video");
	video.muted = true;
	document.body.append(video);
	connection.ontrack = ({ track }) => {
		video.srcObject = new MediaStream([track]);
		void video.play();
	};
	const picture = () => {
		const canvas = Object.assign(document.createElement("canvas"), { width: 1280, height: 720 });
		const context = canvas.getContext("2d");
		let step = 0;
		setInterval(() => {
			context.fillStyle = "hsl(" + (step++ * 7) % 360 + " 80% 50%)";
			context.fillRect(0, 0, 1280, 720);
			context.fillStyle = "black";
			context.fillRect((step * 20) % 1280, 100, 200, 300);
		}, 66);
		const track = canvas.captureStream(15).getVideoTracks()[0];
		track.contentHint = "detail";
		return track;
	};
	/** How often the picture has changed since this began. */
	const probe = Object.assign(document.createElement("canvas"), { width: 8, height: 8 }).getContext("2d", { willReadFrequently: true });
	let changes = 0, last = "";
	setInterval(() => {
		if (!video.videoWidth) return;
		probe.drawImage(video, 0, 0, 8, 8);
		const now = probe.getImageData(0, 0, 8, 8).data.join();
		if (now !== last) changes++;
		last = now;
	}, 50);
	return {
		async answer(sdp, shows) {
			await connection.setRemoteDescription({ type: "offer", sdp });
			if (shows) {
				const [transceiver] = connection.getTransceivers();
				transceiver.direction = "sendonly";
				await transceiver.sender.replaceTrack(picture());
			}
			await connection.setLocalDescription(await connection.createAnswer());
			return connection.localDescription.sdp;
		},
		addCandidate: (candidate) => connection.addIceCandidate({ candidate, sdpMid: "0" }),
		seen: () => ({ width: video.videoWidth, height: video.videoHeight, changes }),
		hang: () => connection.close(),
	};
})();
`;
