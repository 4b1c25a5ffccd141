import { Type } from "typebox";
import { anyOf, everywhere, noPermission, type Route, readScope, route, writeScope } from "../kernel/http/route.ts";
import type { OrganizationService } from "../users/organization.ts";
import { extensionsOf, type OrganizationSettings, offlineAfterOf } from "../users/organization-settings.ts";
import { settingsAnswer, settingsChange } from "../users/settings-answers.ts";

const path = "/api/inlay/v1/sessions/absence";
const workPath = "/api/inlay/v1/routing/aftercallwork";
const mayAdminister = anyOf("directory:organization:admin");

/** When somebody without any connection counts as gone, and how after-call work may be put off; ours, beside the platform's contract. */
export function attendanceRoutes(organization: OrganizationService): Route[] {
	return [
		route({
			method: "GET",
			path,
			operationId: "getInlaySessionsAbsence",
			summary: "After how long without any connection somebody's presence becomes Offline",
			permission: mayAdminister,
			scope: readScope("organization"),
			success: { status: 200 },
			handler: async () => settingsAnswer(await organization.get(), absenceView),
		}),
		route({
			method: "PUT",
			path,
			operationId: "putInlaySessionsAbsence",
			summary: "Set after how long without any connection somebody's presence becomes Offline; 0 for never",
			permission: everywhere(mayAdminister),
			scope: writeScope("organization"),
			body: Type.Object({ offlineAfterSeconds: Type.Integer() }),
			honoursIfMatch: true,
			success: { status: 200 },
			errors: ["version.conflict"],
			async handler(request) {
				const { offlineAfterSeconds } = request.body;
				const changed = await organization.updateSettings({ offlineAfterSeconds }, settingsChange(request));
				return settingsAnswer(changed, absenceView);
			},
		}),
		route({
			method: "GET",
			path: workPath,
			operationId: "getInlayRoutingAftercallwork",
			summary: "How often an agent may put off the end of timed after-call work",
			permission: noPermission,
			scope: readScope("routing"),
			success: { status: 200 },
			handler: async () => settingsAnswer(await organization.get(), workView),
		}),
		route({
			method: "PUT",
			path: workPath,
			operationId: "putInlayRoutingAftercallwork",
			summary: "Set how often an agent may put off the end of timed after-call work: 0 to 2",
			permission: everywhere(mayAdminister),
			scope: writeScope("routing"),
			body: Type.Object({ afterCallWorkExtensions: Type.Integer() }),
			honoursIfMatch: true,
			success: { status: 200 },
			errors: ["version.conflict"],
			async handler(request) {
				const { afterCallWorkExtensions } = request.body;
				const changed = await organization.updateSettings({ afterCallWorkExtensions }, settingsChange(request));
				return settingsAnswer(changed, workView);
			},
		}),
	];
}

function workView(settings: OrganizationSettings) {
	return { afterCallWorkExtensions: extensionsOf(settings) };
}

function absenceView(settings: OrganizationSettings) {
	return { offlineAfterSeconds: offlineAfterOf(settings) ?? 0 };
}
