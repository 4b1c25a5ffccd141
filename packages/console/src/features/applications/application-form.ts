/** `OAuthAuthorization` of the platform, as far as it is shown. */
export interface Authorization {
	client: { id: string; name: string; scope: string[]; authorizedGrantType: string; state: string };
	scope: string[];
	roles: string[];
	pending: boolean;
	state: "Unauthorized" | "Requested" | "Authorized" | "Revoked";
}

/** An application as its page has it. */
export interface Application extends Authorization {
	id: string;
}

export interface ApplicationForm {
	scopes: string[];
	roleIds: string[];
}

export function applicationOf(authorization: Authorization): Application {
	return { ...authorization, id: authorization.client.id };
}

/** Whoever opens the page of one that waits is offered all that its client asks for. */
export function applicationFormOf({ state, scope, roles, client }: Application): ApplicationForm {
	return state === "Authorized" ? { scopes: scope, roleIds: roles } : { scopes: client.scope, roleIds: [] };
}

/** Those that people sign in with: a program with client credentials is judged by its roles. */
export function isOfPeople({ client }: Authorization): boolean {
	return client.authorizedGrantType !== "CLIENT-CREDENTIALS";
}

/** Names of those that stop working where scopes come to be enforced. */
export function stopping(all: readonly Authorization[]): string[] {
	return all
		.filter((one) => isOfPeople(one) && one.client.state === "active" && one.state !== "Authorized")
		.map((one) => one.client.name);
}
