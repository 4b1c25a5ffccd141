import type { TrunkCall } from "../../trunk.ts";
import type { Line } from "../lines/line.ts";
import type { Lines } from "../lines/lines.ts";
import { readUri } from "../messages/address.ts";
import { type SipPeer, usualPort } from "../transport/peer.ts";
import type { Dialled } from "./outgoing.ts";

/** A call as it goes out by a trunk: numbers in its form, and where they go. */
export function dialledBy(line: Line, call: TrunkCall, lines: Pick<Lines, "has">): Dialled {
	const { trunk } = line;
	const caller = plainNumber(call.callerNumber) ?? trunk.callerNumber;
	const written = (number: string) => (trunk.numberForm === "digits" ? number.replace(/^\+/, "") : number);
	return {
		number: written(call.number.replace(/^tel:/, "")),
		...(caller ? { callerNumber: written(caller) } : {}),
		...(call.callerName ? { callerName: call.callerName } : {}),
		...(trunk.user ? { user: trunk.user } : {}),
		domain: line.domain,
		contact: (peer) => line.contact(peer),
		peers: () => line.peersNow(),
		onwards: (uri) => onwards(line, uri, lines),
		isAway: (peer) => line.isAway(peer),
	};
}

/** Within the trunk alone: by its name, where it is; by an address, where it says that its calls come from. */
function onwards(line: Line, uri: string, lines: Pick<Lines, "has">): readonly SipPeer[] | undefined {
	const { host, domain, transport, port } = line.trunk;
	const to = readUri(uri);
	if (!to || to.scheme === "tel" || (to.scheme === "sips" && transport !== "tls") || /[\s<>]/.test(uri))
		return undefined;
	if (to.host === host || to.host === domain) return line.peers;
	const address = to.host.replace(/^\[|\]$/g, "");
	if (!lines.has(line, address)) return undefined;
	return [{ transport, address, port: to.port ?? port ?? usualPort(transport), serverName: host }];
}

function plainNumber(address: string | undefined): string | undefined {
	const plain = address?.replace(/^tel:/, "");
	return plain?.startsWith("+") ? plain : undefined;
}
