import { CallMedia, type MediaEvents } from "./call-media.ts";
import type { Leg } from "./legs.ts";
import { type Proposal, type RpcMessage, readProposal, readRpc } from "./stanza.ts";
import type { XmppStream } from "./stream.ts";
import type { Element } from "./xml.ts";

export interface EarlyCallsOptions {
	/** What the agent has chosen. */
	microphone: string | undefined;
	speaker: string | undefined;
	/** Whether the agent is heard until the phone says otherwise; the server mutes all the same. */
	isSending: boolean;
}

/** A connection, and what its phone is to be told of it. */
interface EarlyMedia {
	media: CallMedia;
	leg?: Leg;
	stream?: XmppStream;
	missed: Array<(events: MediaEvents) => void>;
}

type EarlyLeg = Required<EarlyMedia>;

/**
 * The sound of calls that go on after a reload, set up while the panel still asks who its agent is (docs/decisions/0038).
 * It takes what the server says is heard without a click, and nothing that rings.
 */
export class EarlyCalls {
	readonly #options: EarlyCallsOptions;
	readonly #legs = new Map<string, EarlyLeg>();
	#iceServers: RTCIceServer[] = [];
	/** Made before anything is offered. */
	#spare: EarlyMedia | undefined;
	#isOver = false;
	readonly #heard = Promise.withResolvers<void>();

	constructor(options: EarlyCallsOptions) {
		this.#options = options;
	}

	/** Makes a connection before anything is offered. */
	prepare(): void {
		if (this.#isOver || this.#legs.size > 0) return;
		this.#spare = this.#makeMedia();
		this.#spare.media.prepare();
	}

	/** A call is being set up here. */
	get isTaking(): boolean {
		return this.#legs.size > 0;
	}

	/** Resolves when a call is heard, or when none will be here. */
	get heard(): Promise<void> {
		return this.#heard.promise;
	}

	useIceServers(iceServers: RTCIceServer[]): void {
		this.#iceServers = iceServers;
	}

	/** @returns whether it is a call that is taken here */
	takesMessage(stream: XmppStream, message: Element): boolean {
		const proposal = readProposal(message);
		if (!proposal?.autoAnswer || this.#isOver) return false;
		if (!this.#legs.has(proposal.sessionId)) this.#take(stream, proposal);
		return true;
	}

	/** @returns whether it is about a call that was taken here */
	takesRequest(request: Element): boolean {
		const message = readRpc(request);
		const early = message && this.#legs.get(message.params.sessionId);
		if (early) this.#signal(early, message).catch(() => this.#fail(early));
		return early !== undefined;
	}

	/** Gives the calls to their phone, and tells it what has happened to each. */
	handOver(take: (leg: Leg) => MediaEvents): void {
		this.#isOver = true;
		this.#dropSpare();
		for (const { leg, media, missed } of this.#legs.values()) {
			const events = take(leg);
			media.tell(events);
			for (const news of missed) news(events);
		}
		this.#legs.clear();
	}

	/** No phone will have them: the server is told, and offers them where the agent is. */
	giveUp(): void {
		this.#isOver = true;
		this.#heard.resolve();
		this.#dropSpare();
		for (const early of [...this.#legs.values()]) this.#fail(early);
	}

	#makeMedia(): EarlyMedia {
		const early: EarlyMedia = {
			media: new CallMedia(() => this.#iceServers, {
				onCandidate: (sdp) => say(early, "iceCandidate", { sdp }),
				onActive: () => {
					say(early, "info", { status: "active" });
					if (early.leg) early.leg.state = "active";
					this.#heard.resolve();
				},
				onFailed: () => early.leg && this.#fail(early as EarlyLeg),
				onBlocked: () => early.missed.push((events) => events.onBlocked()),
				onMicrophone: (change) => early.missed.push((events) => events.onMicrophone(change)),
			}),
			missed: [],
		};
		return early;
	}

	/** The agent is heard as soon as the microphone is open; that they hear waits for nothing. */
	#take(stream: XmppStream, proposal: Proposal): void {
		const early = this.#spare ?? this.#makeMedia();
		this.#spare = undefined;
		const leg: Leg = { proposal, conversationId: proposal.conversationId, state: "connecting", media: early.media };
		const taken = Object.assign(early, { leg, stream });
		this.#legs.set(proposal.sessionId, taken);
		const { microphone, speaker, isSending } = this.#options;
		early.media.setSending(isSending);
		// Whoever could not be heard is asked, by the phone, as with any call.
		early.media.open(microphone, speaker).catch(() => this.#fail(taken));
		stream.proceed(proposal);
	}

	async #signal(early: EarlyLeg, { method, params }: RpcMessage): Promise<void> {
		const { sdp } = params;
		if (method === "terminate") this.#drop(early);
		else if (method === "iceCandidate" && sdp !== undefined) await early.media.addCandidate(sdp);
		else if (method === "offer" && sdp !== undefined) {
			early.leg.isPersistent = params.persistent === true;
			const answer = await early.media.answer(sdp);
			if (answer !== undefined) say(early, "answer", { sdp: answer });
		}
	}

	/** The server offers the call again, which from then on is the phone's. */
	#fail(early: EarlyLeg): void {
		if (this.#legs.get(early.leg.proposal.sessionId) !== early) return;
		this.#isOver = true;
		this.#heard.resolve();
		say(early, "terminate", { reason: "failed-transport" });
		this.#drop(early);
	}

	#drop(early: EarlyLeg): void {
		early.media.close();
		this.#legs.delete(early.leg.proposal.sessionId);
	}

	#dropSpare(): void {
		this.#heard.resolve();
		this.#spare?.media.close();
		this.#spare = undefined;
	}
}

function say(
	{ leg, stream }: EarlyMedia,
	method: RpcMessage["method"],
	params: Omit<RpcMessage["params"], "sessionId">,
) {
	if (leg) stream?.rpc(method, { sessionId: leg.proposal.sessionId, ...params }, leg.proposal.from);
}
