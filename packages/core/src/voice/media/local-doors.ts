/**
 * Doors to a media port that listens on loopback: at the machine's other addresses, for programs on this machine alone.
 * Firefox sends no media to 127.0.0.1 unless told to (media.peerconnection.ice.loopback), but to an address that its own
 * machine has on a network. Packets from elsewhere are dropped, so the port stays closed to the network
 * (docs/decisions/0020-sound-on-this-machine.md).
 */

import { createSocket, type RemoteInfo, type Socket } from "node:dgram";
import { once } from "node:events";
import { networkAddresses } from "./own-addresses.ts";

const LOOPBACK = "127.0.0.1";
/** A sender that is silent for this long is forgotten; ICE asks every few seconds (RFC 7675 section 5.1). */
const IDLE_MS = 60_000;
/** A machine with many container networks has as many addresses; a browser needs one that works. */
const MAX_DOORS = 8;
/** Senders at a time: each is given a port of its own, by which the media port tells them apart. */
const MAX_SENDERS = 512;

interface Door {
	address: string;
	socket: Socket;
}

interface Sender {
	inner: Socket;
	heardAt: number;
}

export class LocalDoors {
	readonly #port: number;
	readonly #addresses: () => string[];
	readonly #doors = new Map<string, Door>();
	readonly #senders = new Map<string, Sender>();
	readonly #sweep: NodeJS.Timeout;
	#own: ReadonlySet<string> = new Set();
	/** One at a time: two legs made at once must not open the same door twice. */
	#refreshed: Promise<string[]> = Promise.resolve([]);

	/**
	 * @param port of the media socket on 127.0.0.1; the doors have the same one
	 * @param addresses that this machine has on networks now
	 */
	constructor(port: number, addresses: () => string[] = networkAddresses) {
		this.#port = port;
		this.#addresses = addresses;
		this.#sweep = setInterval(() => this.#forgetSilent(), IDLE_MS);
		this.#sweep.unref();
	}

	/** Opens doors at the addresses that the machine has now and closes those at lost ones; gives the open ones. */
	refresh(): Promise<string[]> {
		this.#refreshed = this.#refreshed.then(() => this.#refresh()).catch(() => []);
		return this.#refreshed;
	}

	async #refresh(): Promise<string[]> {
		const now = this.#addresses();
		const wanted = now.slice(0, MAX_DOORS);
		this.#own = new Set([LOOPBACK, ...now]);
		for (const door of this.#doors.values()) if (!wanted.includes(door.address)) this.#shut(door);
		await Promise.all(wanted.filter((address) => !this.#doors.has(address)).map((address) => this.#open(address)));
		return wanted.filter((address) => this.#doors.has(address));
	}

	close(): void {
		clearInterval(this.#sweep);
		for (const door of this.#doors.values()) this.#shut(door);
		for (const { inner } of this.#senders.values()) inner.close();
		this.#senders.clear();
	}

	/** An address where the port is taken gets no door and is not announced. */
	async #open(address: string): Promise<void> {
		const socket = createSocket("udp4");
		try {
			socket.bind({ port: this.#port, address, exclusive: true });
			await once(socket, "listening");
		} catch {
			socket.close();
			return;
		}
		const door: Door = { address, socket };
		socket.on("error", () => this.#shut(door));
		socket.on("message", (packet, from) => this.#passOn(door, packet, from));
		this.#doors.set(address, door);
	}

	#shut(door: Door): void {
		if (this.#doors.get(door.address) !== door) return;
		this.#doors.delete(door.address);
		door.socket.close();
	}

	#passOn(door: Door, packet: Buffer, from: RemoteInfo): void {
		if (!this.#own.has(from.address)) return;
		const key = `${door.address} ${from.address}:${from.port}`;
		const sender = this.#senders.get(key) ?? (isStun(packet) ? this.#admit(key, door, from) : undefined);
		if (!sender) return;
		sender.heardAt = performance.now();
		sender.inner.send(packet, this.#port, LOOPBACK, ignore);
	}

	#admit(key: string, door: Door, from: RemoteInfo): Sender | undefined {
		if (this.#senders.size >= MAX_SENDERS) return undefined;
		const inner = createSocket("udp4");
		inner.on("error", () => this.#forget(key));
		inner.on("message", (packet, { address, port }) => {
			const isOurs = address === LOOPBACK && port === this.#port;
			if (isOurs && this.#doors.get(door.address) === door) {
				door.socket.send(packet, from.port, from.address, ignore);
			}
		});
		// At the sender's own address: the media port tells senders where they are seen, and Firefox takes no loopback for it.
		inner.bind(0, from.address);
		const sender = { inner, heardAt: performance.now() };
		this.#senders.set(key, sender);
		return sender;
	}

	#forgetSilent(): void {
		const since = performance.now() - IDLE_MS;
		for (const [key, { heardAt }] of this.#senders) if (heardAt < since) this.#forget(key);
	}

	#forget(key: string): void {
		this.#senders.get(key)?.inner.close();
		this.#senders.delete(key);
	}
}

/** Only a check opens a way in (RFC 7983 section 7: its first byte is 0 to 3). */
function isStun(packet: Buffer): boolean {
	return packet.length >= 20 && (packet[0] as number) < 4;
}

/** A packet that could not be sent is a lost packet. */
function ignore(): void {}
