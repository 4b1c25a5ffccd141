import { Attempts } from "@inlay/contract/attempts";
import { type ReadonlySignal, signal } from "@preact/signals";
import { type ApiClient, ApiError } from "../session/api.ts";
import { backoffMs } from "../session/backoff.ts";
import type { EarlyCalls } from "./early-calls.ts";
import { type EarlyStream, type OpenedStream, openStream, type StreamOwner, type StreamParts } from "./early-stream.ts";
import { type Proposal, presence, type RpcMessage, readProposal, readRpc, readWithdrawal } from "./stanza.ts";
import type { XmppStream } from "./stream.ts";
import type { Element } from "./xml.ts";

export type LineState = "off" | "connecting" | "ready" | "lost";

export interface LineOptions extends StreamParts {
	api: ApiClient;
	random: () => number;
	/** One that was opened while the panel was starting. */
	early?: EarlyStream;
	/** Calls that were set up by it meanwhile. */
	onCalls?: (calls: EarlyCalls) => void;
	onProposal: (proposal: Proposal) => void;
	onWithdrawn: (sessionId: string) => void;
	onRpc: (message: RpcMessage, from: string) => void;
}

/** The phone's line to the server: keeps an XMPP stream up, and speaks call signalling over it. */
export class PhoneLine {
	readonly #options: LineOptions;
	readonly #state = signal<LineState>("off");
	#stream: XmppStream | undefined;
	#iceServers: RTCIceServer[] = [];
	#failures = 0;
	/** The stream that is being opened, or is open; none: none is wanted. */
	readonly #attempts = new Attempts();
	#cancelRetry: (() => void) | undefined;
	#channelId: string | undefined;
	#early: EarlyStream | undefined;
	#canAnswer = true;
	/** What the server has been told of that. */
	#told = true;

	constructor(options: LineOptions) {
		this.#options = options;
		this.#early = options.early;
	}

	get state(): ReadonlySignal<LineState> {
		return this.#state;
	}

	/** Of the stream that is open. */
	get channelId(): string | undefined {
		return this.#stream && this.#channelId;
	}

	get iceServers(): RTCIceServer[] {
		return this.#iceServers;
	}

	start(): void {
		if (!this.#attempts.isGoing) void this.#connect();
	}

	/** Another panel has the phone: what was opened for this one beforehand is not wanted. */
	dropEarly(): void {
		this.#early?.close();
		this.#early = undefined;
	}

	stop(): void {
		this.#attempts.end();
		this.#cancelRetry?.();
		const stream = this.#stream;
		this.#stream = undefined;
		this.#state.value = "off";
		stream?.close();
	}

	retryNow(): void {
		if (!this.#attempts.isGoing || this.#state.peek() !== "lost") return;
		void this.#connect();
	}

	/** Queues ring elsewhere while nobody could be heard from here. */
	setCanAnswer(canAnswer: boolean): void {
		this.#canAnswer = canAnswer;
		if (this.#state.peek() === "ready") this.#tellAnswers();
	}

	#tellAnswers(): void {
		if (this.#told === this.#canAnswer) return;
		this.#told = this.#canAnswer;
		this.#stream?.send(presence(this.#canAnswer));
	}

	/** The stream lives with the token that asked for something about its channel last: from now on with the current one. */
	async rebind(): Promise<void> {
		if (this.#stream) await this.#options.api.post(`/notifications/channels/${this.#channelId}/subscriptions`, []);
	}

	proceed(proposal: Proposal): void {
		this.#stream?.proceed(proposal);
	}

	reject(proposal: Proposal): void {
		this.#stream?.say("reject", proposal.from, proposal.sessionId);
	}

	rpc(to: string, method: RpcMessage["method"], params: RpcMessage["params"]): void {
		this.#stream?.rpc(method, params, to);
	}

	/** One stream at a time: two would ring twice. */
	async #connect(): Promise<void> {
		const isCurrent = this.#attempts.begin();
		this.#cancelRetry?.();
		if (this.#state.peek() !== "lost") this.#state.value = "connecting";
		try {
			const owner = this.#owner(isCurrent);
			const opened = (await this.#takeEarly(owner)) ?? (await openStream(this.#options, owner, isCurrent));
			if (!isCurrent()) return opened?.stream.close();
			this.#channelId = opened?.channelId;
			this.#stream = opened?.stream;
			opened?.goOn?.();
		} catch (error) {
			if (!isCurrent()) return;
			if (error instanceof ApiError && (error.status === 401 || error.status === 403)) this.stop();
			else this.#retryLater();
		}
	}

	/** Once: whatever breaks is opened anew. */
	async #takeEarly(owner: StreamOwner): Promise<OpenedStream | undefined> {
		const early = this.#early;
		this.#early = undefined;
		if (early?.jid === this.#options.jid) return early.take(owner);
		early?.close();
		return undefined;
	}

	#owner(isCurrent: () => boolean): StreamOwner {
		const { onRpc, onCalls } = this.#options;
		return {
			...(onCalls ? { onCalls } : {}),
			canAnswer: () => {
				this.#told = this.#canAnswer;
				return this.#canAnswer;
			},
			onReady: (iceServers) => {
				if (!isCurrent()) return;
				this.#failures = 0;
				this.#iceServers = iceServers;
				this.#state.value = "ready";
				this.#tellAnswers();
			},
			onMessage: (message) => this.#receiveMessage(message),
			onRequest: (request) => {
				const message = readRpc(request);
				if (message) onRpc(message, request.attributes.from ?? "");
			},
			onClosed: () => {
				if (!isCurrent()) return;
				this.#stream = undefined;
				this.#retryLater();
			},
		};
	}

	#receiveMessage(message: Element): void {
		const proposal = readProposal(message);
		const withdrawn = readWithdrawal(message);
		if (proposal) this.#options.onProposal(proposal);
		else if (withdrawn) this.#options.onWithdrawn(withdrawn);
	}

	#retryLater(): void {
		this.#state.value = "lost";
		const wait = backoffMs(this.#failures, this.#options.random());
		this.#failures += 1;
		this.#cancelRetry = this.#options.clock.after(wait, () => void this.#connect());
	}
}
