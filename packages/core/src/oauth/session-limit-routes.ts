import { type Static, Type } from "typebox";
import { notSupported } from "../kernel/http/api-error.ts";
import { anyOf, everywhere, noPermission, type Route, readScope, route, writeScope } from "../kernel/http/route.ts";
import type { OrganizationService } from "../users/organization.ts";
import { idleTimeoutOf, type OrganizationSettings, sessionLimitOf } from "../users/organization-settings.ts";
import { settingsAnswer, settingsChange } from "../users/settings-answers.ts";

/** `IdleTokenTimeout`: all of it, so that nothing is taken and dropped. */
const TimeoutBody = Type.Object({
	idleTokenTimeoutSeconds: Type.Optional(Type.Integer()),
	enableIdleTokenTimeout: Type.Optional(Type.Boolean()),
	inactivityTimeoutUnit: Type.Optional(Type.String({ maxLength: 100 })),
	inactivityTimeoutGroupsEnabled: Type.Optional(Type.Boolean()),
	inactivityTimeoutGroupBundles: Type.Optional(Type.Array(Type.Unknown(), { maxItems: 100 })),
});

/** How long sessions last: unused (platform-api 2.1), and at all. */
export function sessionLimitRoutes(organization: OrganizationService): Route[] {
	return [
		route({
			method: "GET",
			path: "/api/v2/tokens/timeout",
			operationId: "getTokensTimeout",
			summary: "After how long an unused token ends",
			permission: noPermission,
			scope: { anyOf: ["authorization", "authorization:readonly", "organization", "organization:readonly"] },
			success: { status: 200, model: "IdleTokenTimeout" },
			handler: async () => settingsAnswer(await organization.get(), timeoutView),
		}),
		route({
			method: "PUT",
			path: "/api/v2/tokens/timeout",
			operationId: "putTokensTimeout",
			summary: "Set after how long an unused token ends, or that none does",
			permission: everywhere(anyOf("directory:organization:admin")),
			scope: writeScope("organization", "authorization"),
			body: TimeoutBody,
			success: { status: 200, model: "IdleTokenTimeout" },
			honoursIfMatch: true,
			errors: ["not.supported", "version.conflict"],
			handler: async (request) =>
				settingsAnswer(
					await organization.updateSettings(timeoutChanges(request.body), settingsChange(request)),
					timeoutView,
				),
		}),
		route({
			method: "GET",
			path: "/api/inlay/v1/sessions/limit",
			operationId: "getInlaySessionsLimit",
			summary: "After how long somebody has to sign in again, however often their client has renewed its token",
			permission: anyOf("directory:organization:admin"),
			scope: readScope("organization"),
			success: { status: 200 },
			handler: async () => settingsAnswer(await organization.get(), limitView),
		}),
		route({
			method: "PUT",
			path: "/api/inlay/v1/sessions/limit",
			operationId: "putInlaySessionsLimit",
			summary: "Set after how long somebody has to sign in again",
			permission: everywhere(anyOf("directory:organization:admin")),
			scope: writeScope("organization"),
			body: Type.Object({ sessionLimitSeconds: Type.Integer() }),
			honoursIfMatch: true,
			success: { status: 200 },
			errors: ["version.conflict"],
			async handler(request) {
				const { sessionLimitSeconds } = request.body;
				const changed = await organization.updateSettings({ sessionLimitSeconds }, settingsChange(request));
				return settingsAnswer(changed, limitView);
			},
		}),
	];
}

function timeoutView(settings: OrganizationSettings) {
	return {
		idleTokenTimeoutSeconds: settings.idleTokenTimeoutSeconds ?? 0,
		enableIdleTokenTimeout: idleTimeoutOf(settings) !== undefined,
	};
}

/** @throws ApiError 400 `not.supported` naming what this server does not offer */
function timeoutChanges(body: Static<typeof TimeoutBody>): OrganizationSettings {
	const { idleTokenTimeoutSeconds: seconds, enableIdleTokenTimeout: enabled, ...others } = body;
	const asked = perGroup.filter((name) => asksForSomething(others[name]));
	if (asked.length > 0) throw notSupported(asked);
	// What was read from a server without a timeout may come back: its 0 says nothing.
	const known =
		seconds === undefined || (seconds === 0 && enabled === false) ? {} : { idleTokenTimeoutSeconds: seconds };
	return { ...known, ...(enabled === undefined ? {} : { idleTokenTimeoutEnabled: enabled }) };
}

/** One timeout holds for everybody here. */
const perGroup = ["inactivityTimeoutUnit", "inactivityTimeoutGroupsEnabled", "inactivityTimeoutGroupBundles"] as const;

function asksForSomething(value: unknown): boolean {
	return Array.isArray(value) ? value.length > 0 : Boolean(value);
}

function limitView(settings: OrganizationSettings) {
	return { sessionLimitSeconds: sessionLimitOf(settings) };
}
