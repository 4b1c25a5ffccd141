import type { Conversations } from "../conversations/service.ts";
import type { Route } from "../kernel/http/route.ts";
import { associationRoutes } from "./association-routes.ts";
import { contactRoutes } from "./contact-routes.ts";
import type { ExternalContacts } from "./contacts.ts";
import { importRoutes } from "./import-routes.ts";
import { mergeRoutes } from "./merge-routes.ts";
import { noteRoutes } from "./note-routes.ts";
import { organizationRoutes } from "./organization-routes.ts";
import type { RouteContext } from "./route-context.ts";
import { searchRoutes } from "./search-routes.ts";

/** External contacts (platform-api 5.21). */
export function externalContactRoutes(
	external: ExternalContacts,
	conversations: Conversations,
	context: Omit<RouteContext, "external">,
): Route[] {
	const all: RouteContext = { external, ...context };
	return [
		...searchRoutes(all),
		...contactRoutes(all),
		...mergeRoutes(all),
		...importRoutes(all),
		...noteRoutes(all),
		...organizationRoutes(all),
		...associationRoutes(all, conversations),
	];
}
