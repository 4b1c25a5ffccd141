import { sharedFinding, signInFindings, unusedFinding } from "./client-checks.ts";
import { bySeverity } from "./codes.ts";
import { deploymentFindings, deploymentsFindings } from "./deployment-checks.ts";
import type { ClientFacts, DeploymentFacts, OrganizationFacts } from "./facts.ts";
import type { Finding } from "./finding.ts";
import { agentFindings, holderFindings } from "./people-checks.ts";
import { signInChoice } from "./sign-in-choice.ts";

/**
 * Everything that an organization's own data says is wrong, the worst first. The same in server, console and `inlay doctor`,
 * and against any organization that speaks the platform's API: of what the facts leave out nothing is said.
 */
export function checkOrganization(facts: OrganizationFacts): Finding[] {
	const using = clientsInUse(facts);
	const found = [
		...facts.deployments.flatMap((deployment) => [
			...deploymentFindings(deployment, facts),
			...agentFindings(deployment, facts),
		]),
		...deploymentsFindings(facts),
		...[...using].flatMap(([client, used]) => signInFindings(client, used, facts)),
		...[...using].flatMap(([client, used]) => (client.id === facts.bundledClientId ? [] : sharedFinding(client, used))),
		...(facts.clients ?? []).filter((client) => !isNamed(client, facts)).flatMap((one) => unusedFinding(one, facts)),
		...holderFindings(facts),
	];
	return found.sort(bySeverity);
}

/** The clients with which the panels of active deployments sign in, and of which ones. */
function clientsInUse(facts: OrganizationFacts): Map<ClientFacts, DeploymentFacts[]> {
	const using = new Map<ClientFacts, DeploymentFacts[]>();
	for (const deployment of facts.deployments.filter(({ active }) => active)) {
		const { client } = signInChoice(deployment, facts);
		if (client) using.set(client, [...(using.get(client) ?? []), deployment]);
	}
	return using;
}

/** Some deployment leads to it, an inactive one too. */
function isNamed(client: ClientFacts, { deployments, ...facts }: OrganizationFacts): boolean {
	return deployments.some(
		(deployment) =>
			signInChoice(deployment, facts).client?.id === client.id ||
			deployment.clientId === client.id ||
			deployment.scriptClientIds?.includes(client.id),
	);
}
