/** A STUN server of one method: tells a client the address its packet came from (Binding, RFC 5389). */

import { createSocket, type Socket } from "node:dgram";

const BINDING_REQUEST = 0x0001;
const BINDING_SUCCESS = 0x0101;
const MAGIC_COOKIE = 0x2112a442;
const HEADER_BYTES = 20;
const XOR_MAPPED_ADDRESS = 0x0020;
const FAMILY_IPV4 = 1;
const FAMILY_IPV6 = 2;

/** The answer to a STUN packet, or undefined when it is no binding request (those are ignored, never answered). */
export function stunAnswer(request: Buffer, address: string, port: number): Buffer | undefined {
	if (request.length < HEADER_BYTES || request.readUInt16BE(0) !== BINDING_REQUEST) return undefined;
	if (request.readUInt32BE(4) !== MAGIC_COOKIE || request.readUInt16BE(2) !== request.length - HEADER_BYTES) {
		return undefined;
	}
	const ip = addressBytes(address);
	const answer = Buffer.alloc(HEADER_BYTES + 8 + ip.length);
	answer.writeUInt16BE(BINDING_SUCCESS, 0);
	answer.writeUInt16BE(8 + ip.length, 2);
	request.copy(answer, 4, 4, HEADER_BYTES);
	answer.writeUInt16BE(XOR_MAPPED_ADDRESS, 20);
	answer.writeUInt16BE(4 + ip.length, 22);
	answer.writeUInt8(ip.length === 4 ? FAMILY_IPV4 : FAMILY_IPV6, 25);
	answer.writeUInt16BE(port ^ (MAGIC_COOKIE >>> 16), 26);
	// The address is masked with the cookie and the transaction id, which stand together at byte 4.
	for (let i = 0; i < ip.length; i++) answer[28 + i] = (ip[i] as number) ^ (request[4 + i] as number);
	return answer;
}

/** Starts answering; resolves with the socket once it is bound. */
export function startStunResponder(host: string, port: number): Promise<Socket> {
	const socket = host.includes(":") ? createSocket({ type: "udp6", ipv6Only: true }) : createSocket("udp4");
	socket.on("message", (message, from) => {
		const answer = stunAnswer(message, from.address, from.port);
		if (answer) socket.send(answer, from.port, from.address, () => {});
	});
	return new Promise((resolve, reject) => {
		socket.once("error", reject);
		socket.bind(port, host, () => {
			socket.off("error", reject);
			// A later error (an unreachable client) concerns one packet only.
			socket.on("error", () => {});
			resolve(socket);
		});
	});
}

function addressBytes(address: string): Uint8Array {
	if (!address.includes(":")) return Uint8Array.from(address.split("."), Number);
	const [head = "", tail] = (address.split("%")[0] as string).split("::");
	const front = head.split(":").filter(Boolean);
	const back = (tail ?? "").split(":").filter(Boolean);
	const gap = tail === undefined ? 0 : 8 - front.length - back.length;
	const groups = [...front, ...new Array<string>(gap).fill("0"), ...back].map((group) => Number.parseInt(group, 16));
	return Uint8Array.from(groups.flatMap((group) => [group >> 8, group & 0xff]));
}
