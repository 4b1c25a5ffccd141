import type { AddressInfo } from "node:net";
import { type WebSocket, WebSocketServer } from "ws";
import { WordsOfSound } from "./words-of-sound.ts";

/** How an engine behaves: as it should, or not. */
export type Behaviour = "answers" | "is silent" | "goes mad" | "babbles" | "refuses" | "is deaf";

/** A speech engine that speaks as Vosk's server does, and answers from what it truly hears (`WordsOfSound`). */
export interface TestSpeechEngine {
	url: string;
	/** What voices were said to be, by connection, in the order in which they came. */
	configs: unknown[];
	/** Voices that are being listened to now. */
	readonly open: number;
	/** Bytes of sound that have come. */
	readonly heardBytes: number;
	behave(how: Behaviour): void;
	/** All connections break. */
	breakOff(): void;
	close(): Promise<void>;
}

export async function startSpeechEngine(): Promise<TestSpeechEngine> {
	let how: Behaviour = "answers";
	let heardBytes = 0;
	const configs: unknown[] = [];
	const server = new WebSocketServer({ port: 0, host: "127.0.0.1", verifyClient: () => how !== "refuses" });
	await new Promise((resolve) => server.once("listening", resolve));
	server.on("connection", (socket) => {
		if (how === "is deaf") socket.pause();
		const words = new WordsOfSound();
		socket.on("message", (data: Buffer, isBinary) => {
			if (isBinary) heardBytes += data.length;
			answer(socket, { how, words, configs, message: isBinary ? data : String(data) });
		});
	});
	return {
		url: `ws://127.0.0.1:${(server.address() as AddressInfo).port}`,
		configs,
		get open() {
			return server.clients.size;
		},
		get heardBytes() {
			return heardBytes;
		},
		behave(wanted) {
			how = wanted;
		},
		breakOff() {
			for (const client of server.clients) client.terminate();
		},
		async close() {
			for (const client of server.clients) client.terminate();
			await new Promise((resolve) => server.close(resolve));
		},
	};
}

interface Heard {
	how: Behaviour;
	words: WordsOfSound;
	configs: unknown[];
	message: Buffer | string;
}

function answer(socket: WebSocket, { how, words, configs, message }: Heard): void {
	if (how === "is silent") return;
	if (how === "babbles") babble(socket);
	else if (how === "goes mad") socket.send("<html>No speech here</html>");
	else if (typeof message !== "string") answerSound(socket, words, message);
	else if (message === '{"eof" : 1}') {
		socket.send(JSON.stringify(final(words.end())));
		socket.close();
	} else configs.push(JSON.parse(message).config);
}

function answerSound(socket: WebSocket, words: WordsOfSound, sound: Buffer): void {
	const said = words.hear(new Int16Array(sound.buffer.slice(sound.byteOffset, sound.byteOffset + sound.length)));
	for (const one of said) socket.send(JSON.stringify(final(one)));
	if (said.length === 0) socket.send(JSON.stringify({ partial: words.partial }));
}

function final({ text, words }: ReturnType<WordsOfSound["end"]>) {
	return text ? { result: words, text } : { text: "" };
}

function babble(socket: WebSocket): void {
	for (let again = 0; again < 500; again++) socket.send(JSON.stringify({ text: `word ${again}`, result: [] }));
}
