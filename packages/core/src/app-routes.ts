import { fileURLToPath } from "node:url";
import type { Services } from "./app-services.ts";
import { authorizationRoutes } from "./authorization/routes.ts";
import { consoleRoutes } from "./console-pages.ts";
import { conversationsRoutes } from "./conversations/routes.ts";
import { deliveryRoutes } from "./deployments/delivery-routes.ts";
import { PanelPages } from "./deployments/panel-pages.ts";
import { PanelSessions } from "./deployments/panel-session.ts";
import { panelSessionRoutes } from "./deployments/panel-session-routes.ts";
import { panelSessionStore } from "./deployments/panel-session-store.ts";
import { integrationRoutes } from "./deployments/routes.ts";
import { scriptRoutes } from "./deployments/script-routes.ts";
import { deskRoutes } from "./desks/routes.ts";
import { diagnosticsRoutes } from "./diagnostics/routes.ts";
import type { Kernel } from "./kernel/domain.ts";
import { healthRoutes } from "./kernel/health-routes.ts";
import type { Principal } from "./kernel/principal.ts";
import type { Route } from "./kernel/route.ts";
import type { WebSocketEndpoint } from "./kernel/websocket.ts";
import { jsonSocket } from "./notifications/json-socket.ts";
import { notificationRoutes } from "./notifications/routes.ts";
import type { SignInPorts } from "./oauth/authorize.ts";
import { authorizeRoutes } from "./oauth/authorize-routes.ts";
import { clientRoutes } from "./oauth/client-routes.ts";
import type { OAuth } from "./oauth/oauth.ts";
import { sessionRoutes } from "./oauth/session-routes.ts";
import { tokenRoutes } from "./oauth/token-routes.ts";
import { presenceRoutes } from "./presence/routes.ts";
import { routingRoutes } from "./routing/routes.ts";
import { stationRoutes } from "./stations/routes.ts";
import { usersRoutes } from "./users/routes.ts";

/** The agent client as built by `npm start`; it lives beside this package and is only read, never imported. */
export const clientFolder = fileURLToPath(new URL("../../client/dist", import.meta.url));

/** The administrator's console, likewise. */
export const consoleFolder = fileURLToPath(new URL("../../console/dist", import.meta.url));

/** Everything that the server answers to. */
export function createRoutes(kernel: Kernel, services: Services, signIn: SignInPorts): Route[] {
	const { publicUrl } = kernel.config;
	const { users, authorization, oauth, deployments, access, boot } = services;
	return [
		...healthRoutes(() => kernel.database.ping()),
		...tokenRoutes(oauth, kernel.config),
		...authorizeRoutes(kernel, { oauth, users }, { ...signIn, mayFrame: () => boot.everyHost() }),
		...sessionRoutes(oauth, users),
		...clientRoutes(oauth, users),
		...authorizationRoutes(authorization),
		...usersRoutes(users, kernel),
		...routingRoutes(services),
		...stationRoutes(services.stations, { users }),
		...conversationsRoutes(services.conversations),
		...presenceRoutes(services.presence, { users, authorization }),
		...notificationRoutes(services.notifications, publicUrl.replace(/^http/, "ws")),
		...integrationRoutes(deployments, access),
		...scriptRoutes(deployments),
		...deliveryRoutes({ deployments, access, boot, pages: new PanelPages(clientFolder), publicUrl }),
		...panelSessionRoutes(createPanelSessions(kernel, oauth), publicUrl),
		...deskRoutes(services.desks),
		...consoleRoutes(consoleFolder),
		...diagnosticsRoutes(kernel.log),
		...services.voice.routes,
	];
}

function createPanelSessions({ database, clock }: Kernel, oauth: OAuth): PanelSessions {
	const tokens = {
		expiryOf: async (principal: Principal) => (await oauth.sessions.tokenOf(principal))?.token.expiresAt,
		isGood: async (token: string) => (await oauth.authenticate(token, { preserveIdle: true })) !== undefined,
	};
	return new PanelSessions(database, panelSessionStore(database.db), tokens, clock);
}

export function createSockets(kernel: Kernel, services: Services): WebSocketEndpoint[] {
	return [jsonSocket(services.notifications, kernel.log), ...services.voice.sockets];
}
