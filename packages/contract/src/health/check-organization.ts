import { sharedFinding, signInFindings, unusedFinding } from "./client-checks.ts";
import { bySeverity } from "./codes.ts";
import { deploymentFindings, deploymentsFindings } from "./deployment-checks.ts";
import type { ClientFacts, DeploymentFacts, OrganizationFacts } from "./facts.ts";
import type { Finding } from "./finding.ts";
import { mailboxFindings } from "./mailbox-checks.ts";
import { finding, thingOf } from "./make-finding.ts";
import { agentFindings, holderFindings, outsideFindings } from "./people-checks.ts";
import { asEachHasIt, signInChoice } from "./sign-in-choice.ts";
import { trunkFindings } from "./trunk-checks.ts";
import { voiceFindings } from "./voice-checks.ts";

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
		...outsideFindings(facts),
		...queueFindings(facts),
		...utilizationFindings(facts),
		...mailboxFindings(facts),
		...trunkFindings(facts),
		...voiceFindings(facts),
	];
	return found.sort(bySeverity);
}

/** Customers who wait for nobody: they would until they give up. */
function queueFindings({ deadQueues = [] }: OrganizationFacts): Finding[] {
	return deadQueues.map((queue) => {
		const values = { queue: queue.name, count: queue.waiting };
		return finding("queue.without.members", thingOf("queue", queue), {
			values,
			field: "members",
			count: queue.waiting,
		});
	});
}

/** What comes in stays in its queue, however many agents are on queue. */
function utilizationFindings({ closedMedia = [] }: OrganizationFacts): Finding[] {
	const routing = { kind: "routing" as const, name: "" };
	return closedMedia.map((kind) => finding("utilization.closed", routing, { kind, field: "utilization" }));
}

/** With which clients the panels of active deployments sign in: two where a staged version of the script names another. */
export function signInsOf(facts: OrganizationFacts): Array<{ deploymentId: string; clientId: string }> {
	return [...clientsInUse(facts)].flatMap(([client, used]) =>
		used.map(({ id }) => ({ deploymentId: id, clientId: client.id })),
	);
}

/** The clients with which the panels of active deployments sign in, and of which ones. */
function clientsInUse(facts: OrganizationFacts): Map<ClientFacts, DeploymentFacts[]> {
	const using = new Map<ClientFacts, DeploymentFacts[]>();
	for (const deployment of facts.deployments.filter(({ active }) => active)) {
		for (const each of asEachHasIt(deployment)) {
			const { client } = signInChoice(each, facts);
			const used = client ? (using.get(client) ?? []) : [];
			// Whom everybody's version signs in, the groups' version does as well.
			if (client && !used.some(({ id }) => id === deployment.id)) using.set(client, [...used, each]);
		}
	}
	return using;
}

/** Some deployment leads to it, an inactive one too. */
function isNamed(client: ClientFacts, { deployments, ...facts }: OrganizationFacts): boolean {
	return deployments
		.flatMap(asEachHasIt)
		.some(
			(deployment) =>
				signInChoice(deployment, facts).client?.id === client.id ||
				deployment.clientId === client.id ||
				deployment.scriptClientIds?.includes(client.id),
		);
}
