/**
 * Id of the OAuth client that comes with every Inlay: the console signs in with it, and so do panels whose script names
 * no client of the organization.
 */
export const bundledClientId = "1a1a1a1a-0000-4000-8000-0000000000c1";

/** Id of the panel's own client: nobody signs in with it, the panel exchanges its deployment's token for one of it. */
export const panelClientId = "1a1a1a1a-0000-4000-8000-0000000000c2";

/** Grant of token exchange, and what it is about (RFC 8693, 2.1 and 3). */
export const tokenExchange = {
	grant: "urn:ietf:params:oauth:grant-type:token-exchange",
	accessToken: "urn:ietf:params:oauth:token-type:access_token",
} as const;
