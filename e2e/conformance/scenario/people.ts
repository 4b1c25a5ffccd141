import { randomUUID } from "node:crypto";
import { agentScopes, scopes } from "@inlay/contract";
import type { Demo } from "../../support/demo.ts";
import { signIn } from "../../support/sign-in.ts";
import type { Session } from "../run.ts";
import { callSdk, loginByClientCredentials } from "../sdk.ts";

/** Registered with every client of the scenario; nothing listens there. */
const redirectUri = "http://localhost:9/signed-in";

/** Who acts in the scenario. */
export interface People {
	/** The demo's client-credentials client: every permission, no user. */
	automation: Session;
	/** The administrator as a user, through a client with every scope. */
	admin: Session;
	/** An agent, through a client with the guide's 14 scopes. */
	agent: Session;
	/** A second agent, as the first. */
	agent2: Session;
	/** A user without any role, through a client with every scope. */
	nobody: Session;
	/** The administrator again, through a client with one scope that no operation asks for. */
	unscoped: Session;
	/** Signs the agent in once more, for what ends a token. */
	agentAgain(): Promise<Session>;
}

/** Logs everybody in; the OAuth clients and the user without roles are created through the API itself. */
export async function gatherPeople(demo: Demo): Promise<People> {
	const { id, secret = "" } = demo.clients.automation;
	const automation = { name: "automation", token: await loginByClientCredentials(id, secret) };
	const everything = await addClient(
		automation,
		"TOKEN",
		scopes.map((scope) => scope.id),
	);
	const panel = await addClient(automation, "CODE", agentScopes);
	const narrow = await addClient(automation, "TOKEN", ["coaching"]);
	const { admin, agent, agent2 } = demo.users;
	const login = (
		name: string,
		clientId: string,
		grant: "code" | "token",
		user: { username: string; password: string },
	) =>
		signIn({ baseUrl: demo.api, clientId, grant, redirectUri, username: user.username, password: user.password }).then(
			(token): Session => ({ name, token }),
		);
	const agentAgain = () => login("agent", panel, "code", agent);
	return {
		automation,
		admin: await login("admin", everything, "token", admin),
		agent: await agentAgain(),
		agent2: await login("agent2", panel, "code", agent2),
		nobody: await login("nobody", everything, "token", await addUserWithoutRole(automation)),
		unscoped: await login("unscoped", narrow, "token", admin),
		agentAgain,
	};
}

async function addClient(session: Session, grant: "CODE" | "TOKEN", scope: readonly string[]): Promise<string> {
	const client = await prepare<{ id: string }>(session, "OAuthApi.postOauthClients", {
		name: `Conformance ${grant} ${randomUUID().slice(0, 8)}`,
		authorizedGrantType: grant,
		registeredRedirectUri: [redirectUri],
		scope,
		accessTokenValiditySeconds: 3600,
		state: "active",
	});
	return client.id;
}

async function addUserWithoutRole(session: Session): Promise<{ username: string; password: string }> {
	const username = `nobody-${randomUUID().slice(0, 8)}@example.com`;
	const password = `Right-${randomUUID()}`;
	const home = await prepare<{ id: string }>(session, "AuthorizationApi.getAuthorizationDivisionsHome");
	const user = { name: "Nobody", email: username, divisionId: home.id, password };
	const created = await prepare<{ id: string }>(session, "UsersApi.postUsers", user);
	await prepare(session, "AuthorizationApi.putUserRoles", created.id, []);
	return { username, password };
}

async function prepare<T>(session: Session, sdkMethod: string, ...args: unknown[]): Promise<T> {
	const answer = await callSdk(session.token, sdkMethod, args);
	if (answer.status >= 300) {
		throw new Error(`Preparing failed: ${sdkMethod} answered ${answer.status} ${JSON.stringify(answer.body)}`);
	}
	return answer.body as T;
}
