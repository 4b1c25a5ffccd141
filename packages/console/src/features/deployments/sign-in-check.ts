import { bundledClientId, panelPages, windowPage } from "@inlay/contract";
import { signInFindings } from "@inlay/contract/health/client-checks";
import type { ClientFacts, DeploymentFacts, OrganizationFacts } from "@inlay/contract/health/facts";
import type { Finding } from "@inlay/contract/health/finding";
import { isReady, notReadyFindings } from "@inlay/contract/health/readiness";
import { clientIdsIn, signInChoice } from "@inlay/contract/health/sign-in-choice";
import type { OAuthClient } from "../../session/wire.ts";
import type { KnownClient } from "./known-clients.ts";

/** Which OAuth client the panel will sign in with, and what is wrong with it. */
export interface SignInCheck {
	client: OAuthClient | undefined;
	/** Where the client is named. */
	source: "script" | "configuration" | "bundled";
	/** As Health would find it once this is saved; the worst first. */
	findings: Finding[];
	/** Redirect URIs that the panel asks for and the client does not have. */
	missingUris: readonly string[];
	/** Agents can work with it, by Health's own rule. */
	isReady: boolean;
}

/** What decides which client a deployment signs in with. */
export interface SignInParts {
	frameworkJs: string;
	clientId: string;
	name?: string;
	/** The script that some groups have first. */
	stagedJs?: string;
}

/**
 * Follows the server's choice, and its checks (`@inlay/contract/health`), on what is not saved yet. A script is text here: an id
 * that it puts together at run time is not seen.
 */
export function checkSignIn(draft: SignInParts, clients: readonly KnownClient[], origin: string): SignInCheck {
	const [deployment, facts] = factsFor(draft, clients, origin);
	const { client, source } = signInChoice(deployment, facts);
	const findings = client ? signInFindings(client, [deployment], facts) : [];
	return {
		client: clients.find(({ id }) => id === client?.id),
		source,
		findings,
		missingUris: findings.flatMap(({ cure }) => (cure.fix?.do === "addRedirectUris" ? cure.fix.uris : [])),
		isReady: isReady(deployment, facts),
	};
}

/**
 * What would keep agents from signing in once it is switched on; empty where there is no client at all, undefined where nothing
 * is known against it.
 */
export function whyNotReady(
	saved: SignInParts,
	clients: readonly KnownClient[],
	origin: string,
): readonly Finding[] | undefined {
	const [deployment, facts] = factsFor(saved, clients, origin);
	return isReady(deployment, facts) ? undefined : notReadyFindings(deployment, facts);
}

function factsOf(client: KnownClient): ClientFacts {
	return {
		id: client.id,
		name: client.name,
		grant: client.authorizedGrantType,
		active: client.state === "active",
		redirectUris: client.registeredRedirectUri,
		scopes: client.scope,
		...(client.authorized ? { authorized: client.authorized } : {}),
		lifetime: client.accessTokenValiditySeconds,
	};
}

/** As the checks of Health look at it. */
function factsFor(
	{ frameworkJs, clientId, name = "", stagedJs }: SignInParts,
	clients: readonly KnownClient[],
	origin: string,
): [DeploymentFacts, OrganizationFacts] {
	const deployment = {
		...{ id: "", name, isPrivate: true, active: true, groups: [], hasScript: true },
		scriptClientIds: clientIdsIn(frameworkJs),
		...(clientId ? { clientId } : {}),
		...(stagedJs === undefined ? {} : { staged: { version: 0, groups: [], scriptClientIds: clientIdsIn(stagedJs) } }),
	};
	const facts = {
		...{ panelOrigins: [origin], panelPages, windowPage, bundledClientId },
		...{ clients: clients.map(factsOf), deployments: [], mostDeployments: 0, now: "" },
	};
	return [deployment, facts];
}
