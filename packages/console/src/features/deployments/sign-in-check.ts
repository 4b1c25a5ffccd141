import { bundledClientId, panelPages, windowPage } from "@inlay/contract";
import { signInFindings } from "@inlay/contract/health/client-checks";
import type { ClientFacts } from "@inlay/contract/health/facts";
import type { Finding } from "@inlay/contract/health/finding";
import { clientIdsIn, signInChoice } from "@inlay/contract/health/sign-in-choice";
import type { OAuthClient } from "../../session/wire.ts";

/** Which OAuth client the panel will sign in with, and what is wrong with it. */
export interface SignInCheck {
	client: OAuthClient | undefined;
	/** Where the client is named. */
	source: "script" | "configuration" | "bundled";
	/** As Health would find it once this is saved; the worst first. */
	findings: Finding[];
	/** Redirect URIs that the panel asks for and the client does not have. */
	missingUris: readonly string[];
	/** Nobody can sign in with it. */
	isUseless: boolean;
}

/** Codes by which nobody can sign in. */
const useless = new Set(["client.inactive", "client.wrong.grant", "client.without.redirect"]);

/**
 * Follows the server's choice, and its checks (`@inlay/contract/health`), on what is not saved yet. A script is text here: an id
 * that it puts together at run time is not seen.
 */
export function checkSignIn(
	draft: { frameworkJs: string; clientId: string; name?: string },
	clients: readonly OAuthClient[],
	origin: string,
): SignInCheck {
	const facts = clients.map(factsOf);
	const named = {
		scriptClientIds: clientIdsIn(draft.frameworkJs),
		...(draft.clientId ? { clientId: draft.clientId } : {}),
	};
	const { client, source } = signInChoice(named, { clients: facts, bundledClientId });
	const findings = client ? findingsOf(client, draft.name ?? "", origin) : [];
	return {
		client: clients.find(({ id }) => id === client?.id),
		source,
		findings,
		missingUris: findings.flatMap(({ cure }) => (cure.fix?.do === "addRedirectUris" ? cure.fix.uris : [])),
		isUseless: findings.some(({ code }) => useless.has(code)),
	};
}

function factsOf(client: OAuthClient): ClientFacts {
	return {
		id: client.id,
		name: client.name,
		grant: client.authorizedGrantType,
		active: client.state === "active",
		redirectUris: client.registeredRedirectUri,
		scopes: client.scope,
		lifetime: client.accessTokenValiditySeconds,
	};
}

function findingsOf(client: ClientFacts, name: string, origin: string): Finding[] {
	const deployment = { id: "", name, isPrivate: true, active: true, groups: [], hasScript: true };
	return signInFindings(client, [deployment], {
		...{ panelOrigins: [origin], panelPages, windowPage, bundledClientId },
		...{ deployments: [], mostDeployments: 0, now: "" },
	});
}
