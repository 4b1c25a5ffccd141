export type Channel = "both" | "left" | "right";

/**
 * Lets one channel of a player be heard by both ears. Made when somebody first wants it: from then on the sound goes this
 * way, which begins silent until the browser has let it.
 */
export class Channels {
	readonly #context = new AudioContext();
	readonly #gains: readonly [GainNode, GainNode];

	constructor(audio: HTMLMediaElement) {
		const splitter = this.#context.createChannelSplitter(2);
		this.#context.createMediaElementSource(audio).connect(splitter);
		const gain = (output: number) => {
			const node = this.#context.createGain();
			splitter.connect(node, output);
			// Mixed down to one, it is heard on both sides.
			node.connect(this.#context.destination);
			return node;
		};
		this.#gains = [gain(0), gain(1)];
	}

	hear(channel: Channel): void {
		void this.#context.resume();
		this.#gains[0].gain.value = channel === "right" ? 0 : 1;
		this.#gains[1].gain.value = channel === "left" ? 0 : 1;
	}

	close(): void {
		void this.#context.close();
	}
}
