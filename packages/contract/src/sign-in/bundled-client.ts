/**
 * Id of the OAuth client that comes with every Inlay: the console signs in with it, and so do panels whose script names
 * no client of the organization.
 */
export const bundledClientId = "1a1a1a1a-0000-4000-8000-0000000000c1";
