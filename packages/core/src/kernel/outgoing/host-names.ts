import { isIP } from "node:net";

const label = /^[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?$/;

/**
 * Whether a text is a name by which a machine can be looked up: in small letters, a dot at its end or none. A number in its last place
 * makes it an address that is written in another way (`127.1`, `2130706433`, `0x7f.1`), which is no name.
 */
export function isHostName(text: string): boolean {
	const labels = text.replace(/\.$/, "").split(".");
	if (text.length > 253 || !labels.every((one) => label.test(one))) return false;
	return !/^(\d+|0x[0-9a-f]*)$/.test(labels.at(-1) ?? "");
}

/** A name, or an address without the zone that only one machine knows. @param text in small letters, without brackets */
export function isHost(text: string): boolean {
	return isHostName(text) || (isIP(text) !== 0 && !text.includes("%"));
}

/** As IPv6 addresses stand in web addresses. */
export function unbracketed(host: string): string {
	return host.replace(/^\[|\]$/g, "");
}

/** Without what makes the same name two. */
export function plainName(host: string): string {
	return host.toLowerCase().replace(/\.$/, "");
}

/**
 * Names that lead nobody out of the network in which they are typed, whatever finds their addresses: those that standards
 * keep for that (RFC 6761, 6762, 8375, 9476; ICANN's `internal`), and names of one word, which no public list has.
 */
const innerName = /^[^.]+$|(^|\.)(localhost|localdomain|local|internal|alt|home\.arpa)$/;

/** @param host a name, or an address */
export function isInnerName(host: string): boolean {
	return isIP(unbracketed(host)) === 0 && innerName.test(plainName(host));
}
