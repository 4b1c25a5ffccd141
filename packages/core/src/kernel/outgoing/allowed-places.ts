import { type BlockList, isIP } from "node:net";
import { isHostName, plainName } from "./host-names.ts";
import { isWithin, listOf } from "./inner-networks.ts";

/** A place of one's own network that may be called: an address, a network or a name, at one port or at all. */
export interface AllowedPlace {
	/** As `10.0.0.5`, `192.168.0.0/16`, `fd00::/8` or `mail.corp`. */
	host: string;
	port?: number;
}

/** `10.0.0.5`, `10.0.0.0/8:25`, `mail.corp:587`, `fd00::/8`, `[fd00::25]:25`; what would be found to be something else by another reader is none (`10.0.0.0/08`, `fe80::1%lo`). @returns undefined for what is none */
export function readAllowedPlace(text: string): AllowedPlace | undefined {
	const parts = isIP(text.split("/")[0] ?? "") === 6 ? [text] : /^(?:\[([^\]]+)\]|([^:]+))(?::(\d{1,5}))?$/.exec(text);
	if (!parts) return undefined;
	const [whole, inBrackets, plain, port] = parts;
	const host = (inBrackets ?? plain ?? whole ?? "").toLowerCase();
	if (!isNetwork(host) && (inBrackets !== undefined || !isHostName(host))) return undefined;
	if (port === undefined) return { host };
	return Number(port) >= 1 && Number(port) <= 65_535 ? { host, port: Number(port) } : undefined;
}

function isNetwork(text: string): boolean {
	const [address = "", bits, more] = text.split("/");
	const family = isIP(address);
	if (family === 0 || address.includes("%") || more !== undefined) return false;
	return bits === undefined || (/^(0|[1-9]\d{0,2})$/.test(bits) && Number(bits) <= (family === 6 ? 128 : 32));
}

/** Places by which calls are allowed. */
export class AllowedPlaces {
	readonly #places: Array<{ name?: string; list?: BlockList; port?: number }> = [];

	constructor(places: readonly AllowedPlace[]) {
		for (const place of places) this.add(place);
	}

	add({ host, port }: AllowedPlace): void {
		const where = isNetwork(host) ? { list: listOf([host]) } : { name: plainName(host) };
		this.#places.push({ ...where, ...(port === undefined ? {} : { port }) });
	}

	/** Whether a name may turn out to be allowed: by itself, or by the network into which it leads. */
	mayHave(host: string, port: number): boolean {
		return this.#places.some(
			(one) =>
				(one.port === undefined || one.port === port) && (one.name === undefined || one.name === plainName(host)),
		);
	}

	/** @param host as it was typed: a name, or the address itself @param address where that leads */
	has(host: string, address: string, port: number): boolean {
		return this.#places.some(
			(one) =>
				(one.port === undefined || one.port === port) &&
				(one.name === plainName(host) || (one.list !== undefined && isWithin(one.list, address))),
		);
	}
}
