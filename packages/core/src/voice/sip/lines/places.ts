/** Where a trunk's other side is found (RFC 3263): an address as it is, a name by its service records and addresses. */

import { resolveSrv } from "node:dns/promises";
import { isIPv4 } from "node:net";
import type { Outgoing } from "../../../kernel/outgoing/outgoing.ts";
import { type SipPeer, usualPort } from "../transport/peer.ts";
import type { TrunkSettings } from "../trunk-settings.ts";

const services = { udp: "_sip._udp", tcp: "_sip._tcp", tls: "_sips._tcp" } as const;
const mostPlaces = 8;

/**
 * Best first.
 * @throws OutgoingRefused where it leads into the own network and nobody has named that; Error of the name service
 */
export async function placesOf(
	{ host, port, transport }: Pick<TrunkSettings, "host" | "port" | "transport">,
	outgoing: Pick<Outgoing, "addressesOf">,
): Promise<SipPeer[]> {
	const services = port === undefined && !isIPv4(host) ? await servicesOf(host, transport) : [];
	const targets = services.length > 0 ? services : [{ name: host, port: port ?? usualPort(transport) }];
	const found: SipPeer[] = [];
	let refused: unknown;
	for (const target of targets.slice(0, mostPlaces)) {
		try {
			for (const address of await outgoing.addressesOf(target.name, target.port))
				found.push({ transport, address, port: target.port, ...(isIPv4(host) ? {} : { serverName: host }) });
		} catch (error) {
			refused = error;
		}
	}
	if (found.length === 0) throw refused ?? new Error(`${host} has no IPv4 address.`);
	return found.slice(0, mostPlaces);
}

/** A name without service records, or a name service that knows of none, leaves the name itself. */
async function servicesOf(host: string, transport: SipPeer["transport"]) {
	const records = await resolveSrv(`${services[transport]}.${host}`).catch(() => []);
	const sorted = records.toSorted((a, b) => a.priority - b.priority || b.weight - a.weight);
	return sorted.map(({ name, port }) => ({ name, port }));
}
