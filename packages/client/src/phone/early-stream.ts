import type { ApiClient } from "../session/api.ts";
import type { Clock } from "../session/clock.ts";
import type { SocketLike } from "../session/notifications.ts";
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
export type StreamOwner = Pick<StreamOptions, "canAnswer" | "onReady" | "onMessage" | "onRequest" | "onClosed">;

export interface OpenedStream {
	stream: XmppStream;
	/** Of the notification channel that it is. */
	channelId: string;
}

/** Makes the channel and signs on to its stream. Rejects with ApiError. */
export async function openStream(
	parts: StreamParts,
	owner: StreamOwner,
	isWanted: () => boolean,
	mayBind?: Promise<void>,
): Promise<OpenedStream | undefined> {
	const { api, jid, token, clock, newId, openSocket } = parts;
	const { id } = await api.post<{ id: string }>("/notifications/channels?connectionType=streaming");
	if (!isWanted()) return undefined;
	const socket = openSocket(`${api.base.replace(/^http/, "ws")}/stream/channels/${id}`);
	const stream = new XmppStream({
		...{ socket, jid, clock, newId, token: token() },
		...owner,
		...(mayBind ? { mayBind } : {}),
	});
	return { stream, channelId: id };
}

/** A stream that no phone has taken by then was opened in vain, ms. */
const patienceMs = 8_000;

/**
 * The stream of a phone that this tab had before it was loaded anew, signed on to while the panel still asks who its agent
 * is: in a call each step is silence. Nothing rings by it before the phone has taken it, as it is not bound until then.
 */
export class EarlyStream {
	readonly jid: string;
	#owner: StreamOwner | undefined;
	#isOver = false;
	#bind = () => {};
	readonly #opened: Promise<OpenedStream | undefined>;
	readonly #cancel: () => void;

	constructor(parts: StreamParts) {
		this.jid = parts.jid;
		const mayBind = new Promise<void>((resolve) => {
			this.#bind = resolve;
		});
		const owner: StreamOwner = {
			canAnswer: () => this.#owner?.canAnswer() ?? false,
			onReady: (servers) => this.#owner?.onReady(servers),
			onMessage: (message) => this.#owner?.onMessage(message),
			onRequest: (request) => this.#owner?.onRequest(request),
			onClosed: (denied) => {
				this.#isOver = true;
				this.#owner?.onClosed(denied);
			},
		};
		this.#opened = openStream(parts, owner, () => !this.#isOver, mayBind).catch(() => undefined);
		this.#cancel = parts.clock.after(patienceMs, () => this.close());
	}

	/** The phone takes it; undefined where there is none. */
	async take(owner: StreamOwner): Promise<OpenedStream | undefined> {
		this.#cancel();
		const opened = await this.#opened;
		if (!opened || this.#isOver) return undefined;
		this.#owner = owner;
		this.#bind();
		return opened;
	}

	/** Nobody takes it. */
	close(): void {
		this.#cancel();
		this.#isOver = true;
		void this.#opened.then((opened) => opened?.stream.close());
	}
}
