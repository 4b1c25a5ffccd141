/** The sockets by which SIP comes and goes: datagrams and connections on one port. */

import { createSocket, type Socket as UdpSocket } from "node:dgram";
import { once } from "node:events";
import { createServer, type Server, type Socket } from "node:net";
import { addressTowards } from "../../media/rtp-ports.ts";
import { readMessage, type SipMessage, writeMessage } from "../messages/message.ts";
import { type ConnectionLimits, Connections, connectionLimits } from "./connections.ts";
import type { SipPeer } from "./peer.ts";

const mostConnections = 200;
/** A port that is free for datagrams may be taken for connections: of any that are free so many are tried. */
const mostFreeTries = 10;

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
	/** Whether a call runs with somebody at this address. */
	inUse(address: string): boolean;
	/** Somebody has as many connections as one may have, and wants another. */
	crowded(address: string): void;
	limits?: ConnectionLimits;
}

export class SipSockets {
	readonly #options: SipSocketsOptions;
	#udp: UdpSocket;
	#server: Server;
	readonly #connections: Connections;

	constructor(options: SipSocketsOptions) {
		this.#options = options;
		this.#udp = this.#newUdp();
		this.#server = this.#newServer();
		this.#connections = new Connections({ ...options, limits: options.limits ?? connectionLimits });
	}

	/** Port of both doors. */
	get port(): number {
		return this.#udp.address().port;
	}

	/** @throws Error of the network: the port is taken, or the address is not this machine's */
	async start(): Promise<void> {
		const ports = this.#options.ports.flatMap((port) => (port === 0 ? Array<number>(mostFreeTries).fill(0) : [port]));
		for (const [at, port] of ports.entries()) {
			try {
				await this.#openAt(port);
				break;
			} catch (error) {
				await this.#renew();
				if (at === ports.length - 1) throw error;
			}
		}
		this.#connections.start();
	}

	async stop(): Promise<void> {
		this.#connections.stop();
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
		(await this.#connections.to(to)).write(bytes);
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
		this.#connections.take(socket, { transport: "tcp", address, port: socket.remotePort ?? 0 });
	}

	/** Keeps the way through a NAT open for datagrams. */
	keepOpen({ address, port }: SipPeer): void {
		this.#udp.send("\r\n\r\n", port, address, () => {});
	}
}

function remoteOf(socket: Socket): string {
	return (socket.remoteAddress ?? "").replace(/^::ffff:/, "");
}
