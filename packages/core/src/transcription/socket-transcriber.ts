import type { Socket } from "node:net";
import { connect as connectSecurely } from "node:tls";
import WebSocket from "ws";
import { unbracketed } from "../kernel/outgoing/host-names.ts";
import type { Outgoing } from "../kernel/outgoing/outgoing.ts";
import { readAnswer } from "./engine-answer.ts";
import {
	bytesPerMs,
	type Hearing,
	type HearingEvents,
	heardRate,
	type SpeechEngine,
	type Transcriber,
} from "./transcriber.ts";

export interface SocketTiming {
	/** Within so long the engine has let us in, ms. */
	connectMs: number;
	/** Within so long it answers a ping, ms. */
	silentMs: number;
	/** Within so long after the end it has said the last, ms. */
	finishMs: number;
}

const defaultTiming: SocketTiming = { connectMs: 5_000, silentMs: 10_000, finishMs: 10_000 };
/** What waits for an engine: ten seconds of a voice, and not more, however many calls there are. */
const mostWaiting = 10_000 * bytesPerMs;
const longestAnswer = 256 * 1024;
/** Answers that are none, or too many within a second, are of something that is no speech engine, or of one that has gone mad. */
const mostUnread = 20;
const mostASecond = 400;
/** To the letter: Vosk's server compares it so. */
const endOfSpeech = '{"eof" : 1}';

/** Speech engines by WebSocket, as Vosk's server speaks (decision 72): each voice has a connection of its own, opened by the guard. */
export function socketTranscriber(
	outgoing: Pick<Outgoing, "connect">,
	timing: Partial<SocketTiming> = {},
): Transcriber {
	return {
		begin: (engine, events) => new SocketHearing(engine, { events, outgoing, timing: { ...defaultTiming, ...timing } }),
	};
}

interface HearingParts {
	events: HearingEvents;
	outgoing: Pick<Outgoing, "connect">;
	timing: SocketTiming;
}

class SocketHearing implements Hearing {
	readonly #parts: HearingParts;
	/** Said before the engine was there. */
	#early: Array<{ samples: Uint8Array; taken: () => void }> = [];
	#earlyBytes = 0;
	#socket: WebSocket | undefined;
	readonly #giveUp = new AbortController();
	#finishing = false;
	/** Something final came after the end was said. */
	#sawEnd = false;
	#over = false;
	#unread = 0;
	/** Answers within the second that began then. */
	#second = { since: 0, answers: 0 };
	readonly #opening: NodeJS.Timeout;
	#pings: NodeJS.Timeout | undefined;
	#last: NodeJS.Timeout | undefined;

	constructor(engine: SpeechEngine, parts: HearingParts) {
		this.#parts = parts;
		const late = () => this.#end(new Error("The speech engine lets nobody in."));
		this.#opening = setTimeout(late, parts.timing.connectMs);
		this.#open(engine).catch((error: Error) => this.#end(error));
	}

	take(samples: Uint8Array): Promise<void> {
		if (this.#over || this.#finishing) return Promise.resolve();
		const waiting = this.#socket ? this.#socket.bufferedAmount : this.#earlyBytes;
		if (waiting > mostWaiting) {
			this.#end(new Error("The speech engine does not keep up with what is said."));
			return Promise.resolve();
		}
		return new Promise((taken) => {
			if (this.#socket) return this.#socket.send(samples, () => taken());
			this.#early.push({ samples, taken });
			this.#earlyBytes += samples.length;
		});
	}

	finish(withinMs = this.#parts.timing.finishMs): void {
		if (this.#over || this.#finishing) return;
		this.#finishing = true;
		// One that has said the last and does not hang up is left.
		const late = () => this.#end(this.#sawEnd ? undefined : new Error("The speech engine does not come to an end."));
		this.#last = setTimeout(late, withinMs);
		this.#socket?.send(endOfSpeech);
	}

	close(): void {
		if (this.#over) return;
		this.#over = true;
		this.#letGo();
	}

	async #open({ url: address }: SpeechEngine): Promise<void> {
		const { outgoing, timing } = this.#parts;
		const url = new URL(address);
		const isSecure = url.protocol === "wss:";
		const host = unbracketed(url.hostname);
		const { signal } = this.#giveUp;
		const plain = await outgoing.connect(host, Number(url.port) || (isSecure ? 443 : 80), timing.connectMs, signal);
		if (this.#over) return void plain.destroy();
		const connection: Socket = isSecure ? connectSecurely({ socket: plain, servername: host }) : plain;
		const socket = new WebSocket(url, {
			createConnection: () => connection,
			maxPayload: longestAnswer,
			perMessageDeflate: false,
		});
		socket.on("error", (error) => this.#end(error));
		socket.on("close", () => this.#closed());
		socket.on("message", (data, isBinary) => this.#read(isBinary ? "" : String(data)));
		socket.on("open", () => this.#speak(socket));
		signal.addEventListener("abort", () => socket.terminate());
	}

	/** Says how it will be spoken to, and what has been said already. */
	#speak(socket: WebSocket): void {
		clearTimeout(this.#opening);
		this.#socket = socket;
		socket.send(JSON.stringify({ config: { sample_rate: heardRate, words: true } }));
		for (const { samples, taken } of this.#early.splice(0)) socket.send(samples, () => taken());
		this.#earlyBytes = 0;
		if (this.#finishing) socket.send(endOfSpeech);
		this.#watch(socket);
	}

	/** One that is there and does nothing, not even this, will do nothing. */
	#watch(socket: WebSocket): void {
		let isAlive = true;
		socket.on("pong", () => {
			isAlive = true;
		});
		this.#pings = setInterval(() => {
			if (!isAlive) return this.#end(new Error("The speech engine does not answer any more."));
			isAlive = false;
			socket.ping();
		}, this.#parts.timing.silentMs);
	}

	#read(message: string): void {
		if (this.#over) return;
		const answer = readAnswer(message);
		const now = performance.now();
		if (now - this.#second.since > 1000) this.#second = { since: now, answers: 0 };
		if (++this.#second.answers > mostASecond) this.#end(new Error("The speech engine answers without end."));
		if (!answer && ++this.#unread > mostUnread)
			this.#end(new Error("What answers there is no speech engine that Inlay understands."));
		if (!answer || this.#over) return;
		if (answer.text) this.#parts.events.heard(answer);
		// After the end one final answer comes, whether or not there was anything left.
		if (this.#finishing && answer.isFinal) this.#sawEnd = true;
	}

	#closed(): void {
		this.#end(this.#finishing && this.#sawEnd ? undefined : new Error("The speech engine closed the connection."));
	}

	#end(trouble?: Error): void {
		if (this.#over) return;
		this.#over = true;
		this.#letGo();
		this.#parts.events.ended(trouble);
	}

	#letGo(): void {
		clearTimeout(this.#opening);
		clearInterval(this.#pings);
		clearTimeout(this.#last);
		for (const { taken } of this.#early.splice(0)) taken();
		this.#giveUp.abort(new Error("Nobody listens any more."));
	}
}
