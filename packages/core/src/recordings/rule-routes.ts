import { Type } from "typebox";
import { anyOf, everywhere, noPermission, type Route, readScope, route, writeScope } from "../kernel/http/route.ts";
import { idParams } from "../kernel/http/schemas.ts";
import { seenVersion, versioned } from "../kernel/http/versions.ts";
import { actorOf } from "../kernel/principal.ts";
import type { Sight } from "../kernel/sight.ts";
import { PolicyBody, policyOf, policyView, SettingsBody } from "./policy-bodies.ts";
import type { RecordingRulesService, Versioned } from "./rules.ts";

const path = "/api/inlay/v1/recordings";
const policy = (action: string) => anyOf(`recording:retentionPolicy:${action}`);

/** Which calls are recorded, for how long, and how (agent-features 6). Policies are the whole organization's. */
export function recordingRuleRoutes(rules: RecordingRulesService, sight: Sight): Route[] {
	return [...policyRoutes(rules, sight), ...settingsRoutes(rules)];
}

function policyRoutes(rules: RecordingRulesService, sight: Sight): Route[] {
	return [
		route({
			method: "GET",
			path: `${path}/policies`,
			operationId: "getInlayRecordingPolicies",
			summary: "Recording policies, in the order in which they are tried.",
			permission: policy("view"),
			scope: readScope("organization"),
			success: { status: 200, description: "{entities}" },
			handler: async () => ({ entities: (await rules.policies()).map(policyView) }),
		}),
		route({
			method: "POST",
			path: `${path}/policies`,
			operationId: "postInlayRecordingPolicies",
			summary: "Makes a policy, which is tried after those that there are.",
			permission: everywhere(policy("add")),
			scope: writeScope("organization"),
			body: PolicyBody,
			readOnly: ["version"],
			success: { status: 200 },
			async handler({ body, principal }) {
				await sight.requireNew(principal, { queue: body.queueIds });
				return versioned(policyView(await rules.add(policyOf(body), actorOf(principal))));
			},
		}),
		route({
			method: "PUT",
			path: `${path}/policies/:policyId`,
			operationId: "putInlayRecordingPolicy",
			summary: "Changes a policy; it holds for calls whose next agent answers from then on.",
			permission: everywhere(policy("edit")),
			scope: writeScope("organization"),
			params: idParams("policyId"),
			body: PolicyBody,
			honoursIfMatch: true,
			success: { status: 200 },
			errors: ["version.conflict"],
			handler: async ({ params, body, principal, headers }) => {
				const seen = seenVersion(headers, body.version);
				const before = (await rules.policies()).find((one) => one.id === params.policyId);
				await sight.requireNew(principal, { queue: body.queueIds }, { queue: before?.value.queueIds ?? [] });
				return versioned(policyView(await rules.change(params.policyId, policyOf(body), seen, actorOf(principal))));
			},
		}),
		route({
			method: "DELETE",
			path: `${path}/policies/:policyId`,
			operationId: "deleteInlayRecordingPolicy",
			summary: "Deletes a policy. What it has recorded stays as long as it said.",
			permission: everywhere(policy("delete")),
			scope: writeScope("organization"),
			params: idParams("policyId"),
			success: { status: 204 },
			handler: async ({ params, principal }) => rules.remove(params.policyId, actorOf(principal)),
		}),
	];
}

function settingsRoutes(rules: RecordingRulesService): Route[] {
	return [
		route({
			method: "GET",
			path: "/api/v2/recording/settings",
			operationId: "getRecordingSettings",
			summary: "How long links to recordings are good.",
			permission: noPermission,
			scope: readScope("recordings"),
			query: Type.Object({ createDefault: Type.Optional(Type.Boolean()) }),
			success: { status: 200, model: "RecordingSettings" },
			handler: async () => {
				const { recordingPlaybackUrlTtl } = (await rules.settings()).value;
				return { recordingPlaybackUrlTtl, regionalRecordingStorageEnabled: false };
			},
		}),
		route({
			method: "GET",
			path: `${path}/settings`,
			operationId: "getInlayRecordingSettings",
			summary: "What holds for every recording: hold, pauses, links.",
			permission: policy("view"),
			scope: readScope("organization"),
			success: { status: 200 },
			handler: async () => answer(await rules.settings()),
		}),
		route({
			method: "PUT",
			path: `${path}/settings`,
			operationId: "putInlayRecordingSettings",
			summary: "Changes what holds for every recording; what is absent stays as it is.",
			permission: everywhere(policy("edit")),
			scope: writeScope("organization"),
			body: SettingsBody,
			honoursIfMatch: true,
			success: { status: 200 },
			errors: ["version.conflict"],
			handler: async ({ body: { version, ...changes }, principal, headers }) =>
				answer(await rules.setSettings(changes, seenVersion(headers, version), actorOf(principal))),
		}),
	];
}

function answer<T extends object>({ version, value }: Versioned<T>) {
	return versioned({ version, ...value });
}
