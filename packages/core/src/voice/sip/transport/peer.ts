/** Somebody who speaks SIP, by where they are reached. */
export interface SipPeer {
	transport: SipTransportKind;
	/** IPv4. */
	address: string;
	port: number;
	/** The name whose certificate is asked for (TLS). */
	serverName?: string;
}

export const sipTransports = ["udp", "tcp", "tls"] as const;
export type SipTransportKind = (typeof sipTransports)[number];

export function peerKey({ transport, address, port }: SipPeer): string {
	return `${transport}:${address}:${port}`;
}

/** Port where the other side has said none. */
export function usualPort(transport: SipTransportKind): number {
	return transport === "tls" ? 5061 : 5060;
}
