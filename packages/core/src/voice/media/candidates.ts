/** ICE candidate lines (RFC 8839 section 5.1): leaving out a client's, and announcing ours under the right addresses. */

/**
 * A client's answer without addresses. Whoever takes part in a call says where to send to, and would else make this
 * machine send to others, to its own network and to itself. They are not needed: the client sends its checks to us, and
 * only an address from which a valid one has come is answered and sent to (peer-reflexive, RFC 8445 section 7.3.1.3).
 * Browsers hide their addresses behind mDNS names anyway.
 */
export function withoutCandidates(sdp: string): string {
	const lines = sdp.split(/\r\n|\r|\n/).filter((line) => !/candidate/i.test(line));
	return lines.join("\r\n");
}

/** Our offer, of one medium, without a word of where we are: the candidates follow when they may be used. */
export function withoutAddress(sdp: string): string {
	const lines = withoutCandidates(sdp)
		.replace(/^(m=\w+) \d+/m, "$1 9")
		.replace(/^(c=IN IP\d) \S+/m, "$1 0.0.0.0");
	return `${lines.trimEnd()}\r\n`;
}

/** The host candidate of our own description, once for every announced address; the first address is preferred. */
export function announce(sdp: string, addresses: readonly string[]): string[] {
	const parts = /candidate:.* typ host.*/.exec(sdp)?.[0].trim().split(" ");
	if (!parts) return [];
	const priority = Number(parts[3]);
	return addresses.map((address, index) => {
		const own = [...parts];
		own[0] = `candidate:${index + 1}`;
		own[3] = String(priority - index);
		own[4] = address;
		return own.join(" ");
	});
}
