/**
 * How a trunk's sound is agreed on: SDP of one stream of G.711 with telephone events (RFC 8866, RFC 3264), plain (RTP/AVP) or
 * with keys for SRTP in it (RTP/SAVP, RFC 4568).
 */

import { isIPv4 } from "node:net";

export type Direction = "sendrecv" | "sendonly" | "recvonly" | "inactive";

/** What one side says of its stream. */
export interface RtpDescription {
	/** IPv4 address that sound is to be sent to; 0.0.0.0 for nowhere. */
	address: string;
	port: number;
	/** Where reports go, if not beside the sound on the next port. */
	rtcpPort?: number;
	/** Static payload types of G.711, best first: 0 µ-law, 8 A-law. */
	voiceTypes: readonly number[];
	/** Payload type of keys (RFC 4733); undefined where the peer takes none. */
	eventType?: number;
	direction: Direction;
	/** Its SRTP keys by the tags of their lines, in suites that are known here; empty for plain RTP. */
	keys: readonly SdesKey[];
	/** Says RTP/SAVP, whether or not one of its keys can be used. */
	secure: boolean;
	/** Lines that refuse the streams beside it, for an answer, in their order. */
	before?: readonly string[];
	after?: readonly string[];
}

export interface SdesKey {
	tag: number;
	suite: SdesSuite;
	/** Master key and salt: 30 bytes. */
	key: Buffer;
}

export const sdesSuites = ["AES_CM_128_HMAC_SHA1_80", "AES_CM_128_HMAC_SHA1_32"] as const;
export type SdesSuite = (typeof sdesSuites)[number];

const names: Record<number, string> = { 0: "PCMU", 8: "PCMA" };
const keyBytes = 30;
const directions: readonly Direction[] = ["sendrecv", "sendonly", "recvonly", "inactive"];

/** @param version grows with each description of the session (RFC 3264, section 8) */
export function writeRtpSdp(own: RtpDescription, sessionId: number, version: number): string {
	const { address, port, voiceTypes, eventType, direction, keys, secure, before = [], after = [] } = own;
	const types = [...voiceTypes, ...(eventType === undefined ? [] : [eventType])];
	return [
		"v=0",
		`o=inlay ${sessionId} ${version} IN IP4 ${address}`,
		"s=-",
		`c=IN IP4 ${address}`,
		"t=0 0",
		...before,
		`m=audio ${port} RTP/${secure ? "SAVP" : "AVP"} ${types.join(" ")}`,
		...voiceTypes.map((type) => `a=rtpmap:${type} ${names[type]}/8000`),
		...(eventType === undefined ? [] : [`a=rtpmap:${eventType} telephone-event/8000`, `a=fmtp:${eventType} 0-15`]),
		...keys.map(({ tag, suite, key }) => `a=crypto:${tag} ${suite} inline:${key.toString("base64")}`),
		"a=ptime:20",
		`a=${direction}`,
		...after,
		"",
	].join("\r\n");
}

/**
 * The stream of it that is used here: the first that can be, an encrypted one before one in the clear.
 * @throws Error in words, where it names none
 */
export function readRtpSdp(sdp: string): RtpDescription {
	const [session = [], ...streams] = sectionsOf(sdp);
	const read = streams.map((lines) => readStream(lines, session));
	const usable = read.filter((one) => typeof one !== "string");
	const chosen = usable.find(({ secure }) => secure) ?? usable[0];
	if (!chosen) throw new Error(read.find((one) => typeof one === "string") ?? "there is no audio in it");
	const at = read.indexOf(chosen);
	const rejected = streams.map(([line = ""]) => rejectedLine(line));
	return { ...chosen, before: rejected.slice(0, at), after: rejected.slice(at + 1) };
}

/** The lines of the session, then those of each stream. */
function sectionsOf(sdp: string): string[][] {
	const sections: string[][] = [[]];
	for (const line of sdp.split(/\r\n|\r|\n/)) {
		if (line.startsWith("m=")) sections.push([]);
		sections.at(-1)?.push(line);
	}
	return sections;
}

/** Every stream that is offered has its answer (RFC 3264, section 6): this one is not wanted. */
function rejectedLine(line: string): string {
	const [kind = "m=audio", , protocol = "RTP/AVP", format = "0"] = line.trim().split(/\s+/);
	return `${kind} 0 ${protocol} ${format}`;
}

/** @returns why it cannot be used, where it cannot */
function readStream(media: readonly string[], session: readonly string[]): RtpDescription | string {
	const [kind, said = "", protocol = "", ...types] = (media[0] ?? "").trim().split(/\s+/);
	if (kind !== "m=audio") return "there is no audio in it";
	if (protocol !== "RTP/AVP" && protocol !== "RTP/SAVP") return `its protocol ${protocol} is not known here`;
	const address = connectionOf(media) ?? connectionOf(session);
	if (!address) return "it has no IPv4 address";
	const port = Number(said.split("/")[0]);
	if (!isPort(port)) return "its port is none";
	const voiceTypes = types.map(Number).filter((type) => type in names);
	if (voiceTypes.length === 0) return "it offers neither PCMU nor PCMA";
	const events = media.find((line) => /^a=rtpmap:\d+ telephone-event\/8000/i.test(line));
	const rtcpPort = Number.parseInt(valueAt(media, "rtcp") ?? "", 10);
	const direction =
		directions.find((one) => media.includes(`a=${one}`)) ?? directions.find((one) => session.includes(`a=${one}`));
	return {
		...{ address, port, voiceTypes, secure: protocol === "RTP/SAVP", before: [], after: [] },
		...(isPort(rtcpPort) ? { rtcpPort } : {}),
		...(events ? { eventType: Number.parseInt(events.slice("a=rtpmap:".length), 10) } : {}),
		// An address of nowhere is how phones of old hold (RFC 2543).
		direction: address === "0.0.0.0" ? "inactive" : (direction ?? "sendrecv"),
		keys: media.flatMap(readKey),
	};
}

/** What no packet can be sent to would end the process that tried. */
function isPort(port: number): boolean {
	return Number.isInteger(port) && port >= 1 && port <= 65_535;
}

/** How the other side sees a direction. */
export function mirrored(direction: Direction): Direction {
	if (direction === "sendonly") return "recvonly";
	return direction === "recvonly" ? "sendonly" : direction;
}

function connectionOf(lines: readonly string[]): string | undefined {
	const address = lines
		.find((line) => line.startsWith("c=IN IP4 "))
		?.slice("c=IN IP4 ".length)
		.trim()
		.split("/")[0];
	return address && isIPv4(address) ? address : undefined;
}

function valueAt(lines: readonly string[], name: string): string | undefined {
	return lines
		.find((line) => line.startsWith(`a=${name}:`))
		?.slice(name.length + 3)
		.trim();
}

/** A key of a lifetime is used as one without: its end lies years off. One that is mixed from several (MKI) is passed over. */
function readKey(line: string): SdesKey[] {
	const found = /^a=crypto:(\d{1,9})\s+(\S+)\s+inline:([A-Za-z0-9+/=]+)(?:\|[^\s:]+)?(?:\s|$)/.exec(line);
	const suite = sdesSuites.find((one) => one === found?.[2]);
	const key = Buffer.from(found?.[3] ?? "", "base64");
	return suite && key.length === keyBytes ? [{ tag: Number(found?.[1]), suite, key }] : [];
}
