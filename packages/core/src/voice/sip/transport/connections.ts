/** Connections of SIP by TCP and TLS: those that we open, and those that peers have opened. */

import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { connect as connectTls } from "node:tls";
import type { SipMessage } from "../messages/message.ts";
import { peerKey, type SipPeer } from "./peer.ts";
import { SipStream } from "./stream.ts";

const connectMs = 10_000;
/** The system finds out by itself that the other end is gone, also where nobody has anything to say, ms. */
const probeMs = 60_000;

export interface ConnectionLimits {
	/** Connections that one address may open. */
	mostFromOne: number;
	/** Whoever says nothing for so long, and has no call, is let go, ms. */
	idleMs: number;
	/** Between two signs of life of ours, which keep the way through a NAT open (RFC 5626, section 4.4.1), ms. */
	keepAliveMs: number;
}

export const connectionLimits: ConnectionLimits = { mostFromOne: 20, idleMs: 180_000, keepAliveMs: 25_000 };

export interface ConnectionsOptions {
	message(message: SipMessage, from: SipPeer): void;
	/** Whether a call runs with somebody at this address: its connection is left alone, however little is said. */
	inUse(address: string): boolean;
	/** Somebody has as many connections as one may have, and wants another. */
	crowded(address: string): void;
	limits: ConnectionLimits;
}

export class Connections {
	readonly #options: ConnectionsOptions;
	readonly #byPeer = new Map<string, Promise<Socket>>();
	readonly #open = new Set<Socket>();
	/** Those that peers have opened, with where they came from. */
	readonly #theirs = new Map<Socket, SipPeer>();
	#keepAlive: NodeJS.Timeout | undefined;

	constructor(options: ConnectionsOptions) {
		this.#options = options;
	}

	start(): void {
		this.#keepAlive = setInterval(() => this.#ping(), this.#options.limits.keepAliveMs);
	}

	stop(): void {
		clearInterval(this.#keepAlive);
		for (const socket of this.#open) socket.destroy();
	}

	/** One that a peer has opened. */
	take(socket: Socket, peer: SipPeer): void {
		const { mostFromOne, idleMs } = this.#options.limits;
		const others = [...this.#theirs.values()].filter(({ address }) => address === peer.address);
		if (others.length >= mostFromOne) {
			socket.on("error", () => {});
			socket.destroy();
			this.#options.crowded(peer.address);
			return;
		}
		// By what is heard alone: our own keep-alives are no sign of life of theirs.
		const idle = setInterval(() => !this.#options.inUse(peer.address) && socket.destroy(), idleMs);
		socket.on("data", () => idle.refresh());
		this.#byPeer.set(peerKey(peer), Promise.resolve(socket));
		this.#theirs.set(socket, peer);
		socket.once("close", () => {
			clearInterval(idle);
			this.#theirs.delete(socket);
		});
		this.#follow(socket, peer);
	}

	/** The connection to a peer, opened where there is none. @throws Error where none comes about */
	to(peer: SipPeer): Promise<Socket> {
		const key = peerKey(peer);
		const known = this.#byPeer.get(key) ?? this.#from(peer);
		if (known) return known;
		const opening = this.#openTo(peer);
		this.#byPeer.set(key, opening);
		opening.catch(() => this.#byPeer.get(key) === opening && this.#byPeer.delete(key));
		return opening;
	}

	/** One that the peer has opened, whatever port it came from: it is asked where it is heard. */
	#from({ transport, address }: SipPeer): Promise<Socket> | undefined {
		const own = [...this.#theirs].findLast(([, peer]) => peer.transport === transport && peer.address === address);
		return own && Promise.resolve(own[0]);
	}

	async #openTo(peer: SipPeer): Promise<Socket> {
		const { address: host, port, serverName } = peer;
		const isSecret = peer.transport === "tls";
		const socket = isSecret
			? connectTls({ host, port, ...(serverName ? { servername: serverName } : {}) })
			: connect({ host, port });
		this.#follow(socket, peer);
		await once(socket, isSecret ? "secureConnect" : "connect", { signal: AbortSignal.timeout(connectMs) }).catch(
			(error: unknown) => {
				socket.destroy();
				throw error;
			},
		);
		return socket;
	}

	#follow(socket: Socket, peer: SipPeer): void {
		const stream = new SipStream();
		this.#open.add(socket);
		socket.setNoDelay(true);
		socket.setKeepAlive(true, probeMs);
		socket.on("error", () => {});
		socket.once("close", () => {
			this.#open.delete(socket);
			this.#byPeer.delete(peerKey(peer));
		});
		socket.on("data", (bytes: Buffer) => {
			try {
				const { messages, pings } = stream.take(bytes);
				if (pings > 0) socket.write("\r\n".repeat(pings));
				for (const message of messages) this.#options.message(message, peer);
			} catch {
				// Where the next message begins nobody knows any more.
				socket.destroy();
			}
		});
	}

	#ping(): void {
		for (const socket of this.#open) if (!socket.connecting) socket.write("\r\n\r\n");
	}
}
