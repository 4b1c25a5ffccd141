import { Type } from "typebox";
import { anyOf, everywhere, type Route, readScope, route, writeScope } from "../kernel/http/route.ts";
import { idParams } from "../kernel/http/schemas.ts";
import { actorOf } from "../kernel/principal.ts";
import type { Deployments } from "./deployments.ts";
import { maxScriptBytes, type ScriptSummary } from "./model.ts";
import { configuredView } from "./views.ts";

const base = "/api/inlay/v1/deployments/:integrationId/scripts";

/** Our own operations on framework.js: upload alone, see every version, go back to one. */
export function scriptRoutes(deployments: Deployments): Route[] {
	const one = idParams("integrationId", "version");
	return [
		route({
			method: "GET",
			path: base,
			operationId: "getInlayDeploymentScripts",
			summary: "List the uploads of framework.js, the newest first.",
			permission: anyOf("integrations:integration:view"),
			scope: readScope("integrations"),
			params: idParams("integrationId"),
			success: { status: 200 },
			handler: async ({ params }) => ({ entities: (await deployments.scripts(params.integrationId)).map(uploadView) }),
		}),
		route({
			method: "POST",
			path: base,
			operationId: "postInlayDeploymentScripts",
			summary: "Upload framework.js without touching the rest of the configuration; `findings` are the linter's.",
			permission: everywhere(anyOf("integrations:integration:edit")),
			scope: writeScope("integrations"),
			params: idParams("integrationId"),
			body: Type.Object({ source: Type.String({ minLength: 1 }) }),
			bodyLimit: 7 * maxScriptBytes,
			success: { status: 200, model: "IntegrationConfiguration" },
			errors: ["invalid.property", "request.entity.too.large"],
			handler: async ({ params, body, principal }) => {
				return configuredView(await deployments.uploadExamined(params.integrationId, body.source, actorOf(principal)));
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
			permission: everywhere(anyOf("integrations:integration:edit")),
			scope: writeScope("integrations"),
			params: one,
			success: { status: 200, model: "IntegrationConfiguration" },
			handler: async ({ params, principal }) => {
				const script = await deployments.script(params.integrationId, versionNumber(params.version));
				return configuredView(
					await deployments.uploadExamined(params.integrationId, script.source, actorOf(principal)),
				);
			},
		}),
	];
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
