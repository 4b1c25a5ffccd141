import type { Fix } from "@inlay/contract/health/finding";
import type { Api } from "../../session/api.ts";
import { clientNeed, needs } from "../../session/needs.ts";
import type { Need } from "../../session/rights.ts";
import type { OAuthClient } from "../../session/wire.ts";
import { switchDeployment } from "../deployments/use.ts";

/** What the step takes. */
export function needOf(fix: Fix): Need {
	return fix.do === "activateDeployment" ? needs.editDeployment : clientNeed(needs.editClient, "CODE");
}

/** Of the thing as it is now, under its version; it adds, and takes nothing away. */
export async function applyFix(api: Api, fix: Fix): Promise<void> {
	if (fix.do === "activateDeployment") return void (await switchDeployment(api, fix.deploymentId, true));
	const path = `/api/v2/oauth/clients/${fix.clientId}`;
	const { name, version, ...now } = await api.request<OAuthClient>("GET", path);
	await api.request("PUT", path, { name, version, ...changedBy(fix, now) });
}

function changedBy(
	fix: Exclude<Fix, { do: "activateDeployment" }>,
	now: Pick<OAuthClient, "registeredRedirectUri" | "scope">,
): Partial<OAuthClient> {
	if (fix.do === "addScopes") return { scope: [...new Set([...now.scope, ...fix.scopes])] };
	if (fix.do === "enableClient") return { state: "active" };
	return { registeredRedirectUri: [...new Set([...now.registeredRedirectUri, ...fix.uris])] };
}
