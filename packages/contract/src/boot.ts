/**
 * What the agent client and the server agree on before anybody has signed in.
 * Served without a token: nothing here may be secret.
 */

/** A private or public deployment, as far as a visitor may know it. */
export interface BootDeployment {
	id: string;
	name: string;
	kind: "private" | "public";
	/** Only an active deployment opens a panel. */
	active: boolean;
	/** True where its panels may run a script from the machine of whoever writes it. */
	development?: boolean;
	/** True where pages that may embed the panel may drive it by messages (framework-contract 10). */
	directMessages?: boolean;
	/** True where scripts hear no `change` in which nothing differs (framework-contract 17). */
	quietChanges?: boolean;
	/** True where scripts see attributes by the names that they have (framework-contract 17). */
	preserveAttributeCase?: boolean;
	/** True where scripts find the names of the original's page (framework-contract 11.1). */
	pageCompatibility?: boolean;
	/** True where scripts run as they were written, without guards (decision 58). */
	withoutGuards?: boolean;
	/** True where the script runs in a frame of its own: as the deployment demands, or its script asks for. */
	isolation?: boolean;
	/** True where scripts get no token by `getAuthToken`. */
	withholdsToken?: boolean;
}

/** Why a panel cannot start, in words a person can act on. */
export interface BootProblem {
	code:
		| "deployment.not.found"
		| "deployment.inactive"
		| "deployment.without.script"
		| "deployment.ambiguous"
		| "client.unknown"
		| "client.inactive"
		| "client.without.redirect"
		| "client.wrong.grant"
		| "user.not.in.group"
		| "user.without.permission"
		| "user.without.license";
	text: string;
	/** What the agent has in hand is not waited for: an administrator has said so. */
	now?: true;
}

/** Where framework.js is delivered; the address changes with the version, so a panel never runs a stale one. */
export interface BootScript {
	url: string;
	version: number;
	/** Another version, which some have instead: who signs in decides (`AccessAnswer.script`). It is run by its own rules. */
	staged?: { url: string; version: number } & Pick<BootDeployment, "isolation" | "withholdsToken">;
}

/** `GET /crm/boot.json?deployment=<id>[&name=<public name>]`. */
export interface BootAnswer {
	organization: {
		id: string;
		name: string;
		/** ISO 3166 code; numbers without a country code are of it. */
		country: string;
	};
	/** Origin of API and sign-in; the panel has one of its own. */
	api: string;
	/** Key under which this server's client id stands in `Framework.config.clientIds`. */
	region: string;
	/** Absent when no deployment, or several, match the request. */
	deployment?: BootDeployment;
	/** The active deployments to choose from, when the page named none and there is more than one. */
	choices?: BootDeployment[];
	script?: BootScript;
	/** Origins that may frame this panel and receive messages (CSP source syntax, e.g. `https://crm.example`). */
	hosts: string[];
	/** True where the demo organisation runs: the sign-in page then offers its users. */
	demo: boolean;
	problem?: BootProblem;
}

/** Id of the element in the panel's page that holds a {@link PageBoot}, as JSON. */
export const pageBootId = "inlay-boot";

/** The answer of `boot.json` that comes with the page, for what the page's own address asks for. */
export interface PageBoot {
	deployment?: string;
	/** A public deployment's partner name. */
	name?: string;
	answer: BootAnswer;
}

/** `GET /crm/signin.json?deployment=<id>&clientId=a&clientId=b&region=r`: which client this panel signs in with. */
export interface SigninAnswer {
	clientId?: string;
	/** `code` means authorization code with PKCE; `token` means implicit, where the client record asks for it. */
	grant?: "code" | "token";
	/** One of the client's registered redirect URIs that lead to the panel. */
	redirectUri?: string;
	/** The registered `/crm/authWindow.html` address, for sign-in in a window of its own. */
	windowRedirectUri?: string;
	/** For the page's log: the script names clients that this organization does not have, and another one signs in. */
	note?: string;
	problem?: BootProblem;
}

/** Topic on which a panel hears that its deployment was switched, configured or removed; ours, beside the platform's. */
export function deploymentTopic(deploymentId: string): string {
	return `v2.inlay.deployments.${deploymentId}`;
}

/** Body of notifications on {@link rightsTopic}; empty where rights have changed. */
export interface RightsNotice {
	/** It is the queues that the user works in, or whether they take work of them. */
	queues?: true;
}

/**
 * Topic on which a panel hears that what its user may do has perhaps changed, or whose work they are offered; ours. Without
 * a user: what many may do, as when a role was edited.
 */
export function rightsTopic(userId = "everybody"): string {
	return `v2.inlay.rights.${userId}`;
}

/** `GET /crm/access.json?deployment=<id>` (bearer token): whether the signed-in user may use the deployment. */
export interface AccessAnswer {
	allowed: boolean;
	problem?: BootProblem;
	/** The version of framework.js that is the user's; a panel that runs another loads itself anew. */
	script?: number;
	/** Who may not has an interaction in hand or owes after-call work: the panel opens for that alone. */
	atWork?: true;
	/** How long the token that asks is good: in spans and not in times, as a browser's clock may be wrong. */
	session?: SessionTimes;
}

/** `GET /crm/choices.json[?local=true]` (bearer token): what an address without a deployment means for who has signed in. */
export interface ChoicesAnswer {
	/** One opens by itself. */
	choices: BootDeployment[];
	/** Why there is none. */
	problem?: BootProblem;
}

/** Seconds from the answer on. */
export interface SessionTimes {
	/** Until the token's end; negative while a call in progress keeps it open. */
	expiresInSeconds: number;
	/** Until it ends for not being used, where the organization has such a limit. */
	idlesInSeconds?: number;
}
