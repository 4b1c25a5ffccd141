import { Answer, type RouteRequest } from "../kernel/http/route.ts";
import { etagOf, seenVersion } from "../kernel/http/versions.ts";
import { actorOf } from "../kernel/principal.ts";
import type { Organization } from "./organization.ts";
import type { OrganizationSettings } from "./organization-settings.ts";

/** The platform's models of an organization's settings have no version: the organization's stands in the ETag. */
export function settingsAnswer(
	{ settings, version }: Organization,
	view: (settings: OrganizationSettings) => object,
): Answer {
	return new Answer(200, view(settings), { etag: etagOf(version) });
}

/** Who changes settings, and which version they have seen, if they say so. */
export function settingsChange({
	principal,
	headers,
}: Pick<RouteRequest<unknown, unknown, unknown>, "principal" | "headers">) {
	const version = seenVersion(headers);
	return { actor: actorOf(principal), ...(version === undefined ? {} : { version }) };
}
