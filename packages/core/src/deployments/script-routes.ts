import { type Static, Type } from "typebox";
import { badField } from "../kernel/http/api-error.ts";
import { anyOf, everywhere, type Route, readScope, route, writeScope } from "../kernel/http/route.ts";
import { idParams } from "../kernel/http/schemas.ts";
import { actorOf, type Principal } from "../kernel/principal.ts";
import type { Configured, Deployments } from "./deployments.ts";
import { type Deployment, maxScriptBytes, type ScriptSummary } from "./model.ts";
import { type StagedReleases, type StageInput, stagingPermission } from "./staged-release.ts";
import { configuredView, stagedView } from "./views.ts";

const base = "/api/inlay/v1/deployments/:integrationId/scripts";

/** Who gets a version first. */
const stage = {
	groups: Type.Optional(Type.Array(Type.String({ maxLength: 200 }))),
	forMe: Type.Optional(
		Type.Boolean({ description: "Whoever asks tries it alone, in place of groups; they need be in none of them." }),
	),
	replaces: Type.Optional(
		Type.Integer({
			description:
				"The version that some groups have first until now, which this ends, as it was read; none where absent.",
		}),
	),
};

const stageBody = Type.Object(stage);

/** Our own operations on framework.js: upload alone, see every version, go back to one, and give one to some groups first. */
export function scriptRoutes(deployments: Deployments, releases: StagedReleases): Route[] {
	return [...uploadRoutes(deployments, releases), ...stageRoutes(releases)];
}

function uploadRoutes(deployments: Deployments, releases: StagedReleases): Route[] {
	const one = idParams("integrationId", "version");
	return [
		route({
			method: "GET",
			path: base,
			operationId: "getInlayDeploymentScripts",
			summary: "List the versions of framework.js, the newest first; `release` says who has which.",
			permission: anyOf("integrations:integration:view"),
			scope: readScope("integrations"),
			params: idParams("integrationId"),
			success: { status: 200 },
			handler: async ({ params }) => {
				const deployment = await deployments.get(params.integrationId);
				const uploads = await deployments.scripts(deployment.id);
				return { entities: uploads.map(uploadView), release: releaseView(deployment) };
			},
		}),
		route({
			method: "POST",
			path: base,
			operationId: "postInlayDeploymentScripts",
			summary:
				"Upload framework.js without touching the rest of the configuration, for everybody, for `groups` first, or `forMe` to try it; `findings` are the linter's.",
			permission: everywhere(anyOf(stagingPermission)),
			scope: writeScope("integrations"),
			params: idParams("integrationId"),
			body: Type.Object({ source: Type.String({ minLength: 1 }), ...stage }),
			bodyLimit: 7 * maxScriptBytes,
			success: { status: 200, model: "IntegrationConfiguration" },
			errors: ["invalid.property", "request.entity.too.large", "version.conflict"],
			handler: async ({ params: { integrationId }, body: { source, ...asked }, principal }) => {
				const actor = actorOf(principal);
				const { groups, forMe, replaces } = asked;
				if (groups || forMe)
					return releasedView(await releases.upload(integrationId, source, stageOf(asked, principal), actor));
				return releasedView(await releases.uploadForEverybody(integrationId, source, { replaces }, actor));
			},
		}),
		route({
			method: "GET",
			path: `${base}/:version`,
			operationId: "getInlayDeploymentScript",
			summary: "One upload with its text.",
			permission: anyOf("integrations:integration:view"),
			scope: readScope("integrations"),
			params: one,
			success: { status: 200 },
			handler: async ({ params }) => {
				const script = await deployments.script(params.integrationId, versionNumber(params.version));
				return { ...uploadView({ ...script, bytes: Buffer.byteLength(script.source) }), source: script.source };
			},
		}),
		route({
			method: "POST",
			path: `${base}/:version/restore`,
			operationId: "postInlayDeploymentScriptRestore",
			summary: "Make an earlier upload the current one again, as a new version; `findings` as for an upload.",
			permission: everywhere(anyOf(stagingPermission)),
			scope: writeScope("integrations"),
			params: one,
			query: Type.Object({
				replaces: Type.Optional(
					Type.String({
						pattern: "^(none|\\d{1,9})$",
						description:
							"The version that some groups have first, which this ends, as it was read; `none` where absent.",
					}),
				),
			}),
			success: { status: 200, model: "IntegrationConfiguration" },
			errors: ["version.conflict"],
			handler: async ({ params: { integrationId, version }, query: { replaces }, principal }) => {
				const seen = replaces === undefined || replaces === "none" ? {} : { replaces: Number(replaces) };
				return releasedView(await releases.restore(integrationId, versionNumber(version), seen, actorOf(principal)));
			},
		}),
	];
}

function stageRoutes(releases: StagedReleases): Route[] {
	const one = idParams("integrationId", "version");
	const common = {
		permission: everywhere(anyOf(stagingPermission)),
		scope: writeScope("integrations"),
		params: one,
		success: { status: 200, model: "IntegrationConfiguration" },
	} as const;
	return [
		route({
			...common,
			method: "PUT",
			path: `${base}/:version/stage`,
			operationId: "putInlayDeploymentScriptStage",
			summary:
				"Give a version of framework.js to the members of some groups before everybody else, or `forMe` alone to try it.",
			body: stageBody,
			errors: ["invalid.property", "version.conflict"],
			handler: async ({ params: { integrationId, version }, body, principal }) =>
				releasedView(
					await releases.stage(integrationId, versionNumber(version), stageOf(body, principal), actorOf(principal)),
				),
		}),
		route({
			...common,
			method: "DELETE",
			path: `${base}/:version/stage`,
			operationId: "deleteInlayDeploymentScriptStage",
			summary: "Withdraw the version that some groups have: they get what everybody has.",
			errors: ["version.conflict"],
			handler: async ({ params: { integrationId, version }, principal }) =>
				releasedView(await releases.withdraw(integrationId, versionNumber(version), actorOf(principal))),
		}),
		route({
			...common,
			method: "POST",
			path: `${base}/:version/release`,
			operationId: "postInlayDeploymentScriptRelease",
			summary: "Give the version that some groups have to everybody.",
			errors: ["version.conflict"],
			handler: async ({ params: { integrationId, version }, principal }) =>
				releasedView(await releases.release(integrationId, versionNumber(version), actorOf(principal))),
		}),
	];
}

/** @throws ApiError 400 where a program, which has no panel, asks to try something */
function stageOf(asked: Static<typeof stageBody>, { userId }: Principal): StageInput {
	const { groups, forMe = false, replaces } = asked;
	if (forMe && userId === undefined) throw badField("forMe", "forMe: a program has no panel in which to try it.");
	return { groups, replaces, ...(forMe ? { userId } : {}) };
}

/** Who has which version. */
function releaseView({ scriptVersion, staged }: Deployment) {
	return {
		...(scriptVersion === undefined ? {} : { version: scriptVersion }),
		...(staged ? { staged: stagedView(staged) } : {}),
	};
}

function releasedView(configured: Configured) {
	return { ...configuredView(configured), release: releaseView(configured.deployment) };
}

/** Anything but a number of an upload is one that does not exist. */
function versionNumber(text: string): number {
	return /^\d{1,9}$/.test(text) ? Number(text) : 0;
}

function uploadView({ version, sha256, bytes, uploadedAt, uploadedBy }: ScriptSummary) {
	return {
		version,
		sha256,
		bytes,
		uploadedAt,
		...(uploadedBy ? { uploadedBy: { id: uploadedBy } } : {}),
	};
}
