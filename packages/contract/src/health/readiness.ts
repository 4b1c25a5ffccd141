/** What would keep the agents of a deployment that is switched off from signing in once it is switched on. */
import { signInFindings } from "./client-checks.ts";
import type { DeploymentFacts, OrganizationFacts } from "./facts.ts";
import type { Finding } from "./finding.ts";
import { finding, thingOf } from "./make-finding.ts";
import { asEachHasIt, signInChoice } from "./sign-in-choice.ts";

/** Each with the step that mends it, before anybody meets it. */
export function notReadyFindings(deployment: DeploymentFacts, facts: OrganizationFacts): Finding[] {
	const ofClients = troublesOf(deployment, facts).map(({ about, cause, cure: { at, ...cure } }) => {
		const values = { ...cause.values, deployments: deployment.name };
		const where = at ? { kind: at.field, field: at.field, at: at.thing } : {};
		return finding("client.not.ready", about, { ...where, values, cure });
	});
	return [...unknownFindings(deployment, facts), ...ofClients];
}

/** It names a client that is none of the organization's, and nothing else would sign its agents in. */
function unknownFindings(deployment: DeploymentFacts, facts: OrganizationFacts): Finding[] {
	if (!facts.clients) return [];
	const about = thingOf("deployment", deployment);
	const ids = asEachHasIt(deployment).flatMap((each) => {
		const { client, unknown } = signInChoice(each, facts);
		return client ? [] : (unknown ?? []);
	});
	return [...new Set(ids)].map((id) => {
		const field = id === deployment.clientId ? "client" : "script";
		const values = { deployments: deployment.name, id };
		return finding("client.not.ready", about, { kind: "unknown", values, field });
	});
}

/** Whether somebody can sign in, as far as that is known: what is not known is not activated unasked. */
export function isReady(deployment: DeploymentFacts, facts: OrganizationFacts): boolean {
	const isSomebodys = asEachHasIt(deployment).every((each) => signInChoice(each, facts).client);
	return isSomebodys && troublesOf(deployment, facts).length === 0;
}

/** What would be errors of its clients: of everybody's, and of the one that a staged version names. */
function troublesOf(deployment: DeploymentFacts, facts: OrganizationFacts): Finding[] {
	const chosen = asEachHasIt(deployment).flatMap((each) => signInChoice(each, facts).client ?? []);
	const found = [...new Set(chosen)].flatMap((client) => signInFindings(client, [deployment], facts));
	return found.filter(({ severity }) => severity === "error");
}
