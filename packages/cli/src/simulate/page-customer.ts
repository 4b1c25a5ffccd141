/** A customer who writes on a page by its messenger: waits for an answer, stays a while, and ends the conversation. */
import { createHash, randomUUID } from "node:crypto";
import { WebSocket } from "ws";
import type { WebMessageStep } from "./scenario.ts";
import { seconds } from "./watch.ts";
import type { Outcome, Say, World } from "./world.ts";

/** What the server says to a page that has a messenger, as far as a customer looks at it. */
type Frame =
	| { type: "challenge"; nonce: string; bits: number }
	| { type: "session" }
	| { type: "message"; direction: string; isAutomatic?: boolean }
	| { type: "state"; state: { phase: string } }
	| { type: "error"; text: string }
	| { type: "ack" };

/** Resolves when the conversation is over. Never rejects. */
export async function writeOnPage(world: World, step: WebMessageStep, say: Say): Promise<Outcome> {
	if (world.messenger === undefined)
		return { kind: step.kind, result: "refused", text: "The page has no messenger.", isExpected: false };
	return new Writer(world, step, say).write(world.messenger);
}

class Writer {
	readonly #world: World;
	readonly #step: WebMessageStep;
	readonly #say: Say;
	readonly #over = Promise.withResolvers<void>();
	readonly #timers = new Set<NodeJS.Timeout>();
	#socket: WebSocket | undefined;
	#isKnown = false;
	#isLeft = false;
	#wroteAt: number | undefined;
	#answeredMs: number | undefined;
	#failure: Outcome | undefined;

	constructor(world: World, step: WebMessageStep, say: Say) {
		this.#world = world;
		this.#step = step;
		this.#say = say;
	}

	async write(messenger: string): Promise<Outcome> {
		const { api, origin, ended } = this.#world;
		const url = `${api.replace(/^http/, "ws")}/inlay/webmessaging/${encodeURIComponent(messenger)}`;
		const socket = new WebSocket(url, { origin });
		this.#socket = socket;
		socket.on("open", () => this.#send({ type: "hello", lastSeq: 0 }));
		socket.on("message", (data) => this.#hear(JSON.parse(String(data)) as Frame));
		socket.on("error", (error) => this.#fail("failed", error.message));
		socket.on("close", () => this.#over.resolve());
		const leave = () => this.#leave();
		ended.addEventListener("abort", leave);
		await this.#over.promise;
		ended.removeEventListener("abort", leave);
		for (const timer of this.#timers) clearTimeout(timer);
		return this.#outcome();
	}

	#hear(frame: Frame): void {
		if (frame.type === "challenge") this.#send({ type: "hello", lastSeq: 0, proof: proofOf(frame) });
		else if (frame.type === "session") this.#begin();
		else if (frame.type === "message" && frame.direction === "outbound" && !frame.isAutomatic) this.#answered();
		else if (frame.type === "state" && frame.state.phase === "ended") this.#socket?.close();
		else if (frame.type === "error") {
			this.#fail("refused", frame.text);
			this.#leave();
		}
	}

	#begin(): void {
		this.#isKnown = true;
		if (this.#isLeft) this.#leave();
		else this.#write();
	}

	#write(): void {
		const { text, name, attributes, patienceMs } = this.#step;
		const known = { name: name ?? this.#world.caller.name, ...attributes };
		this.#wroteAt = this.#world.now();
		this.#send({ type: "message", clientId: randomUUID(), text, attributes: known });
		this.#say(`has written, waits for somebody On Queue, for ${seconds(patienceMs)} at most`);
		this.#after(patienceMs, () => this.#answeredMs === undefined && this.#leave("loses patience"));
	}

	#answered(): void {
		if (this.#answeredMs !== undefined) return;
		this.#answeredMs = this.#waited();
		this.#say(`is answered, stays for ${seconds(this.#step.talkMs)}`);
		this.#after(this.#step.talkMs, () => this.#leave("ends the conversation"));
	}

	/** Ends the conversation, so that it waits for nobody: at once, or as soon as the server knows whose it is. */
	#leave(how?: string): void {
		this.#isLeft = true;
		if (how !== undefined) this.#say(how);
		if (!this.#isKnown) return;
		this.#send({ type: "end" });
		this.#socket?.close();
	}

	#outcome(): Outcome {
		const { kind } = this.#step;
		if (this.#failure) return this.#failure;
		if (this.#wroteAt === undefined && !this.#isLeft)
			return { kind, result: "failed", text: "The page's line was closed.", isExpected: false };
		const result = this.#answeredMs === undefined ? "abandoned" : "answered";
		return { kind, result, waitedMs: this.#answeredMs ?? this.#waited(), isExpected: true };
	}

	#waited(): number {
		return this.#wroteAt === undefined ? 0 : this.#world.now() - this.#wroteAt;
	}

	#fail(result: "failed" | "refused", text: string): void {
		this.#failure ??= { kind: this.#step.kind, result, text, isExpected: false };
	}

	#after(ms: number, task: () => void): void {
		this.#timers.add(setTimeout(task, ms));
	}

	#send(frame: object): void {
		if (this.#socket?.readyState === WebSocket.OPEN) this.#socket.send(JSON.stringify(frame));
	}
}

/** Whose hash begins with as many zero bits as the server asks for: what a page of its own works on, too. */
function proofOf({ nonce, bits }: { nonce: string; bits: number }): string {
	for (let tried = 0; ; tried++) {
		const head = createHash("sha256").update(`${nonce}:${tried}`).digest().readUInt32BE(0);
		if (head >>> (32 - bits) === 0) return String(tried);
	}
}
