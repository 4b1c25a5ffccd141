import type { Route } from "../kernel/http/route.ts";
import type { Authorization } from "./authorization.ts";
import { divisionRoutes } from "./division-routes.ts";
import { holderRoutes } from "./holder-routes.ts";
import { roleRoutes } from "./role-routes.ts";
import { subjectRoutes } from "./subject-routes.ts";

/** Everything that the authorization domain serves. */
export function authorizationRoutes(authorization: Authorization): Route[] {
	return [
		...roleRoutes(authorization),
		...holderRoutes(authorization),
		...divisionRoutes(authorization),
		...subjectRoutes(authorization),
	];
}
