/** The one safe step that mends a finding, by the public API; it adds, and takes nothing away. */
import type { Finding, Fix } from "@inlay/contract/health/finding";
import { changeClient } from "../file/kinds/clients.ts";
import { listOf } from "../file/kinds/kind.ts";
import type { Platform } from "../platform/platform.ts";

/** What became of the findings that have such a step, a line for each. */
export interface Fixed {
	/** What was done, and how to undo it. */
	done: string[];
	/** What could not be, and why. */
	failed: string[];
}

/** One after the other; what cannot be done keeps nothing else from being done, or told. */
export async function fixAll(platform: Platform, findings: readonly Finding[]): Promise<Fixed> {
	const fixed: Fixed = { done: [], failed: [] };
	for (const { code, cure, about } of findings) {
		if (!cure.fix) continue;
		try {
			fixed.done.push(`${code}: ${await fixOne(platform, cure.fix, about.name)}`);
		} catch (error) {
			fixed.failed.push(`${code}: “${about.name}”: ${error instanceof Error ? error.message : String(error)}`);
		}
	}
	return fixed;
}

async function fixOne(platform: Platform, fix: Fix, name: string): Promise<string> {
	switch (fix.do) {
		case "addRedirectUris": {
			await changeClient(platform, fix.clientId, (now) => ({
				redirectUris: [...new Set([...listOf<string>(now.registeredRedirectUri), ...fix.uris])],
			}));
			return `added ${fix.uris.join(", ")} to the redirect URIs of “${name}”. To undo it, remove them there.`;
		}
		case "addScopes": {
			await changeClient(platform, fix.clientId, (now) => ({
				scopes: [...new Set([...listOf<string>(now.scope), ...fix.scopes])],
			}));
			return `added the scopes ${fix.scopes.join(", ")} to “${name}”. To undo it, remove them there.`;
		}
		case "enableClient": {
			await changeClient(platform, fix.clientId, () => ({ active: true }));
			return `enabled “${name}”. To undo it, disable it there.`;
		}
		case "activateDeployment": {
			const path = `/api/v2/integrations/${encodeURIComponent(fix.deploymentId)}`;
			// Without one it would open with the bundled client, and be for everybody where nobody has said for whom.
			const { properties } = (await platform.get(`${path}/config/current`)).body;
			const { frameworkJs } = (properties ?? {}) as { frameworkJs?: unknown };
			if (!frameworkJs) throw new Error("it has no framework.js, and is not activated without. Upload one first.");
			await platform.send("PATCH", path, { intendedState: "ENABLED" });
			return `activated “${name}”. To undo it, deactivate it there.`;
		}
	}
}
