import { Attempts } from "@inlay/contract/attempts";
import { signal } from "@preact/signals";
import { Line } from "./line.ts";
import { CallMedia } from "./media.ts";
import { Meter } from "./meter.ts";
import { MicrophoneError, type MicrophoneProblem } from "./microphone.ts";
import { CallRefused, placeCall } from "./place-call.ts";
import type { Consent, LineMessage, LineState, PlacedCall } from "./protocol.ts";
import { rememberCall, rememberedCall } from "./remembered-call.ts";
import { shareScreen } from "./share-screen.ts";

/** Why a call did not come about or has ended otherwise than by hanging up. */
export type CallProblem =
	| { kind: "microphone"; problem: MicrophoneProblem }
	| { kind: "refused"; text: string }
	| { kind: "offline" }
	| { kind: "gone" }
	| { kind: "elsewhere" };

/** The caller's side of one call after the other. */
export class CustomerCall {
	readonly state = signal<"idle" | LineState>("idle");
	readonly agentName = signal<string | undefined>(undefined);
	/** When somebody answered, in ms since 1970. */
	readonly answeredAt = signal<number | undefined>(undefined);
	readonly muted = signal(false);
	readonly reconnecting = signal(false);
	/** The server hears nothing of this page. */
	readonly unheard = signal(false);
	readonly soundBlocked = signal(false);
	/** What the caller gave as their number. */
	phone = "";
	/** The caller is called back, in place of this call. */
	readonly callsBack = signal(false);
	/** Whoever waits may leave a message instead. */
	readonly mayLeaveMessage = signal(false);
	/** How the caller stands who waits, where the queue tells it. */
	readonly place = signal<{ place: number; waitSeconds?: number | undefined } | undefined>(undefined);
	/** Whether the caller may be recorded, where somebody asks. */
	readonly consent = signal<Consent | undefined>(undefined);
	/** Why nobody can call back. */
	readonly callBackProblem = signal<string | undefined>(undefined);
	readonly problem = signal<CallProblem | undefined>(undefined);
	readonly meter = new Meter();
	readonly #api: string;
	readonly #attempts = new Attempts();
	#call: PlacedCall | undefined;
	#line: Line | undefined;
	#media: CallMedia | undefined;

	/** @param api base URL of the API */
	constructor(api: string) {
		this.#api = api;
	}

	/** Places a call; the microphone comes first, so that nobody is rung up by somebody mute. */
	async start(request: { to: string; name: string; phone: string }): Promise<void> {
		this.problem.value = this.callBackProblem.value = undefined;
		this.callsBack.value = false;
		this.state.value = "connecting";
		this.phone = request.phone;
		await this.#begin(() => placeCall({ api: this.#api, ...request }));
	}

	/** Takes up the call that this tab had before it was reloaded. */
	async resume(): Promise<void> {
		const call = rememberedCall();
		if (!call) return;
		this.state.value = "connecting";
		this.#call = call;
		this.answeredAt.value = call.answeredAt;
		this.muted.value = call.muted ?? false;
		await this.#begin(async () => call);
	}

	hangUp(): void {
		const line = this.#line ?? (this.#call && this.#openLine(this.#call));
		line?.closeWith({ type: "hangup" });
		this.#line = undefined;
		this.#end();
	}

	/** Leaves the line and keeps the place in the queue. @param phone as people write it */
	callBack(phone: string): void {
		this.callBackProblem.value = undefined;
		this.callsBack.value = true;
		this.#line?.send({ type: "callback", phone });
	}

	/** Leaves the queue, and a message there. */
	leaveMessage(): void {
		this.mayLeaveMessage.value = false;
		this.#line?.send({ type: "voicemail" });
	}

	/** Whether they may be recorded. */
	answerConsent(answer: "given" | "refused"): void {
		this.#line?.send({ type: "consent", answer });
	}

	toggleMute(): void {
		this.muted.value = !this.muted.value;
		this.#media?.setMuted(this.muted.value);
		this.#remember({ muted: this.muted.value });
	}

	press(key: string): void {
		this.#media?.press(key);
	}

	/** Call it from a click. */
	turnSoundOn(): void {
		this.#media?.play();
	}

	async #begin(place: () => Promise<PlacedCall>): Promise<void> {
		const isWanted = this.#attempts.begin();
		const media = this.#openMedia();
		try {
			const microphone = await media.open();
			if (!isWanted()) return;
			this.meter.watch("own", microphone);
			media.setMuted(this.muted.value);
			const call = await place();
			// Whoever has hung up meanwhile must not ring anybody.
			if (!isWanted()) return this.#openLine(call).closeWith({ type: "hangup" });
			this.#call = call;
			this.#remember({});
			this.#line = this.#openLine(this.#call);
		} catch (error) {
			if (isWanted()) this.#fail(problemOf(error));
		}
	}

	#openMedia(): CallMedia {
		this.#media = new CallMedia({
			send: (message) => this.#line?.send(message),
			onFailed: () => this.#line?.restart(),
			onBlocked: (blocked) => {
				this.soundBlocked.value = blocked;
			},
			onStream: (stream) => this.meter.watch("other", stream),
		});
		return this.#media;
	}

	#openLine({ socketPath, secret }: PlacedCall): Line {
		return new Line(this.#api, socketPath, secret, {
			onMessage: (message) => this.#receive(message),
			onUp: () => {
				this.reconnecting.value = false;
			},
			onDown: () => {
				this.reconnecting.value = true;
			},
			onClosed: (reason) => this.#fail({ kind: reason }),
		});
	}

	#receive(message: LineMessage): void {
		if (message.type === "offer") void this.#media?.answer(message.legId, message.sdp);
		else if (message.type === "candidate") {
			void this.#media?.addCandidate(message.legId, message.candidate, message.mid);
		} else if (message.type === "state") this.#show(message);
		else if (message.type === "screenshare") shareScreen(this.#api, message);
		else if (this.callsBack.value) {
			this.callsBack.value = false;
			this.callBackProblem.value = message.text;
		}
	}

	#show({
		state,
		agentName,
		reason,
		unheard,
		mayLeaveMessage,
		place,
		waitSeconds,
		consent,
	}: Extract<LineMessage, { type: "state" }>): void {
		if (state === "ended") {
			if (reason === "gone") this.#fail({ kind: "gone" });
			else this.#end();
			return;
		}
		this.state.value = state;
		this.unheard.value = unheard ?? false;
		this.mayLeaveMessage.value = mayLeaveMessage ?? false;
		this.place.value = place === undefined ? undefined : { place, waitSeconds };
		this.consent.value = consent;
		// Whoever was handed on to somebody without a name talks to nobody of before.
		this.agentName.value = agentName;
		if (state !== "connected" || this.answeredAt.value !== undefined) return;
		this.answeredAt.value = Date.now();
		this.#remember({ answeredAt: this.answeredAt.value });
	}

	#remember(news: Partial<PlacedCall>): void {
		if (!this.#call) return;
		this.#call = { ...this.#call, ...news };
		rememberCall(this.#call);
	}

	#fail(problem: CallProblem): void {
		this.problem.value = problem;
		this.#end();
		this.state.value = "idle";
	}

	#end(): void {
		this.#attempts.end();
		rememberCall(undefined);
		this.#call = undefined;
		this.#line?.close();
		this.#media?.close();
		this.meter.stop();
		this.#line = this.#media = undefined;
		this.state.value = "ended";
		this.agentName.value = this.answeredAt.value = undefined;
		this.muted.value = this.reconnecting.value = this.unheard.value = this.soundBlocked.value = false;
		this.mayLeaveMessage.value = false;
		this.place.value = this.consent.value = undefined;
	}
}

function problemOf(error: unknown): CallProblem {
	if (error instanceof MicrophoneError) return { kind: "microphone", problem: error.problem };
	return error instanceof CallRefused ? { kind: "refused", text: error.message } : { kind: "offline" };
}
