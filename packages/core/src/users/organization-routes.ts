import { Type } from "typebox";
import { pageOfAll, pageRequest } from "../kernel/http/paging.ts";
import {
	Answer,
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
import { etagOf, seenVersion } from "../kernel/http/versions.ts";
import { actorOf } from "../kernel/principal.ts";
import type { Clock } from "../kernel/time/clock.ts";
import { type Organization, type OrganizationService, organizationView } from "./organization.ts";
import { AuthSettingsBody, authChangesOf } from "./organization-bodies.ts";
import { authSettingsView, type OrganizationSettings } from "./organization-settings.ts";
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
			handler: async () => authSettings(await organization.get()),
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
			async handler({ body, principal, ip, headers }) {
				const options = { actor: actorOf(principal), from: ip, ...seen(headers) };
				return authSettings(await organization.updateSettings(authChangesOf(body), options));
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
			handler: async () => embedding(await organization.get()),
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
			async handler({ body, principal, headers }) {
				const { enableWhitelist = false, domainWhitelist = [] } = body;
				const changes: OrganizationSettings = {
					domainAllowlistEnabled: enableWhitelist,
					domainAllowlist: domainWhitelist,
				};
				const options = { actor: actorOf(principal), ...seen(headers) };
				return embedding(await organization.updateSettings(changes, options));
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

/** The platform's models of the settings have no version: the organization's stands in the ETag. */
function authSettings({ settings, version }: Organization): Answer {
	return new Answer(200, authSettingsView(settings), { etag: etagOf(version) });
}

function embedding({ settings, version }: Organization): Answer {
	const view = {
		enableWhitelist: settings.domainAllowlistEnabled ?? false,
		domainWhitelist: settings.domainAllowlist ?? [],
	};
	return new Answer(200, view, { etag: etagOf(version) });
}

function seen(headers: Parameters<typeof seenVersion>[0]): { version?: number } {
	const version = seenVersion(headers);
	return version === undefined ? {} : { version };
}
