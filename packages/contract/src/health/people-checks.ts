/** Who cannot work with a deployment though they are meant to (configuration guide, "Agent Permissions Required"). */
import { missingRequiredRows } from "../permissions/features.ts";
import { licensedForPanel } from "../permissions/licenses.ts";
import { holdsPermission } from "../permissions/match.ts";
import type { DeploymentFacts, OrganizationFacts, PersonFacts } from "./facts.ts";
import type { CureField, Finding } from "./finding.ts";
import { finding, namesOf, thingOf } from "./make-finding.ts";

type AboutAgents =
	| "user.inactive"
	| "user.without.license"
	| "user.without.permission"
	| "user.without.queue"
	| "user.without.station";

const fields = {
	"user.inactive": "state",
	"user.without.permission": "roles",
	"user.without.license": "license",
	"user.without.queue": "queues",
	"user.without.station": "station",
} as const satisfies Record<AboutAgents, CureField>;

/** Of the members of its groups: a deployment that is open to everybody says nothing of who should use it. */
export function agentFindings(deployment: DeploymentFacts, facts: OrganizationFacts): Finding[] {
	const people = facts.people ?? facts.peopleInSight;
	if (!people || !deployment.active || deployment.groups.length === 0) return [];
	const members = people.filter((person) => person.groups.some((id) => deployment.groups.includes(id)));
	const active = members.filter((person) => person.active);
	const agents = active.filter((person) => !lacksRequired(deployment, person));
	return [
		...told(
			"user.without.permission",
			active.filter((person) => lacksRequired(deployment, person)),
			deployment,
		),
		...told("user.without.license", agents.filter(isUnlicensed), deployment),
		...told(
			"user.inactive",
			members.filter((person) => !person.active),
			deployment,
		),
		...told("user.without.queue", agents.filter(isWithoutQueue), deployment),
		...told(
			"user.without.station",
			agents.filter(({ hasStation }) => hasStation === false),
			deployment,
		),
	];
}

/** The client appears without any permission in a public deployment. */
function lacksRequired({ isPrivate }: DeploymentFacts, { permissions }: PersonFacts): boolean {
	return isPrivate && !heldBy(permissions).isAgent;
}

interface Held {
	/** Holds what the client asks for. */
	isAgent: boolean;
	goesOnQueue: boolean;
	/** Holds what only who sets the organization up holds. */
	isAdministrator: boolean;
}

/** Of thousands of people with the same roles it is asked once, where they share their list. */
const answers = new WeakMap<readonly string[], Held>();

function heldBy(permissions: readonly string[]): Held {
	const known = answers.get(permissions);
	if (known) return known;
	const held = {
		isAgent: missingRequiredRows(permissions).length === 0,
		goesOnQueue: holdsPermission(permissions, "routing:agent:onqueue"),
		isAdministrator:
			holdsPermission(permissions, "authorization:grant:add") && holdsPermission(permissions, "oauth:client:add"),
	};
	answers.set(permissions, held);
	return held;
}

/** Holds what only who sets the organization up holds. */
export const isAdministrator = (permissions: readonly string[]): boolean => heldBy(permissions).isAdministrator;

const isUnlicensed = ({ licenses }: PersonFacts) => licenses !== undefined && !licensedForPanel(licenses);

/** Whoever goes on queue without being in one waits for nothing; who cannot is no queue's agent. */
function isWithoutQueue({ queues, permissions }: PersonFacts): boolean {
	return queues === 0 && heldBy(permissions).goesOnQueue;
}

function told(code: AboutAgents, people: readonly PersonFacts[], deployment: DeploymentFacts): Finding[] {
	const [first] = people;
	if (!first) return [];
	const values = { deployment: deployment.name, names: namesOf(people), count: people.length };
	const at = thingOf("person", first);
	return [finding(code, thingOf("deployment", deployment), { values, field: fields[code], at, count: people.length })];
}

/** A private deployment is there, and nobody but administrators may open it: no agent has been given the permission. */
export function holderFindings({ deployments, people }: OrganizationFacts): Finding[] {
	if (!people || !deployments.some(({ isPrivate, active }) => isPrivate && active)) return [];
	const holders = people.filter(({ active, permissions }) => active && heldBy(permissions).isAgent);
	if (holders.some(({ permissions }) => !heldBy(permissions).isAdministrator)) return [];
	const values = { count: holders.length };
	const organization = { kind: "organization" as const, name: "" };
	return [finding("permission.held.by.nobody", organization, { values, field: "roles", count: holders.length })];
}

/**
 * Who may use the panel and is in no group of a deployment: a new colleague whom nobody has added. Nothing is said where some
 * deployment is for everybody, or none is active; administrators hold the permission without being agents.
 */
export function outsideFindings({ deployments, people, groups }: OrganizationFacts): Finding[] {
	const active = deployments.filter((one) => one.active);
	if (!people || active.length === 0 || active.some((one) => one.groups.length === 0)) return [];
	const opening = new Set(active.flatMap((one) => one.groups));
	const hasMember = ({ groups: its }: DeploymentFacts) =>
		people.some((person) => person.active && person.groups.some((id) => its.includes(id)));
	// That a deployment lets nobody in is told of itself, and explains why they are outside.
	if (!active.every(hasMember)) return [];
	const outside = people.filter(({ active: isActive, permissions, groups: theirs }) => {
		const { isAgent, isAdministrator } = heldBy(permissions);
		return isActive && isAgent && !isAdministrator && !theirs.some((id) => opening.has(id));
	});
	if (outside.length === 0) return [];
	const group = groups?.find(({ id }) => opening.has(id));
	const values = { names: namesOf(outside), count: outside.length };
	const told = {
		values,
		count: outside.length,
		field: "members" as const,
		...(group ? { at: thingOf("group", group) } : {}),
	};
	return [finding("user.without.group", { kind: "organization", name: "" }, told)];
}
