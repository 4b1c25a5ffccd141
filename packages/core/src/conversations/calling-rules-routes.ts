import { Type } from "typebox";
import { anyOf, everywhere, noPermission, type Route, readScope, route, writeScope } from "../kernel/http/route.ts";
import type { OrganizationService } from "../users/organization.ts";
import { callingRulesOf, historyDaysRange, type OrganizationSettings } from "../users/organization-settings.ts";
import { settingsAnswer, settingsChange } from "../users/settings-answers.ts";

const path = "/api/v2/inlay/calling/rules";
const [fewestDays, mostDays] = historyDaysRange;
const clock = Type.Optional(Type.String({ pattern: "^([01]\\d|2[0-3]):[0-5]\\d$" }));

/** When people are called back, and how far the call history goes; ours, beside the platform's contract. */
export function callingRulesRoutes(organization: OrganizationService): Route[] {
	return [
		route({
			method: "GET",
			path,
			operationId: "getInlayCallingRules",
			summary: "Between which hours people are called back, and how many days the call history goes back.",
			permission: noPermission,
			scope: readScope("conversations"),
			success: { status: 200 },
			handler: async () => settingsAnswer(await organization.get(), callingRulesOf),
		}),
		route({
			method: "PUT",
			path,
			operationId: "putInlayCallingRules",
			summary:
				"Sets between which hours people are called back, and how far the call history goes; what is absent stays.",
			permission: everywhere(anyOf("directory:organization:admin")),
			scope: writeScope("conversations"),
			body: Type.Object({
				windowStart: clock,
				windowEnd: clock,
				windowEnforced: Type.Optional(Type.Boolean()),
				historyDays: Type.Optional(Type.Integer({ minimum: fewestDays, maximum: mostDays })),
			}),
			honoursIfMatch: true,
			success: { status: 200 },
			errors: ["version.conflict"],
			async handler(request) {
				const { windowStart, windowEnd, windowEnforced, historyDays } = request.body;
				const changes: OrganizationSettings = {
					...(windowStart === undefined ? {} : { callbackWindowStart: windowStart }),
					...(windowEnd === undefined ? {} : { callbackWindowEnd: windowEnd }),
					...(windowEnforced === undefined ? {} : { callbackWindowEnforced: windowEnforced }),
					...(historyDays === undefined ? {} : { callHistoryDays: historyDays }),
				};
				return settingsAnswer(await organization.updateSettings(changes, settingsChange(request)), callingRulesOf);
			},
		}),
	];
}
