import type { BrowserContext, Frame, Page } from "playwright-core";

/**
 * Gives pages and their frames a microphone that sends one tone, and ears: whatever their peer connections receive is
 * analysed.
 * Call before the page's own scripts run.
 * @param hz a tone that neither the music for waiting nor the ringing has, as a note or an overtone: 700, 1250 or 1700, not 440
 */
export async function giveTone(page: Page | BrowserContext, hz: number): Promise<void> {
	await page.addInitScript(installTone, hz);
}

/** Level of a tone in what the page hears now, in dB; -Infinity where there is none: on a busy machine sound crackles. */
export function heardLevel(page: Page | Frame, hz: number): Promise<number> {
	return page.evaluate((wanted) => (globalThis as unknown as TonePage).heardLevel(wanted), hz);
}

/**
 * Since when the page has heard a frequency without a break, in ms since the epoch, by the sound itself: however busy the
 * page is meanwhile. Undefined where it does not hear it now; at most two thirds of a second ago.
 */
export function heardSince(page: Page | Frame, hz: number): Promise<number | undefined> {
	return page.evaluate((wanted) => (globalThis as unknown as TonePage).heardSince(wanted), hz);
}

interface TonePage {
	heardLevel(hz: number): number;
	heardSince(hz: number): number | undefined;
}

/** Runs in the page. */
function installTone(hz: number): void {
	const audio = new AudioContext();
	const analyser = audio.createAnalyser();
	analyser.fftSize = 8192;
	analyser.smoothingTimeConstant = 0;
	const memory = audio.createAnalyser();
	memory.fftSize = 32_768;
	const oscillator = audio.createOscillator();
	oscillator.frequency.value = hz;
	const gain = audio.createGain();
	gain.gain.value = 0.3;
	oscillator.connect(gain);
	oscillator.start();
	// Whatever stays connected is reckoned for ever: after a hundred calls a page had no processor left for the next one.
	const microphone = () => {
		const destination = audio.createMediaStreamDestination();
		gain.connect(destination);
		for (const track of destination.stream.getTracks()) {
			const stop = track.stop.bind(track);
			track.stop = () => {
				stop();
				gain.disconnect(destination);
				track.stop = stop;
			};
		}
		return destination.stream;
	};
	navigator.mediaDevices.getUserMedia = async () => microphone();
	/** @returns ends it */
	const listen = (track: MediaStreamTrack) => {
		const stream = new MediaStream([track]);
		// Chromium pulls no sound from a stream that no element plays.
		const element = new Audio();
		element.muted = true;
		element.srcObject = stream;
		void element.play();
		const source = audio.createMediaStreamSource(stream);
		source.connect(analyser);
		return () => {
			source.disconnect();
			element.srcObject = null;
		};
	};
	analyser.connect(memory);
	const Original = window.RTCPeerConnection;
	window.RTCPeerConnection = class extends Original {
		readonly #endings: Array<() => void> = [];

		constructor(configuration?: RTCConfiguration) {
			super(configuration);
			this.addEventListener("track", ({ track }) => {
				if (track.kind === "audio") this.#endings.push(listen(track));
			});
		}

		override close(): void {
			super.close();
			for (const end of this.#endings.splice(0)) end();
		}
	};
	(globalThis as unknown as TonePage).heardLevel = (wanted) => {
		const bins = new Float32Array(analyser.frequencyBinCount);
		analyser.getFloatFrequencyData(bins);
		const middle = Math.round((wanted * analyser.fftSize) / audio.sampleRate);
		const level = Math.max(...bins.slice(middle - 2, middle + 3));
		// A crackle is as loud beside the tone as at it.
		const beside = [...bins.slice(middle - 60, middle - 20), ...bins.slice(middle + 20, middle + 60)];
		const usual = beside.toSorted((a, b) => a - b)[Math.floor(beside.length / 2)] ?? Number.NEGATIVE_INFINITY;
		return level > usual + 10 ? level : Number.NEGATIVE_INFINITY;
	};
	/** Amplitude of a frequency in some samples (Goertzel). */
	const amplitude = (samples: Float32Array, hz: number) => {
		const turn = (2 * Math.PI * hz) / audio.sampleRate;
		const [cosines, sines] = samples.reduce<[number, number]>(
			([real, imaginary], sample, i) => [real + sample * Math.cos(turn * i), imaginary + sample * Math.sin(turn * i)],
			[0, 0],
		);
		return (2 * Math.hypot(cosines, sines)) / samples.length;
	};
	(globalThis as unknown as TonePage).heardSince = (wanted) => {
		const samples = new Float32Array(memory.fftSize);
		memory.getFloatTimeDomainData(samples);
		const now = performance.timeOrigin + performance.now();
		const block = Math.round(audio.sampleRate / 100);
		const isHeard = (end: number) => amplitude(samples.subarray(end - block, end), wanted) > 0.02;
		let begin = samples.length;
		while (begin >= block && isHeard(begin)) begin -= block;
		return begin === samples.length ? undefined : now - ((samples.length - begin) / audio.sampleRate) * 1000;
	};
}
