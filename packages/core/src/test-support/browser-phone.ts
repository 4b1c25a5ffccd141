/** Chromium pages that act as phones in tests: each sends a tone of its own and measures what it hears. */

import type { Browser, Page } from "playwright-core";
import type { MediaEngine } from "../voice/media-engine.ts";

/** One page with a leg of the engine. */
export interface BrowserPhone {
	page: Page;
	legId: string;
	/** Waits until the expression, in which `level(hz)` and `loudness()` give dB, is true. */
	hears(condition: string): Promise<void>;
	pressKeys(digits: string): Promise<void>;
	/** What is heard at these frequencies, for messages of failed tests. */
	levels(...hz: number[]): Promise<number[]>;
}

/** Opens a page that sends `hz`, and connects it to a new leg of `engine`. Resolves when media flows. */
export async function connectPhone(
	browser: Browser,
	engine: MediaEngine,
	legId: string,
	hz: number,
): Promise<BrowserPhone> {
	const page = await browser.newPage();
	await page.evaluate(PHONE_SCRIPT);
	await page.evaluate((tone) => (globalThis as unknown as PhonePage).phone.start(tone), hz);
	const connected = new Promise<void>((resolve, reject) => {
		engine.onEvent((event) => {
			if (!("legId" in event) || event.legId !== legId) return;
			if (event.type === "candidate") void addCandidate(page, event.candidate, event.mid);
			if (event.type === "leg-connected") resolve();
			if (event.type === "leg-lost") reject(new Error(event.reason));
		});
	});
	// A leg may be lost after it connected; only the wait below is interested in a rejection.
	connected.catch(() => {});
	const { sdp } = await engine.createWebRtcLeg(legId);
	const answer = await page.evaluate((offer) => (globalThis as unknown as PhonePage).phone.answer(offer), sdp);
	engine.acceptAnswer(legId, answer);
	await connected;
	return phoneOf(page, legId);
}

interface PhonePage {
	phone: {
		start(hz: number): void;
		answer(sdp: string): Promise<string>;
		addCandidate(candidate: string, mid: string): Promise<void>;
		press(digits: string): void;
		level(hz: number): number;
	};
}

function addCandidate(page: Page, candidate: string, mid: string): Promise<void> {
	return page
		.evaluate(([line, section]) => (globalThis as unknown as PhonePage).phone.addCandidate(line, section), [
			candidate,
			mid,
		] as const)
		.catch(() => {});
}

function phoneOf(page: Page, legId: string): BrowserPhone {
	return {
		page,
		legId,
		async hears(condition) {
			await page.waitForFunction(`phone.hears((level, loudness) => ${condition})`, undefined, {
				timeout: 15_000,
				polling: 100,
			});
		},
		pressKeys: (digits) => page.evaluate((keys) => (globalThis as unknown as PhonePage).phone.press(keys), digits),
		levels: (...hz) =>
			page.evaluate((all) => all.map((one) => (globalThis as unknown as PhonePage).phone.level(one)), hz),
	};
}

/** Runs in the page. Text, because functions that a build tool has touched may refer to helpers the page lacks. */
const PHONE_SCRIPT = `
globalThis.phone = (() => {
	const context = new AudioContext();
	const connection = new RTCPeerConnection();
	const early = [];
	let track, sender, analyser, element;
	connection.ontrack = (event) => {
		const stream = event.streams[0] ?? new MediaStream([event.track]);
		// Without an element that holds the stream Chromium pulls no audio from it.
		element = new Audio();
		element.muted = true;
		element.srcObject = stream;
		void element.play();
		analyser = new AnalyserNode(context, { fftSize: 8192, smoothingTimeConstant: 0 });
		context.createMediaStreamSource(stream).connect(analyser);
	};
	const spectrum = new Float32Array(4096);
	const level = (hz) => {
		analyser.getFloatFrequencyData(spectrum);
		const bin = Math.round((hz * 8192) / context.sampleRate);
		return Math.max(...spectrum.slice(bin - 2, bin + 3));
	};
	const loudness = () => {
		const wave = new Float32Array(8192);
		analyser.getFloatTimeDomainData(wave);
		return 10 * Math.log10(wave.reduce((sum, sample) => sum + sample * sample, 0) / wave.length + 1e-12);
	};
	return {
		start(hz) {
			const output = context.createMediaStreamDestination();
			const oscillator = new OscillatorNode(context, { frequency: hz });
			oscillator.connect(new GainNode(context, { gain: 0.3 })).connect(output);
			oscillator.start();
			track = output.stream.getAudioTracks()[0];
		},
		async answer(sdp) {
			await connection.setRemoteDescription({ type: "offer", sdp });
			sender = connection.addTrack(track);
			for (const candidate of early.splice(0)) await connection.addIceCandidate(candidate);
			await connection.setLocalDescription(await connection.createAnswer());
			return connection.localDescription.sdp;
		},
		async addCandidate(candidate, sdpMid) {
			if (connection.remoteDescription) await connection.addIceCandidate({ candidate, sdpMid });
			else early.push({ candidate, sdpMid });
		},
		press: (digits) => sender.dtmf.insertDTMF(digits, 100, 70),
		hang: () => connection.close(),
		reportTypes: async () => [...(await connection.getStats()).values()].map((one) => one.type),
		level,
		loudness,
		hears: (condition) => analyser !== undefined && condition(level, loudness),
	};
})();
`;
