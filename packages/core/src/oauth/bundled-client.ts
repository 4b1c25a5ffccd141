import { agentScopes, bundledClientId, panelPages, windowPage } from "@inlay/contract";
import { type People, type SeedClient, seedClient } from "./seed.ts";

/** What the console needs beyond the agent's scopes. */
const consoleScopes = [
	"authorization",
	"external-contacts",
	"groups",
	"integrations",
	"locations",
	"oauth",
	"organization",
	"outbound",
	"audits",
	"response-management",
	"routing",
	"scripts",
	"stations",
	"telephony",
	"users",
];

type Places = { publicUrl: string; panelUrl: string };

/** The client that every Inlay has, for the console and for panels, as a new organization gets it. */
export function bundledClient({ publicUrl, panelUrl }: Places) {
	return {
		id: bundledClientId,
		name: "Inlay",
		grant: "CODE",
		redirectUris: [
			...[...panelPages, windowPage].map((path) => `${panelUrl}${path}`),
			...["/admin/index.html", "/admin/"].map((path) => `${publicUrl}${path}`),
		],
		scopes: [...new Set([...agentScopes, ...consoleScopes])],
	} satisfies SeedClient;
}

/**
 * Makes the bundled client, or brings the one that is there to this version: addresses that it does not return to, and scopes
 * that console and panel ask for by now. Nobody can have taken any of them from it (`keepBundled`).
 */
export async function ensureBundledClient(people: People, places: Places): Promise<void> {
	const wanted = bundledClient(places);
	const { id, name, grantType, scopes } = (await seedClient(people, wanted)).client;
	// Another grant was made by hand in the database: that is for `inlay recover-admin`.
	if (grantType !== wanted.grant || wanted.scopes.every((one) => scopes.includes(one))) return;
	const scope = [...new Set([...scopes, ...wanted.scopes])];
	await people.oauth.clients.update("server", id, { name, authorizedGrantType: grantType, scope });
}

/** Whether the bundled client signs nobody in to console and panel: gone, switched off, without its grant or a scope. */
export async function isBundledClientBroken(people: People, places: Places): Promise<boolean> {
	const wanted = bundledClient(places);
	const found = await people.oauth.clients.find(bundledClientId);
	if (found?.state !== "active" || found.grantType !== wanted.grant) return true;
	return wanted.scopes.some((scope) => !found.scopes.includes(scope));
}

/**
 * Has people sign in to console and panel by the bundled client again, whatever has become of it: made anew, switched on,
 * with its grant and its scopes. What it has beside these stays. Its addresses are brought by each start, which alone
 * knows under which origins this server is reached.
 */
export async function mendBundledClient(people: People, places: Places): Promise<void> {
	const wanted = bundledClient(places);
	const found = await people.oauth.clients.find(bundledClientId);
	if (!found) {
		await seedClient(people, wanted);
		return;
	}
	const scope = [...new Set([...found.scopes, ...wanted.scopes])];
	const { name, redirectUris: registeredRedirectUri } = found;
	const change = { name, registeredRedirectUri, scope, authorizedGrantType: wanted.grant, state: "active" };
	await people.oauth.clients.update("server", bundledClientId, change);
}
