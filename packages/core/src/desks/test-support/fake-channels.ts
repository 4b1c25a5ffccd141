import type { DeskPorts } from "../desks.ts";

type Channels = Pick<DeskPorts, "isConnected" | "ownerOf" | "hasPhone" | "onDisconnected">;

/** Notification channels that are opened and lost as a test says. */
export function fakeChannels(): Channels & {
	open(id: string, userId: string): void;
	/** @param pageLeft its page went, instead of the line */
	disconnect(id: string, pageLeft?: boolean): void;
	/** Users whose phone is on the line. */
	phones: Set<string>;
	/** As after a restart of the server: not connected, and nobody was told. */
	forget(id: string): void;
} {
	const owners = new Map<string, string>();
	const connected = new Set<string>();
	const listeners = new Set<(channelId: string, pageLeft: boolean) => void>();
	const phones = new Set<string>();
	return {
		phones,
		hasPhone: (userId) => phones.has(userId),
		isConnected: (id) => connected.has(id),
		ownerOf: async (id) => owners.get(id),
		onDisconnected(listener) {
			listeners.add(listener);
			return () => listeners.delete(listener);
		},
		open(id, userId) {
			owners.set(id, userId);
			connected.add(id);
		},
		forget: (id) => void connected.delete(id),
		disconnect(id, pageLeft = false) {
			connected.delete(id);
			for (const listener of listeners) listener(id, pageLeft);
		},
	};
}
