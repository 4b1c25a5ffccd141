import type { ByteRange } from "./object-store.ts";

/**
 * What a `Range` header asks for of something of this size (RFC 9110, 14.1): one range of bytes. Several, other units and
 * what cannot be read are ignored, as the RFC allows: then all of it is answered.
 * @returns undefined for all of it, `none` where nothing of what is asked for is there (416)
 */
export function readRange(header: string | undefined, size: number): ByteRange | "none" | undefined {
	const asked = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header?.trim() ?? "");
	if (!asked) return undefined;
	const [, from = "", to = ""] = asked;
	if (from === "" && to === "") return undefined;
	if (from === "") {
		const length = Math.min(Number(to), size);
		return length === 0 ? "none" : { first: size - length, last: size - 1 };
	}
	const first = Number(from);
	if (to !== "" && Number(to) < first) return undefined;
	if (first >= size) return "none";
	return { first, last: to === "" ? size - 1 : Math.min(Number(to), size - 1) };
}
