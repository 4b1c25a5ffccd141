/**
 * One leg towards a trunk: RTP over a UDP port of its own, plain or encrypted. It takes sound from where the signalling says, or
 * from where the peer's own packets come (a peer behind NAT does not know its address), and from nobody else.
 */

import { randomBytes, randomInt } from "node:crypto";
import type { Socket } from "node:dgram";
import type { LegStats, RtpPeer } from "../media-engine.ts";
import { FRAME_MS } from "./audio.ts";
import type { EngineLeg } from "./leg.ts";
import { isRtcp } from "./rtp.ts";
import { mirrored, type RtpDescription, readRtpSdp, type SdesKey, sdesSuites, writeRtpSdp } from "./rtp-sdp.ts";
import { EVENT_PAYLOAD_TYPE, PCMA_PAYLOAD_TYPE, PCMU_PAYLOAD_TYPE, RtpVoice } from "./rtp-voice.ts";
import { SrtpContext } from "./srtp.ts";

/** Who sends nothing for so long while they are to be heard is gone: a cut line ends no call by itself. */
const goneAfterFrames = 60_000 / FRAME_MS;
/** A source that is silent for so long may be taken over by another address of the peer's. */
const movesAfterFrames = 2_000 / FRAME_MS;

export interface RtpLegEvents {
	digit(digit: string): void;
	lost(reason: string): void;
}

interface Source {
	address: string;
	port: number;
}

export class RtpLeg implements EngineLeg {
	readonly id: string;
	readonly #socket: Socket;
	readonly #address: string;
	readonly #events: RtpLegEvents;
	readonly #voice: RtpVoice;
	readonly #sessionId = randomInt(1, 2 ** 31);
	readonly #keys: SdesKey[];
	#version = 0;
	#peerAddress: string;
	#secure: boolean;
	#remote: RtpDescription | undefined;
	#source: Source | undefined;
	#quiet = 0;
	#outgoing: { suite: string; context: SrtpContext } | undefined;
	/** What it has offered, until that is confirmed. */
	#offered: string | undefined;
	/** It has shown that it hears at the address that its signalling comes from. */
	#isConfirmed = false;
	#incoming: { from: string; context: SrtpContext } | undefined;
	#isClosed = false;

	/** @param address of this machine, as the peer is told */
	constructor(id: string, socket: Socket, address: string, peer: RtpPeer, events: RtpLegEvents) {
		this.id = id;
		this.#socket = socket;
		this.#address = address;
		this.#peerAddress = peer.address;
		this.#secure = peer.secure;
		this.#events = events;
		const ssrc = randomInt(1, 0x7fffffff);
		this.#voice = new RtpVoice(ssrc, `inlay-${ssrc.toString(16)}`, events.digit);
		this.#keys = sdesSuites.map((suite, index) => {
			const before = peer.keys?.[suite];
			return { tag: index + 1, suite, key: before ? Buffer.from(before, "base64") : randomBytes(30) };
		});
		socket.on("message", (packet, from) => this.#receive(packet, from));
		// A peer that is not there answers with ICMP; whether it is gone its silence tells.
		socket.on("error", () => {});
	}

	get present(): boolean {
		return this.#remote !== undefined && !this.#isClosed;
	}

	/** Our offer; or, where the peer has offered, the answer that is in force at once. @throws Error in words */
	describe({ offer, address, secure }: RtpPeer): string {
		this.#peerAddress = address;
		if (offer === undefined) {
			// What was encrypted is offered so again.
			const isSecret = secure || this.#remote?.secure === true;
			return this.#write({ voiceTypes: [PCMU_PAYLOAD_TYPE, PCMA_PAYLOAD_TYPE], secure: isSecret });
		}
		const remote = readRtpSdp(offer);
		const key = this.#take(remote, remote.keys[0]);
		this.#offered = offer;
		const [voiceType] = remote.voiceTypes as [number];
		return this.#write({
			voiceTypes: [voiceType],
			eventType: remote.eventType,
			direction: mirrored(remote.direction),
			...{ secure: remote.secure, before: remote.before, after: remote.after },
			...(key ? { keys: [{ ...this.#keyOf(key), tag: key.tag }] } : {}),
		});
	}

	/** The peer's answer to our offer, or its own offer once more, which it confirms by that; what cannot be used loses the leg. */
	acceptAnswer(sdp: string): void {
		this.#isConfirmed = true;
		if (sdp === this.#offered) return;
		try {
			const remote = readRtpSdp(sdp);
			this.#take(
				remote,
				remote.keys.find(({ tag }) => this.#keys.some((own) => own.tag === tag)),
			);
		} catch (error) {
			this.#lose(`the answer was refused: ${error instanceof Error ? error.message : String(error)}`);
		}
	}

	pull(out: Int16Array): boolean {
		return this.#voice.pull(out);
	}

	push(frame: Int16Array): void {
		const packet = this.#voice.packetize(frame);
		const report = this.#voice.takeDueReport();
		this.#followSilence();
		const to = this.#target();
		if (!to || !this.#speaks()) return;
		this.#send(this.#outgoing?.context.protect(packet) ?? packet, to.port, to.address);
		if (report) this.#send(this.#outgoing?.context.protectReport(report) ?? report, this.#reportPort(to), to.address);
	}

	sendDtmf(digits: string): void {
		this.#voice.sendDtmf(digits);
	}

	stats(): LegStats {
		return { legId: this.id, ...this.#voice.counters };
	}

	close(): void {
		if (this.#isClosed) return;
		this.#isClosed = true;
		this.#socket.close();
	}

	#write(said: Partial<RtpDescription> & Pick<RtpDescription, "voiceTypes" | "secure">): string {
		const own: RtpDescription = {
			address: this.#address,
			port: this.#socket.address().port,
			eventType: EVENT_PAYLOAD_TYPE,
			direction: "sendrecv",
			keys: said.secure ? this.#keys : [],
			...said,
		};
		this.#secure = said.secure;
		return writeRtpSdp(own, this.#sessionId, ++this.#version);
	}

	/** @returns the key of the peer's that is used @throws Error where sound would be in the clear that was to be secret, or the other way */
	#take(remote: RtpDescription, key: SdesKey | undefined): SdesKey | undefined {
		if (this.#secure && !remote.secure) throw new Error("it is not encrypted, as the trunk's settings ask");
		if (remote.secure && !key) throw new Error("it has no key of a suite that is known here");
		if (key) this.#useKeys(key);
		else this.#incoming = this.#outgoing = undefined;
		const moves = remote.address !== this.#remote?.address || remote.port !== this.#remote.port;
		this.#remote = remote;
		if (moves) this.#source = undefined;
		this.#voice.use(remote.voiceTypes[0] as number, remote.eventType ?? EVENT_PAYLOAD_TYPE);
		return key;
	}

	/** A peer that only says again what it has said goes on with its stream; a new key begins one. */
	#useKeys(key: SdesKey): void {
		const from = key.key.toString("base64");
		if (this.#incoming?.from === from) return;
		this.#incoming = { from, context: new SrtpContext(key) };
		// Our own stream goes on: begun anew under one key it would say twice what is encrypted alike.
		if (this.#outgoing?.suite !== key.suite)
			this.#outgoing = { suite: key.suite, context: new SrtpContext(this.#keyOf(key)) };
	}

	/** Our key in the suite of the peer's. */
	#keyOf({ suite }: SdesKey): SdesKey {
		return this.#keys.find((own) => own.suite === suite) as SdesKey;
	}

	#receive(packet: Buffer, from: Source): void {
		if (!this.#isPeer(from)) return;
		const report = isRtcp(packet);
		const context = this.#incoming?.context;
		if (this.#remote?.secure && !context) return;
		const plain = context ? (report ? context.openReport(packet) : context.open(packet)) : packet;
		if (!plain) return;
		if (!report) {
			this.#source = { address: from.address, port: from.port };
			this.#quiet = 0;
		}
		this.#voice.receive(plain);
	}

	/** From the address of the sound or the signalling; and once somebody is heard, from there alone as long as they are. */
	#isPeer({ address, port }: Source): boolean {
		if (!this.#remote || (address !== this.#remote.address && address !== this.#peerAddress)) return false;
		const source = this.#source;
		return !source || (source.address === address && source.port === port) || this.#quiet > movesAfterFrames;
	}

	#target(): Source | undefined {
		const said = this.#remote;
		if (!said || said.port === 0 || said.address === "0.0.0.0") return undefined;
		if (this.#source) return this.#source;
		// Whoever claims another's address in an offer has us send nothing there (RFC 3261 proves nothing of who sends a datagram).
		return this.#isConfirmed || said.address === this.#peerAddress ? said : undefined;
	}

	#speaks(): boolean {
		return this.#remote?.direction === "sendrecv" || this.#remote?.direction === "recvonly";
	}

	#reportPort({ port }: Source): number {
		const said = this.#remote;
		return said?.rtcpPort !== undefined && port === said.port ? said.rtcpPort : Math.min(port + 1, 65_535);
	}

	#send(packet: Buffer, port: number, address: string): void {
		// What cannot be sent is lost, as packets are.
		if (!this.#isClosed && port > 0 && port <= 65_535) this.#socket.send(packet, port, address, () => {});
	}

	/** A peer that holds the call or listens only sends nothing. */
	#followSilence(): void {
		const direction = this.#remote?.direction;
		const isExpected = direction === "sendrecv" || direction === "sendonly";
		this.#quiet = isExpected ? this.#quiet + 1 : Math.min(this.#quiet, movesAfterFrames + 1);
		if (isExpected && this.#quiet === goneAfterFrames)
			queueMicrotask(() => this.#lose("nothing received for a minute"));
	}

	#lose(reason: string): void {
		if (this.#isClosed) return;
		this.close();
		this.#events.lost(reason);
	}
}
