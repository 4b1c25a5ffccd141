/**
 * The load generator of bench/media.ts, a process of its own: WebRTC clients that answer offers, send speech-like
 * G.711 at 50 packets a second each and count what comes back. Clients use a socket each, as browsers would.
 */

import { Audio, PeerConnection, type Track } from "node-datachannel";

export type ToLoad =
	| { kind: "offer"; legId: string; sdp: string }
	| { kind: "candidate"; legId: string; candidate: string; mid: string }
	| { kind: "count" };

export type FromLoad =
	| { kind: "answer"; legId: string; sdp: string }
	| { kind: "counted"; packetsReceived: number; packetsSent: number };

const HEADER_BYTES = 12;
const FRAME_BYTES = 160;
const FRAME_MS = 20;
/** Real clients do not send in step; clients are spread over this many moments of each 20 ms. */
const PHASES = 4;

interface Client {
	connection: PeerConnection;
	track: Track;
	packet: Buffer;
	sequence: number;
}

const clients = new Map<string, Client>();
/** Candidates that came before their offer: the engine tells both, and not in this order. */
const early = new Map<string, Array<{ candidate: string; mid: string }>>();
const inOrder: Client[] = [];
let packetsReceived = 0;
let packetsSent = 0;

process.on("message", (message: ToLoad) => {
	if (message.kind === "offer") answer(message.legId, message.sdp);
	else if (message.kind === "candidate") {
		addCandidate(message.legId, message);
	} else send({ kind: "counted", packetsReceived, packetsSent });
});
process.on("disconnect", () => process.exit(0));
sendForEver();

function answer(legId: string, offer: string): void {
	const ssrc = 1000 + clients.size;
	const connection = new PeerConnection(legId, {
		iceServers: [],
		bindAddress: "127.0.0.1",
		disableAutoNegotiation: true,
	});
	connection.onLocalDescription((sdp) => send({ kind: "answer", legId, sdp }));
	const audio = new Audio("0", "SendRecv");
	audio.addAudioCodec(0, "PCMU/8000");
	audio.addSSRC(ssrc, legId, legId, "audio");
	const track = connection.addTrack(audio);
	track.onMessage(() => packetsReceived++);
	const client = { connection, track, packet: firstPacket(ssrc), sequence: 0 };
	clients.set(legId, client);
	inOrder.push(client);
	connection.setRemoteDescription(offer, "offer");
	connection.setLocalDescription("answer");
	for (const candidate of early.get(legId) ?? []) addCandidate(legId, candidate);
	early.delete(legId);
}

function addCandidate(legId: string, { candidate, mid }: { candidate: string; mid: string }): void {
	const client = clients.get(legId);
	if (client) client.connection.addRemoteCandidate(candidate, mid);
	else early.set(legId, [...(early.get(legId) ?? []), { candidate, mid }]);
}

function firstPacket(ssrc: number): Buffer {
	const packet = Buffer.alloc(HEADER_BYTES + FRAME_BYTES);
	packet[0] = 0x80;
	packet.writeUInt32BE(ssrc, 8);
	for (let i = 0; i < FRAME_BYTES; i++) packet[HEADER_BYTES + i] = 0x80 | ((i * 7 + ssrc) & 0x3f);
	return packet;
}

/** Sends by the clock and catches up after delays, so that the rate is right whatever the machine does. */
function sendForEver(): void {
	const startedAt = performance.now();
	let turns = 0;
	setInterval(() => {
		const due = ((performance.now() - startedAt) * PHASES) / FRAME_MS;
		for (; turns < due; turns++) sendPhase(turns % PHASES);
	}, 2);
}

function sendPhase(phase: number): void {
	for (let index = phase; index < inOrder.length; index += PHASES) sendOne(inOrder[index] as Client);
}

function sendOne(client: Client): void {
	if (!client.track.isOpen()) return;
	client.sequence++;
	client.packet.writeUInt16BE(client.sequence & 0xffff, 2);
	client.packet.writeUInt32BE((client.sequence * FRAME_BYTES) >>> 0, 4);
	client.track.sendMessageBinary(client.packet);
	packetsSent++;
}

function send(message: FromLoad): void {
	if (process.connected) process.send?.(message);
}
