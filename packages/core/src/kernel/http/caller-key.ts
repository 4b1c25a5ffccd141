import { isIPv6 } from "node:net";
import type { Sender } from "../operator-log.ts";

/** What counts as one caller for a rate limit: an IPv4 address, or the /64 network that one IPv6 customer has at least. */
export function callerKey(ip: string): string {
	const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(ip)?.[1];
	if (mapped || !isIPv6(ip)) return mapped ?? ip;
	const [before = "", after = ""] = ip.split("%")[0]?.split("::") ?? [];
	const head = before.split(":").filter(Boolean);
	const tail = after.split(":").filter(Boolean);
	const zeros = ip.includes("::") ? Array<string>(Math.max(0, 8 - head.length - tail.length)).fill("0") : [];
	const network = [...head, ...zeros, ...tail].slice(0, 4);
	return `${network.map((group) => Number.parseInt(group, 16).toString(16)).join(":")}::/64`;
}

/** Somebody who has not signed in, as the sender of a line for operators. */
export function strangerAt(ip: string): Sender {
	return { key: callerKey(ip), isStranger: true };
}
