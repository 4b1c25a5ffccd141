import type { Browser, BrowserContext, Page } from "playwright-core";
import { vi } from "vitest";
import type { FakeStream } from "./fake-stream.ts";

interface Rpc {
	method: string;
	params: { sdp?: string };
}

/** What runs in the page of {@link FarEnd}. */
interface FarPage {
	offer(): Promise<string>;
	answer(sdp: string): Promise<void>;
	candidate(fragment: string): Promise<void>;
	loudness(): number;
	vanish(): Promise<void>;
}

/** The other side of a call in a page of its own: real WebRTC, so that a test hears what a customer would. */
export class FarEnd {
	readonly #context: BrowserContext;
	readonly #page: Page;

	private constructor(context: BrowserContext, page: Page) {
		this.#context = context;
		this.#page = page;
	}

	/**
	 * Brings the sound of a call up that the panel's phone has taken.
	 * @param url any page of a secure origin
	 * @param persistent the connection stays when the call ends
	 */
	static async connect(
		browser: Browser,
		url: string,
		stream: FakeStream,
		conversationId: string,
		persistent = false,
	): Promise<FarEnd> {
		const context = await browser.newContext({ permissions: ["microphone"] });
		const page = await context.newPage();
		await page.goto(url);
		await page.evaluate(farPage);
		const from = stream.rpc.length;
		const sdp = await page.evaluate(() => (globalThis as unknown as { far: FarPage }).far.offer());
		stream.signal(conversationId, "offer", { sdp, persistent });
		const said = () => stream.rpc.slice(from) as Rpc[];
		await vi.waitFor(() => said().some(({ method }) => method === "answer") || Promise.reject());
		const answer = said().find(({ method }) => method === "answer")?.params.sdp ?? "";
		await page.evaluate((text) => (globalThis as unknown as { far: FarPage }).far.answer(text), answer);
		await vi.waitFor(() => said().some(({ params }) => params.sdp?.includes("end-of-cand")) || Promise.reject());
		for (const { method, params } of said().filter(({ method }) => method === "iceCandidate")) {
			if (method)
				await page.evaluate(
					(text) => (globalThis as unknown as { far: FarPage }).far.candidate(text),
					params.sdp ?? "",
				);
		}
		return new FarEnd(context, page);
	}

	/** Root mean square of what comes from the agent, 0 to 1. */
	loudness(): Promise<number> {
		return this.#page.evaluate(() => (globalThis as unknown as { far: FarPage }).far.loudness());
	}

	/** Sends nothing any more, and goes on to listen. */
	async vanish(): Promise<void> {
		await this.#page.evaluate(() => (globalThis as unknown as { far: FarPage }).far.vanish());
	}

	async close(): Promise<void> {
		await this.#context.close();
	}
}

function farPage(): void {
	const peer = new RTCPeerConnection();
	const context = new AudioContext();
	void context.resume();
	const out = context.createMediaStreamDestination();
	const tone = new OscillatorNode(context, { frequency: 300 });
	const voice = new GainNode(context, { gain: 0.3 });
	tone.connect(voice).connect(out);
	tone.start();
	const analyser = new AnalyserNode(context, { fftSize: 8192 });
	const audio = new Audio();
	audio.muted = true;
	peer.ontrack = (event) => {
		const stream = new MediaStream([event.track]);
		// Chromium gives Web Audio no sound of a remote stream that nothing plays.
		audio.srcObject = stream;
		void audio.play();
		context.createMediaStreamSource(stream).connect(analyser);
	};
	for (const track of out.stream.getTracks()) peer.addTrack(track, out.stream);
	const far: FarPage = {
		async offer() {
			await peer.setLocalDescription(await peer.createOffer());
			while (peer.iceGatheringState !== "complete") await new Promise((done) => setTimeout(done, 20));
			return peer.localDescription?.sdp ?? "";
		},
		answer: (sdp) => peer.setRemoteDescription({ type: "answer", sdp }),
		async candidate(fragment) {
			const candidate = /a=(candidate:[^\r\n]+)/.exec(fragment)?.[1];
			if (candidate) await peer.addIceCandidate({ candidate, sdpMLineIndex: 0 });
		},
		loudness() {
			const samples = new Float32Array(analyser.fftSize);
			analyser.getFloatTimeDomainData(samples);
			return Math.sqrt(samples.reduce((sum, one) => sum + one * one, 0) / samples.length);
		},
		async vanish() {
			const sender = peer.getSenders()[0];
			const parameters = sender?.getParameters();
			for (const encoding of parameters?.encodings ?? []) encoding.active = false;
			if (parameters) await sender?.setParameters(parameters);
		},
	};
	Object.assign(globalThis, { far });
}
