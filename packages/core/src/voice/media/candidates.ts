/** ICE candidate lines (RFC 8839 section 5.1): checking a client's, and announcing ours under the right addresses. */

import { isIP } from "node:net";

const PREFIX = /^(a=)?candidate:/;

/**
 * A client's candidate as the transport wants it, or undefined when it should not be tried:
 * end-of-candidates, TCP, and names instead of addresses. Browsers hide addresses behind mDNS names, which cannot be
 * resolved from here; the client's checks towards us reveal the address all the same (peer-reflexive).
 */
export function usableCandidate(line: string): string | undefined {
	if (!PREFIX.test(line)) return undefined;
	const parts = line.split(/\s+/);
	const protocol = parts[2]?.toLowerCase();
	if (protocol !== "udp" || isIP(parts[4] ?? "") === 0) return undefined;
	return line.replace(/^a=/, "");
}

/** Our host candidate, once for every announced address; the first address is preferred. */
export function announce(line: string, addresses: readonly string[]): string[] {
	const parts = line.replace(/^a=/, "").split(" ");
	const priority = Number(parts[3]);
	return addresses.map((address, index) => {
		const own = [...parts];
		own[0] = `candidate:${index + 1}`;
		own[3] = String(priority - index);
		own[4] = address;
		return own.join(" ");
	});
}
