/** Takes the one UDP port that all legs share, and keeps it while no leg is using it. */

import { createSocket } from "node:dgram";
import { once } from "node:events";
import { IceUdpMuxListener } from "node-datachannel";

const ATTEMPTS = 5;

export interface HeldPort {
	port: number;
	release(): void;
}

/**
 * Holds `port` (0: a free one) on `bindAddress` (undefined: all interfaces).
 * @throws Error when it is taken or the address is not this machine's.
 */
export async function holdUdpPort(bindAddress: string | undefined, port: number): Promise<HeldPort> {
	for (let attempt = 1; ; attempt++) {
		const candidate = port || (await freePort(bindAddress));
		try {
			const listener = new IceUdpMuxListener(candidate, bindAddress);
			return { port: candidate, release: () => listener.stop() };
		} catch {
			// A free port can be lost between finding and taking it; a given one is simply taken.
			if (port || attempt === ATTEMPTS) {
				throw new Error(`UDP port ${candidate} on ${bindAddress ?? "all addresses"} is taken or not available`);
			}
		}
	}
}

async function freePort(bindAddress: string | undefined): Promise<number> {
	const probe = createSocket(bindAddress?.includes(":") ? "udp6" : "udp4");
	probe.bind(0, bindAddress);
	await once(probe, "listening");
	const { port } = probe.address();
	probe.close();
	await once(probe, "close");
	return port;
}
