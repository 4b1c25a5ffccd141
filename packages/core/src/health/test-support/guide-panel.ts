import { agentScopes } from "@inlay/contract";
import type { Finding, Fix, HealthReport } from "@inlay/contract/health/finding";
import type { WholeServer } from "../../test-support/whole-server.ts";

export type Body = Record<string, unknown>;

interface Place {
	deployment: string;
	client: string;
	role: string;
	group: string;
	agent: string;
}

export const scriptFor = (client: string) => `window.Framework = {
	config: { name: "CRM", clientIds: { "mypurecloud.com": "${client}" }, settings: {} },
	initialSetup() {}, screenPop() {}, processCallLog() {}, openCallLog() {},
};`;

export const agentPolicies = [
	{ domain: "integration", entityName: "customEmbeddableFramework", actionSet: ["agent"] },
	{ domain: "routing", entityName: "agent", actionSet: ["onqueue"] },
	{ domain: "voicemail", entityName: "voicemail", actionSet: ["receive"] },
];

/** A panel as the guide sets it up, with one agent, and what an administrator does to it by the API. */
export class GuidePanel {
	readonly #server: WholeServer;
	/** Ids; none before it is set up. */
	place: Place = { deployment: "", client: "", role: "", group: "", agent: "" };

	constructor(server: WholeServer) {
		this.#server = server;
	}

	async setUp(): Promise<this> {
		const {
			groupId: group = "",
			integrationId: deployment = "",
			userId: agent = "",
			roleId: role = "",
		} = this.#server.ids;
		const { id: client } = await this.call<{ id: string }>(
			"POST",
			"v2/oauth/clients",
			this.newClient("Panel of the CRM"),
		);
		this.place = { deployment, client, role, group, agent };
		await this.setPolicies(agentPolicies);
		const { version } = await this.call("GET", `v2/groups/${group}`);
		await this.call("POST", `v2/groups/${group}/members`, { memberIds: [agent], version });
		const properties = { groups: [group], allowedOrigins: ["https://crm.example"], clientId: client };
		await this.configure(() => ({ ...properties, frameworkJs: scriptFor(client) }));
		await this.call("PATCH", `v2/integrations/${deployment}`, { intendedState: "ENABLED" });
		return this;
	}

	/** As the administrator. @throws Error where it is refused */
	async call<T = Body>(
		method: "GET" | "PUT" | "POST" | "DELETE" | "PATCH",
		path: string,
		payload?: unknown,
	): Promise<T> {
		const headers = { authorization: "Bearer admin" };
		const sent = payload === undefined ? {} : { payload: payload as object };
		const answer = await this.#server.http.inject({ method, url: `/api/${path}`, headers, ...sent });
		if (answer.statusCode >= 300) throw new Error(`${method} ${path}: ${answer.statusCode} ${answer.body}`);
		return (answer.body === "" ? undefined : answer.json()) as T;
	}

	newClient(name: string): Body {
		const { panelUrl } = this.#server.kernel.config;
		return {
			...{ name, authorizedGrantType: "TOKEN", scope: agentScopes, accessTokenValiditySeconds: 64_800 },
			registeredRedirectUri: ["index", "authWindow"].map((page) => `${panelUrl}/crm/${page}.html`),
		};
	}

	/** Reads, changes and writes under the version that was read. */
	async change(path: string, to: (now: Body) => Body): Promise<void> {
		const now = await this.call("GET", path);
		await this.call("PUT", path, { name: now.name, version: now.version, ...to(now) });
	}

	async configure(to: (properties: Body) => Body): Promise<void> {
		const path = `v2/integrations/${this.place.deployment}/config/current`;
		const now = await this.call<Body & { properties: Body }>("GET", path);
		await this.call("PUT", path, { ...now, properties: to(now.properties) });
	}

	setClient(to: Body): Promise<void> {
		return this.change(`v2/oauth/clients/${this.place.client}`, () => to);
	}

	setPolicies(permissionPolicies: unknown): Promise<void> {
		return this.change(`v2/authorization/roles/${this.place.role}`, () => ({ permissionPolicies }));
	}

	setScript(frameworkJs: string): Promise<void> {
		return this.configure((properties) => ({ ...properties, frameworkJs }));
	}

	/** What is found of what the guide sets up; notes are no faults. */
	async found(): Promise<Finding[]> {
		await this.#server.kernel.feed.wake();
		const { findings } = await this.call<HealthReport>("GET", "inlay/v1/health/findings?part=organization");
		return findings.filter(({ severity }) => severity !== "note");
	}

	/** What a button of the console and `inlay doctor --fix` do. */
	async perform(fix: Fix): Promise<void> {
		if (fix.do === "enableClient") return this.setClient({ state: "active" });
		if (fix.do === "activateDeployment") {
			await this.call("PATCH", `v2/integrations/${fix.deploymentId}`, { intendedState: "ENABLED" });
			return;
		}
		const [field, added] =
			fix.do === "addScopes" ? (["scope", fix.scopes] as const) : (["registeredRedirectUri", fix.uris] as const);
		const path = `v2/oauth/clients/${this.place.client}`;
		await this.change(path, (now) => ({ [field]: [...(now[field] as string[]), ...added] }));
	}
}
