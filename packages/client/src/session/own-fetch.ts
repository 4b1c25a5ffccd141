/**
 * The browser's own `fetch`, as it was before any customer's script ran: scripts replace it (to measure, to proxy, by
 * mistake), and the panel's own requests must not fail with them.
 */
export const ownFetch: typeof fetch = globalThis.fetch.bind(globalThis);

const original = globalThis.fetch;

/** Whether a script has put another one in its place. */
export function isFetchReplaced(): boolean {
	return globalThis.fetch !== original;
}

/** The browser's own `WebSocket`, for the same reason. */
export const OwnWebSocket: typeof WebSocket = globalThis.WebSocket;
