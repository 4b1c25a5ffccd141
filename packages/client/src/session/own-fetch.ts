/**
 * The browser's own `fetch`, as it was before any customer's script ran: scripts replace it (to measure, to proxy, by
 * mistake), and the panel's own requests must not fail with them.
 */
export const ownFetch: typeof fetch = globalThis.fetch.bind(globalThis);
