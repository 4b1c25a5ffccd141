import { Type } from "typebox";
import { actorOf } from "../authorization/actor.ts";
import type { Clock } from "../kernel/clock.ts";
import { pageOfAll, pageRequest } from "../kernel/paging.ts";
import { anyOf, anyScope, noPermission, type Route, readScope, route, writeScope } from "../kernel/route.ts";
import { pagedQuery } from "../kernel/schemas.ts";
import {
	authSettingsView,
	type OrganizationService,
	type OrganizationSettings,
	organizationView,
} from "./organization.ts";
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
			handler: async () => organizationView(await organization.get()),
		}),
		route({
			method: "GET",
			path: "/api/v2/organizations/authentication/settings",
			operationId: "getOrganizationsAuthenticationSettings",
			summary: "How people sign in and who may embed the client",
			permission: anyOf("directory:organization:admin"),
			scope: readScope("organization"),
			success: { status: 200, model: "OrgAuthSettings" },
			handler: async () => authSettingsView(await organization.get()),
		}),
		route({
			method: "PATCH",
			path: "/api/v2/organizations/authentication/settings",
			operationId: "patchOrganizationsAuthenticationSettings",
			summary: "Change who may embed the client",
			permission: anyOf("directory:organization:admin"),
			scope: writeScope("organization"),
			body: Type.Object({ domainAllowlistEnabled: Type.Optional(Type.Boolean()), domainAllowlist: Domains }),
			success: { status: 200, model: "OrgAuthSettings" },
			async handler({ body, principal }) {
				const { domainAllowlistEnabled, domainAllowlist } = body;
				const changes = settingsOf(domainAllowlistEnabled, domainAllowlist);
				return authSettingsView(await organization.updateSettings(changes, actorOf(principal)));
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
			handler: async () => embedding(),
		}),
		route({
			method: "PUT",
			path: "/api/v2/organizations/embeddedintegration",
			operationId: "putOrganizationsEmbeddedintegration",
			summary: "Set who may embed the client, in the older form",
			permission: anyOf("directory:organization:admin"),
			scope: writeScope("organization"),
			body: Type.Object({ enableWhitelist: Type.Optional(Type.Boolean()), domainWhitelist: Domains }),
			success: { status: 200, model: "EmbeddedIntegration" },
			async handler({ body, principal }) {
				const changes = settingsOf(body.enableWhitelist ?? false, body.domainWhitelist ?? []);
				await organization.updateSettings(changes, actorOf(principal));
				return embedding();
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

	async function embedding() {
		const { settings } = await organization.get();
		return {
			enableWhitelist: settings.domainAllowlistEnabled ?? false,
			domainWhitelist: settings.domainAllowlist ?? [],
		};
	}
}

function settingsOf(domainAllowlistEnabled?: boolean, domainAllowlist?: string[]): OrganizationSettings {
	return {
		...(domainAllowlistEnabled === undefined ? {} : { domainAllowlistEnabled }),
		...(domainAllowlist === undefined ? {} : { domainAllowlist }),
	};
}
