import { originMatches, type SessionTimes } from "@inlay/contract";
import { guardsVersion } from "@inlay/contract/script-guards";
import { Type } from "typebox";
import { isAway } from "../kernel/database/database-errors.ts";
import { notFound } from "../kernel/http/api-error.ts";
import { strangerAt } from "../kernel/http/caller-key.ts";
import { Answer, noPermission, publicRoute, type Route, route, writeScope } from "../kernel/http/route.ts";
import { CommaList, idParams, readList } from "../kernel/http/schemas.ts";
import type { OperatorLog } from "../kernel/operator-log.ts";
import { actingId, type Principal } from "../kernel/principal.ts";
import { type DeploymentAccess, stateProblem } from "./access.ts";
import { noDeployment, type PanelBoot } from "./boot.ts";
import type { Deployments } from "./deployments.ts";
import { GuardedScripts } from "./guarded-scripts.ts";
import { guardScript } from "./lint-script.ts";
import { type Deployment, isActive } from "./model.ts";
import { noPane, type PanelPage, type PanelPages, panelAway } from "./panel-pages.ts";
import { embeddingPath } from "./refused-page.ts";
import { RefusedPanels } from "./refused-panels.ts";

const panePath = "/crm/embeddablePane.html";
const Text = Type.Optional(Type.String({ maxLength: 200 }));
/** A refused panel looks whether it is let in by now. */
const Again = Type.Optional(Type.Boolean());

export interface DeliveryDependencies {
	deployments: Deployments;
	access: DeploymentAccess;
	boot: PanelBoot;
	pages: PanelPages;
	panelUrl: string;
	/** Whether the user has an interaction in hand or owes after-call work. */
	isAtWork: (userId: string) => Promise<boolean>;
	/** How long the token that asks is good. */
	timesOf: (principal: Principal) => Promise<SessionTimes | undefined>;
	/** Where an operator reads which panels were refused, and why. */
	operators: OperatorLog;
}

/** What the routes share among themselves. */
interface Delivery extends DeliveryDependencies {
	refused: RefusedPanels;
}

/** What an agent's browser loads: pages, boot, the script, and whether the user may. */
export function deliveryRoutes(given: DeliveryDependencies): Route[] {
	const dependencies: Delivery = { ...given, refused: new RefusedPanels(given.operators) };
	return [
		...pageRoutes(dependencies),
		...bootRoutes(dependencies),
		embeddingRoute(dependencies),
		scriptRoute(dependencies),
		isolatedRoute(dependencies),
		accessRoute(dependencies),
		choicesRoute(dependencies),
	];
}

function pageRoutes({ boot, pages, panelUrl, refused }: Delivery): Route[] {
	const page = (path: string, operationId: string, file: PanelPage) =>
		route({
			method: "GET",
			path,
			operationId,
			summary: "A page of the agent client.",
			permission: noPermission,
			scope: publicRoute,
			hidden: true,
			query: Type.Object({ deployment: Text, component: Type.Optional(Type.String({ maxLength: 2_000 })) }),
			success: { status: 200 },
			handler: async ({ headers, query, params, ip }) => {
				// Such a page names the part of a product that it shows: of those Inlay has the panel alone.
				if (path === panePath && query.component) return noPane(query.component, headers);
				const name = (params as { partnerName?: string } | undefined)?.partnerName;
				const wanted = name ? { name } : { deployment: query.deployment };
				const known = await Promise.all([
					boot.policyFor(wanted),
					boot.embeddersFor(wanted),
					file === "index.html" ? boot.boot(wanted) : undefined,
				]).catch((error) => {
					if (isAway(error)) return undefined;
					throw error;
				});
				if (!known) return panelAway(headers);
				const [policy, embedders, told] = known;
				// What stands in the way is asked for, and told to operators, by boot.json.
				const inPage = told && !told.problem ? { boot: { ...wanted, answer: told } } : {};
				const answer = await pages.page(file, {
					headers,
					policy: { ...policy, panelUrl },
					embedders,
					wanted: queryOf(wanted),
					...inPage,
				});
				if (answer.status === 403) {
					const origin = URL.parse(String(headers.referer ?? ""))?.origin;
					const deploymentId = (await boot.meant(wanted)) ?? query.deployment;
					const about = { deploymentId, partnerName: name, origin, unverified: true };
					refused.tell({ code: "origin.not.allowed", ...about }, strangerAt(ip));
				}
				return answer;
			},
		});
	return [
		route({
			method: "GET",
			path: "/cobrowse/view",
			operationId: "getCobrowseView",
			summary: "Where an agent sees the page that a customer shares.",
			permission: noPermission,
			scope: publicRoute,
			hidden: true,
			query: Type.Object({ session: Text }),
			success: { status: 200 },
			handler: async () => pages.viewer({ ...(await boot.policyFor({})), panelUrl }),
		}),
		page("/crm/index.html", "getCrmIndex", "index.html"),
		page("/crm/embeddableFramework.html", "getCrmEmbeddableFramework", "index.html"),
		page(panePath, "getCrmEmbeddablePane", "index.html"),
		page("/crm/authWindow.html", "getCrmAuthWindow", "authWindow.html"),
		page("/crm/interaction.html", "getCrmInteraction", "interaction.html"),
		page("/crm/self-test.html", "getCrmSelfTest", "self-test.html"),
		page("/crm/phoneWindow.html", "getCrmPhoneWindow", "phoneWindow.html"),
		page("/crm/:partnerName/interaction.html", "getCrmPartnerInteraction", "interaction.html"),
		page("/crm/:partnerName/index.html", "getCrmPartnerIndex", "index.html"),
	];
}

function bootRoutes({ boot, refused }: Delivery): Route[] {
	return [
		route({
			method: "GET",
			path: "/crm/boot.json",
			operationId: "getCrmBoot",
			summary: "How a panel starts: deployment, script, embedding pages.",
			permission: noPermission,
			scope: publicRoute,
			hidden: true,
			query: Type.Object({ deployment: Text, name: Text, local: Type.Optional(Type.Boolean()), again: Again }),
			success: { status: 200 },
			handler: async ({ query, ip }) => {
				const answer = await boot.boot(query);
				// Several to choose from is a question, not a refusal.
				if (answer.problem && !answer.choices) {
					const deploymentId = answer.deployment?.id ?? query.deployment;
					const isKnown = answer.deployment !== undefined;
					const panel = { code: answer.problem.code, deploymentId, partnerName: query.name };
					refused.tell(panel, isKnown ? undefined : strangerAt(ip), query.again);
				}
				return fresh(answer);
			},
		}),
		route({
			method: "GET",
			path: "/crm/signin.json",
			operationId: "getCrmSignin",
			summary: "Which OAuth client a panel signs in with.",
			permission: noPermission,
			scope: publicRoute,
			hidden: true,
			query: Type.Object({ deployment: Text, region: Text, clientId: CommaList, ownClientId: CommaList, again: Again }),
			success: { status: 200 },
			handler: async ({ query, ip }) => {
				const clientIds = readList(query.clientId);
				const answer = await boot.signIn({ deployment: query.deployment, clientIds });
				// Which clients the script names is the browser's word.
				const about = { deploymentId: query.deployment, clientIds, unverified: true };
				if (answer.problem) refused.tell({ code: answer.problem.code, ...about }, strangerAt(ip), query.again);
				else if (answer.note) {
					const finding = { code: "panel.client.substituted", ...about, clientId: answer.clientId };
					refused.find(finding, answer.note, strangerAt(ip), query.again);
				}
				return fresh(answer);
			},
		}),
	];
}

/** Asked by the page that a frame shows which may not show the panel: nobody is signed in there. */
function embeddingRoute({ boot }: DeliveryDependencies): Route {
	return route({
		method: "GET",
		path: embeddingPath,
		operationId: "getCrmEmbedding",
		summary: "Whether a page may embed the panel.",
		permission: noPermission,
		scope: publicRoute,
		hidden: true,
		query: Type.Object({ deployment: Text, name: Text, origin: Type.String({ maxLength: 300 }) }),
		success: { status: 200 },
		async handler({ query: { origin, ...wanted } }) {
			return fresh({ allowed: originMatches(origin, await boot.embeddersFor(wanted)) });
		},
	});
}

function queryOf(wanted: { name?: string; deployment?: string | undefined }): string {
	return new URLSearchParams(
		Object.entries(wanted).flatMap(([key, value]) => (value ? [[key, value]] : [])),
	).toString();
}

function scriptRoute({ deployments, refused }: Delivery): Route {
	const guardedScripts = new GuardedScripts(guardScript);
	return route({
		method: "GET",
		path: "/crm/deployments/:deploymentId/framework.js",
		operationId: "getCrmFrameworkScript",
		summary: "The framework.js of an active deployment.",
		permission: noPermission,
		scope: publicRoute,
		hidden: true,
		params: idParams("deploymentId"),
		query: Type.Object({ v: Type.Optional(Type.Integer()), guards: Type.Optional(Type.Integer()) }),
		success: { status: 200 },
		handler: async ({ params, query, ip }) => {
			const deployment = await deployments.find(params.deploymentId);
			const staged = deployment?.staged?.version === query.v ? query.v : undefined;
			const source = deployment && isActive(deployment) ? await sourceOf(deployment, staged) : undefined;
			if (source === undefined) {
				const problem = deployment ? stateProblem(deployment) : noDeployment(params.deploymentId);
				const code = problem?.code ?? "deployment.without.script";
				const sender = deployment ? undefined : strangerAt(ip);
				refused.tell({ code, deploymentId: params.deploymentId, script: true }, sender);
				return new Answer(404, "// No such deployment, or it is switched off.\n", scriptHeaders(false));
			}
			// An address that names such a version never changes its meaning, so browsers may keep it.
			const isNamed = staged !== undefined || query.v === deployment?.scriptVersion;
			if (query.guards === undefined) return new Answer(200, source, scriptHeaders(isNamed));
			const version = staged ?? deployment?.scriptVersion ?? 0;
			const guarded = await guardedScripts.of(params.deploymentId, version, source);
			const isKept = isNamed && guarded !== undefined && query.guards === guardsVersion;
			return new Answer(200, guarded ?? source, scriptHeaders(isKept));
		},
	});

	/** Any other version than the staged one stands for what everybody has. */
	async function sourceOf({ id, properties }: Deployment, staged: number | undefined): Promise<string | undefined> {
		return staged === undefined ? properties.frameworkJs : (await deployments.script(id, staged)).source;
	}
}

function isolatedRoute({ boot, pages, panelUrl }: DeliveryDependencies): Route {
	return route({
		method: "GET",
		path: "/crm/deployments/:deploymentId/isolated.html",
		operationId: "getCrmIsolatedPage",
		summary: "The page in which the framework.js of an active deployment runs isolated.",
		permission: noPermission,
		scope: publicRoute,
		hidden: true,
		params: idParams("deploymentId"),
		success: { status: 200 },
		handler: async ({ params }) => {
			const policy = await boot.isolatedPolicy(params.deploymentId, panelUrl);
			if (policy === undefined) throw notFound("integration", params.deploymentId);
			return pages.isolated(policy);
		},
	});
}

function accessRoute({ deployments, access, isAtWork, timesOf, refused }: Delivery): Route {
	return route({
		method: "GET",
		path: "/crm/access.json",
		operationId: "getCrmAccess",
		summary: "Whether the signed-in user may use a deployment, and if not, why.",
		permission: noPermission,
		scope: writeScope("user-basic-info"),
		hidden: true,
		// A panel looks now and then whether its agent may still be here: that is no use of the session.
		query: Type.Object({
			deployment: Type.String({ maxLength: 200 }),
			preserveIdleTTL: Type.Optional(Type.Boolean()),
			again: Again,
		}),
		success: { status: 200 },
		handler: async ({ query, principal }) => {
			const deployment = await deployments.find(query.deployment);
			const { problem, script } = deployment
				? await access.verdict(deployment, principal)
				: { problem: noDeployment(query.deployment) };
			if (problem) {
				const { userId, clientId } = principal;
				const panel = { code: problem.code, deploymentId: query.deployment, userId, clientId };
				refused.tell(panel, { key: actingId(principal) }, query.again);
			}
			const session = await timesOf(principal);
			// Who stays for what they have in hand gets no other script: none is given out of what is switched off.
			const theirs = deployment && isActive(deployment) && script !== undefined ? { script } : {};
			const about = { ...(session ? { session } : {}), ...theirs };
			if (!problem) return fresh({ allowed: true, ...about });
			// Losing a right never cuts what somebody has in hand (agent-features 0.1, no. 3): a reloaded panel opens for that.
			const { userId } = principal;
			const atWork = userId && !problem.now && (await isAtWork(userId)) ? { atWork: true } : {};
			return fresh({ allowed: false, problem, ...atWork, ...about });
		},
	});
}

/** Addresses in the field name no deployment (framework-contract 18): who has signed in decides. */
function choicesRoute({ boot, access }: DeliveryDependencies): Route {
	return route({
		method: "GET",
		path: "/crm/choices.json",
		operationId: "getCrmChoices",
		summary: "The deployments that an address without one means for the signed-in user.",
		permission: noPermission,
		scope: writeScope("user-basic-info"),
		hidden: true,
		query: Type.Object({ local: Type.Optional(Type.Boolean()) }),
		success: { status: 200 },
		handler: async ({ query, principal }) => fresh(await boot.choicesFor(principal, access, query)),
	});
}

function fresh(body: unknown): Answer {
	return new Answer(200, body, { "cache-control": "no-store", "content-type": "application/json; charset=utf-8" });
}

function scriptHeaders(immutable: boolean): Record<string, string> {
	return {
		"content-type": "text/javascript; charset=utf-8",
		// An isolated frame has no origin: only who may read a script is told in which line it fails.
		"access-control-allow-origin": "*",
		"cache-control": immutable ? "public, max-age=31536000, immutable" : "no-cache",
	};
}
