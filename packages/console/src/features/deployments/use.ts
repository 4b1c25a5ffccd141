import type { Finding } from "@inlay/contract/health/finding";
import type { Api } from "../../session/api.ts";
import type { Task } from "../../session/load.ts";
import { needs } from "../../session/needs.ts";
import type { Self } from "../../session/self.ts";
import type { Configuration, Integration, ScriptVersion } from "../../session/wire.ts";
import { readKnownClients } from "./known-clients.ts";
import { whyNotReady } from "./sign-in-check.ts";

/** Who has something in hand and may be in a deployment's panel: how many, and those by name whom one may see. */
export interface DeploymentUse {
	total: number;
	entities: Array<{ id: string; name: string }>;
}

/** What would keep its agents from signing in, as Health says it; empty where there is no client at all. */
export type Unready = readonly Finding[];

/** How it went to activate a deployment: it is on, or off for what is known against it, or off as that was refused. */
export interface Activated {
	on: boolean;
	unready?: Unready;
}

interface Access {
	api: Api;
	self: Self;
	/** Origin of the panels. */
	panelUrl: string;
}

export function readUse(api: Api, id: string): Promise<DeploymentUse> {
	return api.request<DeploymentUse>("GET", `/api/inlay/v1/deployments/${id}/use`);
}

/** Switches a deployment on or off, unasked: see {@link activate}. @param now off for those at work, too */
export function switchDeployment(api: Api, id: string, on: boolean, now = false): Promise<Integration> {
	if (!on && now) return api.request<Integration>("POST", `/api/inlay/v1/deployments/${id}/close`);
	const body = { intendedState: on ? "ENABLED" : "DISABLED" };
	return api.request<Integration>("PATCH", `/api/v2/integrations/${id}`, body, { noVersion: "a switch" });
}

/** Activates a deployment, unless its agents are known not to be able to sign in: then somebody is asked first. */
export async function activate(task: Task, access: Access, id: string): Promise<Activated> {
	let unready = undefined as Unready | undefined;
	const done = await task.run(async () => {
		unready = await whyNotOn(access, id);
		if (!unready) await switchDeployment(access.api, id, true);
	});
	return { on: done && !unready, ...(unready ? { unready } : {}) };
}

/** By what is saved, as it stands now: who may not see clients knows nothing against it. */
async function whyNotOn({ api, self, panelUrl }: Access, id: string): Promise<Unready | undefined> {
	const rights = self.rights.peek();
	if (!rights.may(needs.viewClients)) return undefined;
	const [{ name, properties, inlayStaged }, clients] = await Promise.all([
		api.request<Configuration>("GET", `/api/v2/integrations/${id}/config/current`),
		readKnownClients(api, rights),
	]);
	// What an administrator tries alone is no agent's.
	const staged = inlayStaged && !inlayStaged.user ? inlayStaged : undefined;
	const read = staged && (await readScript(api, id, staged.version));
	const { frameworkJs = "", clientId = "" } = properties;
	const saved = { name, frameworkJs, clientId, ...(read === undefined ? {} : { stagedJs: read }) };
	return whyNotReady(saved, clients, panelUrl);
}

/** The text of an upload. Rejects with ApiError. */
export async function readScript(api: Api, id: string, version: number): Promise<string> {
	const path = `/api/inlay/v1/deployments/${id}/scripts/${version}`;
	return (await api.request<ScriptVersion>("GET", path)).source ?? "";
}
