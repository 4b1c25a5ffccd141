import { randomUUID } from "node:crypto";
import { usualLicenses } from "@inlay/contract/licenses";
import { OperatorLog } from "../../kernel/operator-log.ts";
import { keptLog } from "../../test-support/log-lines.ts";
import { testApi, testPrincipal } from "../../test-support/test-api.ts";
import { DeploymentAccess } from "../access.ts";
import { PanelBoot, type PanelClient } from "../boot.ts";
import { deliveryRoutes } from "../delivery-routes.ts";
import { publicTypeId } from "../model.ts";
import { PanelPages } from "../panel-pages.ts";
import { integrationRoutes } from "../routes.ts";
import { scriptRoutes } from "../script-routes.ts";
import { StagedReleases } from "../staged-release.ts";
import { useRoutes } from "../use-routes.ts";
import { deployed, knownGroup } from "./deployed.ts";

export const base = "/api/v2/integrations";
export const publicUrl = "http://api.example";
export const panelUrl = "http://panel.example";
export const rootId = randomUUID();
/** Of the one group that there is. */
export const memberId = randomUUID();

/** Deployments with all their routes, and those who ask: `root`, a `member` of the group, an `editor` of integrations, and `nobody`, who may do nothing. */
export async function deploymentApi() {
	const place = await deployed();
	/** OAuth clients of the organization, by id. */
	const clients = new Map<string, PanelClient>();
	/** Users with something in hand. */
	const atWork = new Set<string>();
	/** What an operator reads. */
	const { log, lines: operatorLines } = keptLog();
	const { deployments } = place;
	const groupsOf = async (userId: string) => (userId === memberId ? [knownGroup] : []);
	const access = new DeploymentAccess({
		groupsOf,
		groupNames: async () => ["Sales team"],
		licensesOf: async () => usualLicenses,
	});
	const people = {
		root: testPrincipal({ userId: rootId }),
		member: testPrincipal({ userId: memberId }),
		editor: testPrincipal({ grants: [{ permission: "integrations:integration:edit", divisions: "all" }] }),
		nobody: testPrincipal({ userId: randomUUID(), grants: [] }),
	};
	const boot = new PanelBoot(deployments, {
		organization: async () => ({ id: "org", name: "Acme", country: "US" }),
		client: async (id) => clients.get(id),
		bundledClientId: async () => undefined,
		grantsOf: async (userId) => Object.values(people).find((one) => one.userId === userId)?.grants ?? [],
		embedAllowList: async () => [],
		publicUrl,
		panelUrl,
		region: "local",
		demo: false,
	});
	const operators = new OperatorLog(log, place.kernel.clock);
	const api = await testApi(
		[
			...integrationRoutes(deployments, access),
			...scriptRoutes(deployments, new StagedReleases(deployments)),
			...useRoutes(deployments, {
				usersAtWork: async () => [...atWork],
				grantsOf: async () => [],
				groupsOfAll: async () => new Map(),
				people: async (ids) => ids.map((id) => ({ id, name: "Root", divisionId: "home" })),
			}),
			...deliveryRoutes({
				deployments,
				access,
				boot,
				pages: new PanelPages("/nowhere"),
				panelUrl,
				isAtWork: async (userId) => atWork.has(userId),
				timesOf: async () => undefined,
				operators,
			}),
		],
		people,
	);

	async function call(method: string, url: string, body?: unknown, as = "root") {
		const answer = await api.call(method, url, { as, ...(body === undefined ? {} : { body }) });
		const json = String(answer.headers["content-type"]).startsWith("application/json");
		return { status: answer.statusCode, headers: answer.headers, body: json ? answer.json() : answer.body };
	}

	let made = 0;
	/** @returns its id */
	async function installed(name = `Panel ${++made}`, typeId = publicTypeId): Promise<string> {
		return (await call("POST", base, { name, integrationType: { id: typeId } })).body.id;
	}

	async function close(): Promise<void> {
		await api.close();
		await place.close();
	}

	return { place, people, api, call, installed, clients, atWork, operatorLines, close };
}
