import { Type } from "typebox";
import { refuseOtherThanStands } from "../kernel/http/as-it-stands.ts";
import { pageOfAll, pageRequest } from "../kernel/http/paging.ts";
import {
	anyOf,
	anyScope,
	everywhere,
	noPermission,
	type Route,
	readScope,
	route,
	writeScope,
} from "../kernel/http/route.ts";
import { pagedQuery } from "../kernel/http/schemas.ts";
import { actorOf } from "../kernel/principal.ts";
import type { Clock } from "../kernel/time/clock.ts";
import type { OrganizationService } from "./organization.ts";
import {
	AuthSettingsBody,
	authChangesOf,
	givenFields,
	OrganizationBody,
	organizationChangeOf,
} from "./organization-bodies.ts";
import { authSettingsView, type OrganizationSettings } from "./organization-settings.ts";
import { settingsAnswer, settingsChange } from "./settings-answers.ts";
import { timeZones } from "./time-zones.ts";

const Domains = Type.Optional(Type.Array(Type.String({ maxLength: 300 }), { maxItems: 500 }));

/** The organization, who may embed its client, and the clock (platform-api 3, 4.2). */
export function organizationRoutes(organization: OrganizationService, clock: Clock): Route[] {
	return [
		route({
			method: "GET",
			path: "/api/v2/organizations/me",
			operationId: "getOrganizationsMe",
			summary: "The organization of this server",
			permission: noPermission,
			scope: readScope("organization"),
			success: { status: 200, model: "Organization" },
			handler: () => organization.view(),
		}),
		route({
			method: "PUT",
			path: "/api/v2/organizations/me",
			operationId: "putOrganizationsMe",
			summary: "Change the organization: its name, language and country, by which numbers without a country are read",
			permission: everywhere(anyOf("directory:organization:admin")),
			scope: writeScope("organization"),
			body: OrganizationBody,
			success: { status: 200, model: "Organization" },
			errors: ["not.supported", "version.conflict"],
			async handler({ body, principal }) {
				refuseOtherThanStands(body, await organization.view(), givenFields);
				const change = organizationChangeOf(body, await organization.get());
				await organization.update(change, { version: body.version, actor: actorOf(principal) });
				return organization.view();
			},
		}),
		route({
			method: "GET",
			path: "/api/v2/organizations/authentication/settings",
			operationId: "getOrganizationsAuthenticationSettings",
			summary: "How people sign in and who may embed the client",
			permission: anyOf("directory:organization:admin"),
			scope: readScope("organization"),
			success: { status: 200, model: "OrgAuthSettings" },
			handler: async () => settingsAnswer(await organization.get(), authSettingsView),
		}),
		route({
			method: "PATCH",
			path: "/api/v2/organizations/authentication/settings",
			operationId: "patchOrganizationsAuthenticationSettings",
			summary: "Change how people sign in and who may embed the client",
			permission: everywhere(anyOf("directory:organization:admin")),
			scope: writeScope("organization"),
			body: AuthSettingsBody,
			success: { status: 200, model: "OrgAuthSettings" },
			honoursIfMatch: true,
			errors: ["not.supported", "version.conflict"],
			async handler(request) {
				const options = { from: request.ip, ...settingsChange(request) };
				return settingsAnswer(
					await organization.updateSettings(authChangesOf(request.body), options),
					authSettingsView,
				);
			},
		}),
		route({
			method: "GET",
			path: "/api/v2/organizations/embeddedintegration",
			operationId: "getOrganizationsEmbeddedintegration",
			summary: "Who may embed the client, in the older form",
			permission: noPermission,
			scope: readScope("organization"),
			success: { status: 200, model: "EmbeddedIntegration" },
			handler: async () => settingsAnswer(await organization.get(), embedding),
		}),
		route({
			method: "PUT",
			path: "/api/v2/organizations/embeddedintegration",
			operationId: "putOrganizationsEmbeddedintegration",
			summary: "Set who may embed the client, in the older form",
			permission: everywhere(anyOf("directory:organization:admin")),
			scope: writeScope("organization"),
			body: Type.Object({ enableWhitelist: Type.Optional(Type.Boolean()), domainWhitelist: Domains }),
			honoursIfMatch: true,
			success: { status: 200, model: "EmbeddedIntegration" },
			errors: ["version.conflict"],
			async handler(request) {
				const { enableWhitelist = false, domainWhitelist = [] } = request.body;
				const changes: OrganizationSettings = {
					domainAllowlistEnabled: enableWhitelist,
					domainAllowlist: domainWhitelist,
				};
				return settingsAnswer(await organization.updateSettings(changes, settingsChange(request)), embedding);
			},
		}),
		route({
			method: "GET",
			path: "/api/v2/date",
			operationId: "getDate",
			summary: "The server's time",
			permission: noPermission,
			scope: anyScope,
			success: { status: 200, model: "ServerDate" },
			handler: () => ({ currentDate: clock.now().toISOString() }),
		}),
		route({
			method: "GET",
			path: "/api/v2/timezones",
			operationId: "getTimezones",
			summary: "The time zones",
			permission: noPermission,
			scope: anyScope,
			query: pagedQuery(),
			success: { status: 200, model: "TimeZoneEntityListing" },
			handler: ({ query, url }) => pageOfAll(timeZones(clock.now()), pageRequest(query), url),
		}),
	];
}

function embedding(settings: OrganizationSettings) {
	return {
		enableWhitelist: settings.domainAllowlistEnabled ?? false,
		domainWhitelist: settings.domainAllowlist ?? [],
	};
}
