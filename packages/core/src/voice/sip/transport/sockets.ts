/** The sockets by which SIP comes and goes: UDP and TCP on one port, and connections that we open by TCP and TLS. */

import { createSocket, type Socket as UdpSocket } from "node:dgram";
import { once } from "node:events";
import { connect, createServer, type Server, type Socket } from "node:net";
import { connect as connectTls } from "node:tls";
import { addressTowards } from "../../media/rtp-ports.ts";
import { readMessage, type SipMessage, writeMessage } from "../messages/message.ts";
import { peerKey, type SipPeer } from "./peer.ts";
import { SipStream } from "./stream.ts";

const connectMs = 10_000;
/** Keeps the way through a NAT open (RFC 5626, section 4.4.1). */
const keepAliveMs = 25_000;
const mostConnections = 200;
/** Connections that one address opens, and how long one says nothing, ms. */
const mostFromOne = 20;
const idleMs = 180_000;

export interface SipSocketsOptions {
	/** Undefined for all interfaces. */
	bindAddress: string | undefined;
	/** The first of them that is free; 0 for any. */
	ports: readonly number[];
	/** The address that others are told; undefined for the one of this machine's that leads to them. */
	announced?: string;
	/** Whether somebody at this address is spoken with at all: others are not answered, so that they learn of nothing here. */
	knows(address: string, transport: SipPeer["transport"]): boolean;
	/** A message from somebody known. */
	message(message: SipMessage, from: SipPeer): void;
	/** Somebody at an unknown address has tried. */
	stranger(address: string): void;
}

export class SipSockets {
	readonly #options: SipSocketsOptions;
	#udp: UdpSocket;
	#server: Server;
	readonly #connections = new Map<string, Promise<Socket>>();
	readonly #open = new Set<Socket>();
	/** Those that peers have opened. */
	readonly #theirs = new Set<Socket>();
	#keepAlive: NodeJS.Timeout | undefined;

	constructor(options: SipSocketsOptions) {
		this.#options = options;
		this.#udp = this.#newUdp();
		this.#server = this.#newServer();
	}

	/** Port of both doors. */
	get port(): number {
		return this.#udp.address().port;
	}

	/** @throws Error of the network: the port is taken, or the address is not this machine's */
	async start(): Promise<void> {
		const { ports } = this.#options;
		for (const [at, port] of ports.entries()) {
			try {
				await this.#openAt(port);
				break;
			} catch (error) {
				await this.#renew();
				if (at === ports.length - 1) throw error;
			}
		}
		this.#keepAlive = setInterval(() => this.#ping(), keepAliveMs);
	}

	async stop(): Promise<void> {
		clearInterval(this.#keepAlive);
		for (const socket of this.#open) socket.destroy();
		const closed = this.#server.listening ? once(this.#server, "close") : undefined;
		this.#server.close();
		await new Promise<void>((resolve) => this.#udp.close(() => resolve()));
		await closed;
	}

	/** Where a peer reaches us, as it is told. */
	async ownAddress(peer: SipPeer): Promise<{ host: string; port: number }> {
		const host = this.#options.announced ?? (await addressTowards(peer.address));
		return { host, port: this.port };
	}

	/** @throws Error where no connection comes about; a datagram is not known to arrive */
	async send(message: SipMessage, to: SipPeer): Promise<void> {
		const bytes = writeMessage(message);
		if (to.transport === "udp") {
			await new Promise<void>((resolve, reject) =>
				this.#udp.send(bytes, to.port, to.address, (error) => (error ? reject(error) : resolve())),
			);
			return;
		}
		(await this.#connectionTo(to)).write(bytes);
	}

	/** Both doors have one number: whoever is told one of them finds the other. */
	async #openAt(port: number): Promise<void> {
		const { bindAddress = "0.0.0.0" } = this.#options;
		this.#udp.bind(port, bindAddress);
		await once(this.#udp, "listening");
		this.#server.listen(this.port, bindAddress);
		await once(this.#server, "listening");
	}

	/** A socket that could not be opened can never be. */
	async #renew(): Promise<void> {
		this.#udp.close();
		this.#server.close();
		this.#udp = this.#newUdp();
		this.#server = this.#newServer();
	}

	#newUdp(): UdpSocket {
		const udp = createSocket("udp4");
		udp.on("message", (bytes, { address, port }) => this.#onDatagram(bytes, address, port));
		// ICMP of a peer that is away: its transaction ends by time.
		udp.on("error", () => {});
		return udp;
	}

	#newServer(): Server {
		const server = createServer((socket) => this.#onConnection(socket));
		server.maxConnections = mostConnections;
		return server;
	}

	#onDatagram(bytes: Buffer, address: string, port: number): void {
		if (!this.#options.knows(address, "udp")) {
			this.#options.stranger(address);
			return;
		}
		const message = readMessage(bytes);
		if (message) this.#options.message(message, { transport: "udp", address, port });
	}

	#onConnection(socket: Socket): void {
		const address = remoteOf(socket);
		if (!this.#options.knows(address, "tcp")) {
			socket.destroy();
			this.#options.stranger(address);
			return;
		}
		const peer: SipPeer = { transport: "tcp", address, port: socket.remotePort ?? 0 };
		const others = [...this.#connections.keys()].filter((key) => key.startsWith(`tcp:${address}:`));
		if (others.length >= mostFromOne) {
			socket.destroy();
			return;
		}
		// A call's connection is heard by its keep-alives, which both sides send.
		socket.setTimeout(idleMs, () => socket.destroy());
		this.#connections.set(peerKey(peer), Promise.resolve(socket));
		this.#theirs.add(socket);
		socket.once("close", () => this.#theirs.delete(socket));
		this.#follow(socket, peer);
	}

	#connectionTo(peer: SipPeer): Promise<Socket> {
		const key = peerKey(peer);
		const known = this.#connections.get(key) ?? this.#connectionFrom(peer);
		if (known) return known;
		const opening = this.#openTo(peer);
		this.#connections.set(key, opening);
		opening.catch(() => this.#connections.get(key) === opening && this.#connections.delete(key));
		return opening;
	}

	/** One that the peer has opened, whatever port it came from: it is asked where it is heard. */
	#connectionFrom({ transport, address }: SipPeer): Promise<Socket> | undefined {
		if (transport !== "tcp") return undefined;
		const own = [...this.#theirs].findLast((socket) => remoteOf(socket) === address);
		return own && Promise.resolve(own);
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
		socket.on("error", () => {});
		socket.once("close", () => {
			this.#open.delete(socket);
			this.#connections.delete(peerKey(peer));
		});
		socket.on("data", (bytes: Buffer) => {
			try {
				const { messages, pings } = stream.take(bytes);
				for (let owed = pings; owed > 0; owed--) socket.write("\r\n");
				for (const message of messages) this.#options.message(message, peer);
			} catch {
				// Where the next message begins nobody knows any more.
				socket.destroy();
			}
		});
	}

	/** Keeps the way through a NAT open for datagrams. */
	keepOpen({ address, port }: SipPeer): void {
		this.#udp.send("\r\n\r\n", port, address, () => {});
	}

	#ping(): void {
		for (const socket of this.#open) if (!socket.connecting) socket.write("\r\n\r\n");
	}
}

function remoteOf(socket: Socket): string {
	return (socket.remoteAddress ?? "").replace(/^::ffff:/, "");
}
