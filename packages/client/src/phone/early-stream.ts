import type { ApiClient } from "../session/api.ts";
import type { Clock } from "../session/clock.ts";
import type { SocketLike } from "../session/notifications.ts";
import type { EarlyCalls } from "./early-calls.ts";
import { presence } from "./stanza.ts";
import { type StreamOptions, XmppStream } from "./stream.ts";

/** Where the phone's streams are, and what makes one. */
export interface StreamParts extends Pick<StreamOptions, "jid" | "clock" | "newId"> {
	api: Pick<ApiClient, "base" | "post">;
	token: () => string;
	clock: Clock;
	/** Opens a WebSocket with the subprotocol `xmpp`. */
	openSocket: (url: string) => SocketLike;
}

/** Whom the stream tells what comes by it. */
export interface StreamOwner
	extends Pick<StreamOptions, "canAnswer" | "onReady" | "onMessage" | "onRequest" | "onClosed"> {
	/** Calls whose sound was set up before there was a phone are its own from now on. */
	onCalls?: (calls: EarlyCalls) => void;
}

export interface OpenedStream {
	stream: XmppStream;
	/** Of the notification channel that it is. */
	channelId: string;
	/** Its owner is told what has come, and from now on what comes. Without: it is told anyway. */
	goOn?: () => void;
}

/** Makes the channel and signs on to its stream. Rejects with ApiError. */
export async function openStream(
	parts: StreamParts,
	owner: StreamOwner,
	isWanted: () => boolean,
): Promise<OpenedStream | undefined> {
	const channelId = await makeChannel(parts);
	return isWanted() ? openOn(parts, channelId, { ...owner, token: parts.token() }) : undefined;
}

async function makeChannel({ api }: Pick<StreamParts, "api">): Promise<string> {
	return (await api.post<{ id: string }>("/notifications/channels?connectionType=streaming")).id;
}

function openOn(
	{ api, jid, clock, newId, openSocket }: Omit<StreamParts, "token">,
	channelId: string,
	options: Omit<StreamOptions, "socket" | "jid" | "clock" | "newId">,
): OpenedStream {
	const socket = openSocket(`${api.base.replace(/^http/, "ws")}/stream/channels/${channelId}`);
	return { stream: new XmppStream({ socket, jid, clock, newId, ...options }), channelId };
}

/** What a phone leaves to the next page of its tab. */
export interface PhoneBefore {
	jid: string;
	/** Of its stream's channel: the next page comes back on it sooner than on a new one. */
	channelId?: string | undefined;
	/** Its connections, which went with the page. On the same channel the server would take them for alive. */
	sessions: readonly string[];
	/** Somebody was heard here. */
	wasHeard: boolean;
	/** And heard the agent: neither muted nor held. */
	wasSending: boolean;
}

export interface EarlyParts extends Omit<StreamParts, "token" | "jid"> {
	before: PhoneBefore;
	/** Resolves as soon as there is one; rejects where there will be none. */
	token: Promise<string>;
	/** Takes the calls that go on, where somebody was heard. */
	calls?: EarlyCalls;
}

/** A stream that no phone has taken by then was opened in vain, ms. */
const patienceMs = 8_000;
/**
 * How long the panel's own work stands back for the sound of a call that goes on, ms: for the line, from the start of the page;
 * for an offer, once there is the line; and then until it is heard. A busy machine takes long for each, and longest where all is
 * done at once.
 */
const lineMs = 1_200;
const offerMs = 400;
const soundMs = 1_200;

/**
 * The stream of a phone that this tab had before it was loaded anew, signed on to while the panel still asks who its agent
 * is: in a call each step is silence. Where somebody was heard, `calls` sets the sound up before there is a phone
 * (docs/decisions/0038); nothing else rings by the stream before the phone has taken it.
 */
export class EarlyStream {
	readonly jid: string;
	readonly #parts: EarlyParts;
	/** Who is to have it; and who has it, and is told what comes. */
	#taker: StreamOwner | undefined;
	#owner: StreamOwner | undefined;
	/** What has come before it had an owner. */
	readonly #held: Array<(owner: StreamOwner) => void> = [];
	#hasSaidNo = false;
	#stream: XmppStream | undefined;
	#isOver = false;
	readonly #taken = Promise.withResolvers<void>();
	readonly #opened: Promise<OpenedStream | undefined>;
	readonly #cancel: () => void;
	readonly #ready = Promise.withResolvers<void>();
	readonly #headStart: Promise<void>;

	constructor(parts: EarlyParts) {
		this.jid = parts.before.jid;
		this.#parts = parts;
		this.#opened = this.#open().catch(() => undefined);
		// After the socket, which is on its way meanwhile: the first connection of a page takes its time.
		parts.calls?.prepare();
		// Nothing will be heard by a stream that there is not.
		void this.#opened.then((opened) => opened ?? parts.calls?.giveUp());
		this.#cancel = parts.clock.after(patienceMs, () => this.close());
		this.#headStart = Promise.race([this.#after(lineMs), this.#ready.promise.then(() => this.#after(offerMs))]);
	}

	/** Resolves when a call is heard again, or has had its time: the processor is its own until then. */
	async heard(): Promise<void> {
		const { calls } = this.#parts;
		if (!calls || this.#isOver) return;
		await Promise.race([calls.heard, this.#headStart]);
		if (!calls.isTaking) return;
		await Promise.race([calls.heard, this.#after(soundMs)]);
	}

	#after(ms: number): Promise<void> {
		return new Promise((resolve) => void this.#parts.clock.after(ms, resolve));
	}

	/** The phone takes it; undefined where there is none. */
	async take(owner: StreamOwner): Promise<OpenedStream | undefined> {
		this.#cancel();
		this.#taker = owner;
		this.#taken.resolve();
		const opened = await this.#opened;
		if (!opened || this.#isOver) return undefined;
		return { ...opened, goOn: () => this.#goOn(owner, opened.stream) };
	}

	/** Nobody takes it. What was set up by it waits for whoever has the calls now. */
	close(): void {
		this.#cancel();
		if (this.#owner || this.#isOver) return;
		this.#isOver = true;
		this.#parts.calls?.giveUp();
		this.#stream?.close();
	}

	/** On the channel of the page before; on a new one where that has gone. */
	async #open(): Promise<OpenedStream | undefined> {
		const { before, token } = this.#parts;
		const again = before.channelId === undefined ? undefined : await this.#openOn(before.channelId, token);
		const signedIn = await token;
		if (again || this.#isOver) return again;
		const channelId = await makeChannel(this.#parts);
		return this.#isOver ? undefined : this.#openOn(channelId, signedIn);
	}

	/** Resolves once it is signed on to; undefined where it ends before that. */
	async #openOn(channelId: string, token: StreamOptions["token"]): Promise<OpenedStream | undefined> {
		const { calls, before } = this.#parts;
		const signedOn = Promise.withResolvers<boolean>();
		const opened: OpenedStream = openOn({ ...this.#parts, jid: this.jid }, channelId, {
			token,
			mayBind: () => {
				signedOn.resolve(true);
				return calls ? undefined : this.#taken.promise;
			},
			onBinding: () => {
				for (const sessionId of before.sessions) opened.stream.rpc("terminate", { sessionId, reason: "gone" });
			},
			canAnswer: () => this.#taker?.canAnswer() ?? this.#sayNo(),
			onReady: (iceServers) => {
				this.#ready.resolve();
				calls?.useIceServers(iceServers);
				this.#tell((owner) => owner.onReady(iceServers));
			},
			onMessage: (message) => {
				if (this.#owner || !calls?.takesMessage(opened.stream, message))
					this.#tell((owner) => owner.onMessage(message));
			},
			onRequest: (request) => {
				if (this.#owner || !calls?.takesRequest(request)) this.#tell((owner) => owner.onRequest(request));
			},
			onClosed: (denied) => {
				signedOn.resolve(false);
				void signedOn.promise.then((wasOn) => wasOn && this.#broke(denied));
			},
		});
		this.#stream = opened.stream;
		return (await signedOn.promise) ? opened : undefined;
	}

	/** Queues ring here once there is somebody to see it. */
	#sayNo(): boolean {
		this.#hasSaidNo = true;
		return false;
	}

	#tell(news: (owner: StreamOwner) => void): void {
		if (this.#owner) news(this.#owner);
		else this.#held.push(news);
	}

	#goOn(owner: StreamOwner, stream: XmppStream): void {
		if (this.#isOver) {
			owner.onClosed(false);
			return;
		}
		this.#owner = owner;
		if (this.#hasSaidNo && owner.canAnswer()) stream.send(presence(true));
		if (this.#parts.calls) owner.onCalls?.(this.#parts.calls);
		for (const news of this.#held.splice(0)) news(owner);
	}

	#broke(denied: boolean): void {
		this.#isOver = true;
		if (this.#owner) this.#owner.onClosed(denied);
		else this.#parts.calls?.giveUp();
	}
}
