/** The one safe step that mends a finding, by the public API; it adds, and takes nothing away. */
import type { Finding, Fix } from "@inlay/contract/health/finding";
import type { Platform } from "../platform/platform.ts";

interface Client {
	name: string;
	version?: number;
	registeredRedirectUri?: string[];
	scope?: string[];
	[key: string]: unknown;
}

/** @returns what was done and how to undo it, a line for each finding that has such a step */
export async function fixAll(platform: Platform, findings: readonly Finding[]): Promise<string[]> {
	const done: string[] = [];
	for (const { code, cure, about } of findings)
		if (cure.fix) done.push(`${code}: ${await fixOne(platform, cure.fix, about.name)}`);
	return done;
}

async function fixOne(platform: Platform, fix: Fix, name: string): Promise<string> {
	switch (fix.do) {
		case "addRedirectUris": {
			await changeClient(platform, fix.clientId, (client) => ({
				registeredRedirectUri: [...new Set([...(client.registeredRedirectUri ?? []), ...fix.uris])],
			}));
			return `added ${fix.uris.join(", ")} to the redirect URIs of “${name}”. To undo it, remove them there.`;
		}
		case "addScopes": {
			await changeClient(platform, fix.clientId, (client) => ({
				scope: [...new Set([...(client.scope ?? []), ...fix.scopes])],
			}));
			return `added the scopes ${fix.scopes.join(", ")} to “${name}”. To undo it, remove them there.`;
		}
		case "enableClient": {
			await changeClient(platform, fix.clientId, () => ({ state: "active" }));
			return `enabled “${name}”. To undo it, disable it there.`;
		}
		case "activateDeployment": {
			const path = `/api/v2/integrations/${encodeURIComponent(fix.deploymentId)}`;
			await platform.send("PATCH", path, { intendedState: "ENABLED" });
			return `activated “${name}”. To undo it, deactivate it there.`;
		}
	}
}

/** Of the client as it is now, under its version where it has one. */
async function changeClient(platform: Platform, id: string, to: (client: Client) => Partial<Client>): Promise<void> {
	const path = `/api/v2/oauth/clients/${encodeURIComponent(id)}`;
	const now = (await platform.get(path)).body as unknown as Client;
	const { version } = now;
	await platform.send("PUT", path, { name: now.name, ...to(now), ...(version === undefined ? {} : { version }) });
}
