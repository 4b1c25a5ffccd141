import type { Frame, Page } from "puppeteer-core";

/**
 * Level of a frequency in what a page hears now, in dB; -Infinity for silence. For Firefox, whose AudioContext stands still
 * on a machine without a sound card: what the peer connection receives is recorded for a moment and taken apart.
 */
export function recordedLevel(page: Page | Frame, hz: number): Promise<number> {
	return page.evaluate((wanted) => (globalThis as unknown as RecordedPage).recordedLevel(wanted), hz);
}

interface RecordedPage {
	recordedLevel(hz: number): Promise<number>;
}

/** Runs in the page, before its own scripts. */
export function installRecording(): void {
	const recordMs = 400;
	let heard: MediaStreamTrack | undefined;
	const Original = window.RTCPeerConnection;
	window.RTCPeerConnection = class extends Original {
		constructor(configuration?: RTCConfiguration) {
			super(configuration);
			this.addEventListener("track", ({ track }) => {
				heard = track;
			});
		}
	};

	async function record(track: MediaStreamTrack): Promise<Float32Array> {
		const recorder = new MediaRecorder(new MediaStream([track]));
		const parts: Blob[] = [];
		recorder.ondataavailable = ({ data }) => parts.push(data);
		const stopped = new Promise((resolve) => {
			recorder.onstop = resolve;
		});
		recorder.start();
		setTimeout(() => recorder.stop(), recordMs);
		await stopped;
		const sound = await new OfflineAudioContext(1, 1, 8000).decodeAudioData(await new Blob(parts).arrayBuffer());
		return sound.getChannelData(0);
	}

	(globalThis as unknown as RecordedPage).recordedLevel = async (hz) => {
		if (heard?.readyState !== "live") return Number.NEGATIVE_INFINITY;
		const samples = await record(heard);
		let real = 0;
		let imaginary = 0;
		for (const [index, sample] of samples.entries()) {
			real += sample * Math.cos((2 * Math.PI * hz * index) / 8000);
			imaginary += sample * Math.sin((2 * Math.PI * hz * index) / 8000);
		}
		return 20 * Math.log10((2 * Math.hypot(real, imaginary)) / Math.max(1, samples.length));
	};
}
