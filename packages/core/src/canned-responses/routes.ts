import type { SharedConversations } from "../conversations/service.ts";
import type { Route } from "../kernel/http/route.ts";
import { assetRoutes } from "./assets/asset-routes.ts";
import { composerRoutes } from "./composer-routes.ts";
import { libraryRoutes, type ResponseRouteContext } from "./library-routes.ts";
import { responseRoutes } from "./response-routes.ts";

/** Canned responses: administered, and offered to who writes. */
export function cannedResponseRoutes(context: ResponseRouteContext, conversations: SharedConversations): Route[] {
	return [
		...libraryRoutes(context),
		...responseRoutes(context),
		...assetRoutes({ ...context, assets: context.canned.assets }),
		...composerRoutes(context.canned, conversations),
	];
}
