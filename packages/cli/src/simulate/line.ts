/** A customer's side of one web call: the socket by which it is told how it stands, and its sound (docs/webcalls.md). */
import { ToneCall } from "@inlay/core/tone-call";
import { WebSocket } from "ws";

export interface LineParts {
	url: string;
	secret: string;
	/** Tone with which the customer speaks, in Hz. */
	hz: number;
	/** The call has come to a state. */
	stateChanged(state: string): void;
	/** The socket is closed: the call is over, or cannot be reached. */
	closed(code: number): void;
}

type LineMessage =
	| { type: "offer"; legId: string; sdp: string }
	| { type: "candidate"; legId: string; candidate: string }
	| { type: "state"; state: string }
	| { type: string };

export class CallLine {
	/** How long, in ms, the customer has heard somebody speak since the call was answered: not what plays while it is held. */
	heardMs = 0;
	readonly #socket: WebSocket;
	readonly #parts: LineParts;
	#state = "";
	#isLeft = false;
	#sound: { legId: string; call: ToneCall } | undefined;
	/** Candidates may overtake their offer. */
	readonly #early = new Map<string, string[]>();

	constructor(parts: LineParts) {
		this.#parts = parts;
		this.#socket = new WebSocket(parts.url);
		this.#socket.on("open", () => {
			this.#send({ type: "hello", secret: parts.secret });
			if (this.#isLeft) this.hangUp();
		});
		this.#socket.on("message", (data) => this.#hear(JSON.parse(String(data)) as LineMessage));
		this.#socket.on("error", () => undefined);
		this.#socket.on("close", (code) => {
			this.#sound?.call.close();
			parts.closed(code);
		});
	}

	callBack(phone: string): void {
		this.#send({ type: "callback", phone });
	}

	/** Where the line is not open yet, as soon as it is: else the call would wait on the server for who is gone. */
	hangUp(): void {
		this.#isLeft = true;
		if (this.#socket.readyState === WebSocket.CONNECTING) return;
		this.#send({ type: "hangup" });
		this.#socket.close();
	}

	#hear(message: LineMessage): void {
		if ("sdp" in message) this.#talk(message.legId, message.sdp);
		else if ("candidate" in message) this.#candidate(message.legId, message.candidate);
		else if ("state" in message) {
			this.#state = message.state;
			this.#parts.stateChanged(message.state);
		}
	}

	/** A later offer replaces the earlier one. */
	#talk(legId: string, sdp: string): void {
		this.#sound?.call.close();
		const answered = (answer: string) => this.#send({ type: "answer", legId, sdp: answer });
		const call = new ToneCall(sdp, this.#parts.hz, answered, (ms) => {
			if (this.#state === "connected") this.heardMs += ms;
		});
		this.#sound = { legId, call };
		for (const candidate of this.#early.get(legId) ?? []) call.candidate(`a=${candidate}`);
		this.#early.clear();
	}

	#candidate(legId: string, candidate: string): void {
		if (this.#sound?.legId === legId) this.#sound.call.candidate(`a=${candidate}`);
		else this.#early.set(legId, [...(this.#early.get(legId) ?? []), candidate]);
	}

	#send(message: object): void {
		if (this.#socket.readyState === WebSocket.OPEN) this.#socket.send(JSON.stringify(message));
	}
}
