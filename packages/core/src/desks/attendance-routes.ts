import { Type } from "typebox";
import { anyOf, everywhere, type Route, readScope, route, writeScope } from "../kernel/http/route.ts";
import type { OrganizationService } from "../users/organization.ts";
import { type OrganizationSettings, offlineAfterOf } from "../users/organization-settings.ts";
import { settingsAnswer, settingsChange } from "../users/settings-answers.ts";

const path = "/api/inlay/v1/sessions/absence";
const mayAdminister = anyOf("directory:organization:admin");

/** When somebody without any connection counts as gone; ours, beside the platform's contract. */
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
	];
}

function absenceView(settings: OrganizationSettings) {
	return { offlineAfterSeconds: offlineAfterOf(settings) ?? 0 };
}
