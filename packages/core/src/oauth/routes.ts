import type { Kernel } from "../kernel/domain.ts";
import type { Route } from "../kernel/http/route.ts";
import type { Users } from "../users/users.ts";
import { authorizationRoutes } from "./authorization-routes.ts";
import type { SignInPorts } from "./authorize.ts";
import { authorizeRoutes } from "./authorize-routes.ts";
import { clientRoutes } from "./client-routes.ts";
import { leftClientRoutes } from "./left-client-routes.ts";
import type { OAuth } from "./oauth.ts";
import { panelClient } from "./panel-tokens.ts";
import { sessionRoutes } from "./session-routes.ts";
import { tokenRoutes } from "./token-routes.ts";
import { usageRoutes } from "./usage-routes.ts";

/** Everything that the oauth domain serves: sign-in, tokens, clients. */
export function oauthRoutes(oauth: OAuth, deps: { kernel: Kernel; users: Users; ports?: SignInPorts }): Route[] {
	const { kernel, users, ports = {} } = deps;
	return [
		...authorizeRoutes(kernel, { oauth, users }, ports),
		...tokenRoutes(oauth, users, kernel.config),
		...sessionRoutes(oauth, users),
		...clientRoutes(oauth),
		...authorizationRoutes(oauth, users),
		...usageRoutes({
			usage: oauth.usage,
			clients: usageClients(oauth),
			organization: users.organization,
			clock: kernel.clock,
		}),
		...leftClientRoutes(oauth.leftClients, users),
	];
}

/** The panel's own client is counted as others are, and stands in no list. */
function usageClients({ clients }: OAuth) {
	return { get: async (id: string) => (id === panelClient.id ? panelClient : clients.get(id)) };
}
