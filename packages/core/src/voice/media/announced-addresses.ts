import type { ChildOptions } from "./child-protocol.ts";
import { LocalDoors } from "./local-doors.ts";
import { ownAddresses } from "./own-addresses.ts";

/** Where clients are told to send their sound. */
export interface AnnouncedAddresses {
	/** Best first, as they are now. */
	get(): Promise<readonly string[]>;
	close(): void;
}

/** Those that were given, or this machine's own; one that listens on loopback opens doors at its own for this machine. */
export function announcedAddresses({ bindAddress, announced }: ChildOptions, port: number): AnnouncedAddresses {
	if (announced !== "own") return { get: async () => announced, close: () => {} };
	if (!bindAddress) return { get: async () => ownAddresses(), close: () => {} };
	const doors = new LocalDoors(port);
	return { get: async () => [bindAddress, ...(await doors.refresh())], close: () => doors.close() };
}
