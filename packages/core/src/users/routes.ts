import type { Kernel } from "../kernel/domain.ts";
import type { Route } from "../kernel/http/route.ts";
import { groupRoutes } from "./group-routes.ts";
import { importRoutes } from "./import/routes.ts";
import { licenseRoutes } from "./licenses/routes.ts";
import { organizationRoutes } from "./organization-routes.ts";
import { outOfOfficeRoutes } from "./out-of-office-routes.ts";
import { secondFactorRoutes } from "./second-factor/routes.ts";
import { passwordRoutes } from "./sign-in/password-routes.ts";
import { userRoutes } from "./user-routes.ts";
import type { Users } from "./users.ts";

/** Everything that the users domain serves: users and how they sign in, groups, the organization. */
export function usersRoutes(users: Users, { clock, database }: Kernel): Route[] {
	return [
		...userRoutes(users),
		...importRoutes(users),
		...licenseRoutes(users),
		...outOfOfficeRoutes(users, database),
		...passwordRoutes(users),
		...secondFactorRoutes(users),
		...groupRoutes(users),
		...organizationRoutes(users.organization, clock),
	];
}
