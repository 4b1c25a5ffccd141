/** UDP ports for trunks' sound: any free one, or one of a range that a firewall lets through. */

import { createSocket, type Socket } from "node:dgram";
import { once } from "node:events";
import { MediaError } from "./media-error.ts";

/** First and last port, both within. */
export type PortRange = readonly [number, number];

export class RtpPorts {
	readonly #bindAddress: string;
	readonly #range: PortRange | undefined;
	/** Where the search goes on: a port that was just given back may still hear of its last call. */
	#next: number;

	/** @param bindAddress undefined for all interfaces */
	constructor(bindAddress: string | undefined, range: PortRange | undefined) {
		this.#bindAddress = bindAddress ?? "0.0.0.0";
		this.#range = range;
		this.#next = range?.[0] ?? 0;
	}

	/** @throws MediaError `media.ports.taken` where none of the range is free */
	async open(): Promise<Socket> {
		if (!this.#range) return this.#bind(0);
		const [first, last] = this.#range;
		for (let left = last - first; left >= 0; left--) {
			const port = this.#next;
			this.#next = port >= last ? first : port + 1;
			const socket = await this.#bind(port).catch(() => undefined);
			if (socket) return socket;
		}
		throw new MediaError("media.ports.taken", `All UDP ports from ${first} to ${last} are taken.`);
	}

	async #bind(port: number): Promise<Socket> {
		const socket = createSocket("udp4");
		try {
			socket.bind(port, this.#bindAddress);
			await once(socket, "listening");
			return socket;
		} catch (error) {
			socket.close();
			throw error;
		}
	}
}

/** The address of this machine from which packets to another leave. */
export async function addressTowards(peer: string): Promise<string> {
	const socket = createSocket("udp4");
	try {
		// Nothing is sent: the system only chooses a way (RFC 768 knows no connection).
		socket.connect(9, peer);
		await once(socket, "connect");
		return socket.address().address;
	} finally {
		socket.close();
	}
}
