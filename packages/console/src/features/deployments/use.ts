import type { Api } from "../../session/api.ts";
import type { Integration } from "../../session/wire.ts";

/** Who has something in hand and may be in a deployment's panel: how many, and those by name whom one may see. */
export interface DeploymentUse {
	total: number;
	entities: Array<{ id: string; name: string }>;
}

export function readUse(api: Api, id: string): Promise<DeploymentUse> {
	return api.request<DeploymentUse>("GET", `/api/inlay/v1/deployments/${id}/use`);
}

/** Switches a deployment on or off. @param now off for those at work, too */
export function switchDeployment(api: Api, id: string, on: boolean, now = false): Promise<Integration> {
	if (!on && now) return api.request<Integration>("POST", `/api/inlay/v1/deployments/${id}/close`);
	const body = { intendedState: on ? "ENABLED" : "DISABLED" };
	return api.request<Integration>("PATCH", `/api/v2/integrations/${id}`, body, { noVersion: "a switch" });
}
