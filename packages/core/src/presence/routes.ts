import type { Route } from "../kernel/http/route.ts";
import type { DivisionDirectory } from "../routing/ports.ts";
import { presenceAdminRoutes } from "./admin-routes.ts";
import { definitionRoutes } from "./definition-routes.ts";
import { oldDefinitionRoutes } from "./old-definition-routes.ts";
import type { Presence } from "./presence.ts";
import { type PresenceUsers, userPresenceRoutes } from "./user-routes.ts";

export interface PresenceRouteDeps {
	users: PresenceUsers;
	authorization: DivisionDirectory;
}

/** Presence definitions in both families, and users' presence (platform-api 5.2). */
export function presenceRoutes(presence: Presence, deps: PresenceRouteDeps): Route[] {
	return [
		...oldDefinitionRoutes(presence.definitions, deps.authorization),
		...definitionRoutes(presence.definitions, deps.authorization),
		...presenceAdminRoutes(presence.definitions),
		...userPresenceRoutes(presence, deps.users),
	];
}
