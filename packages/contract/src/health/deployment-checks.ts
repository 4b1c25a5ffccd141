/** What is wrong with a deployment itself: its state, script, pages, groups and client (configuration guide, "Steps to Configure Private Deployment"). */
import { originMatches } from "../host-sources.ts";
import type {
	DeploymentFacts,
	GroupFacts,
	OrganizationFacts,
	PersonFacts,
	ScriptFacts,
	ScriptFault,
	TroubleFacts,
} from "./facts.ts";
import type { Finding, Thing } from "./finding.ts";
import { finding, namesOf, thingOf } from "./make-finding.ts";
import { withNames } from "./named-ids.ts";
import { isReady, notReadyFindings } from "./readiness.ts";
import { signInChoice, stagedOnly } from "./sign-in-choice.ts";

/** Linter's codes of which a check of its own tells, and those of calls that the server would refuse. */
const toldElsewhere = new Set(["client.unknown"]);
const refusedCalls = new Set(["action.not.permitted", "request.not.permitted"]);

/** All that can be said of one deployment without looking at people. */
export function deploymentFindings(deployment: DeploymentFacts, facts: OrganizationFacts): Finding[] {
	const about = thingOf("deployment", deployment);
	const { name } = deployment;
	if (!deployment.active) {
		// Never offered without a script: it would open with the bundled client, and for everybody where no group is named.
		if (!deployment.hasScript)
			return [finding("deployment.inactive", about, { kind: "bare", values: { deployment: name }, field: "script" })];
		const told = { values: { deployment: name }, field: "state" as const };
		const fix = { do: "activateDeployment" as const, deploymentId: deployment.id };
		// Panels that open to nobody's sign-in are no safe step.
		const how = isReady(deployment, facts) ? { cure: { fix } } : { kind: "unready" };
		return [
			finding("deployment.inactive", about, { ...told, ...how }),
			...notReadyFindings(deployment, facts),
			...clientFindings(deployment, everybodys(deployment, about), facts).filter(isBeside),
		];
	}
	const values = { deployment: name };
	return [
		...(deployment.hasScript
			? scriptFindings(deployment, everybodys(deployment, about))
			: [finding("deployment.without.script", about, { values, field: "script" })]),
		...(isFramedByNobody(deployment, facts)
			? [finding("deployment.without.origins", about, { values, field: "origins" })]
			: []),
		...clientFindings(deployment, everybodys(deployment, about), facts),
		...stagedOnly(deployment).flatMap((theirs) => stagedFindings(theirs, about, facts)),
		...groupFindings(deployment, about, facts),
		...troubleFindings(deployment, about, facts),
		...pageFindings(deployment, about, facts),
	];
}

/** What a deployment names is none of the organization's, and another client signs its agents in. */
const isBeside = ({ code }: Finding) => code === "client.unknown.beside";

/** The allow-list is empty on both levels: every page is refused. */
function isFramedByNobody({ allowedOrigins }: DeploymentFacts, { embedAllowList }: OrganizationFacts): boolean {
	return allowedOrigins?.length === 0 && embedAllowList?.length === 0;
}

/** Whose version of the script it is about, and how that is said. */
interface Told {
	about: Thing;
	/** End of the key of its sentence; absent for everybody's version. */
	kind?: "staged";
	/** Its number, where it is not everybody's. */
	version?: number;
	values: Finding["cause"]["values"];
}

const everybodys = ({ name }: DeploymentFacts, about: Thing): Told => ({ about, values: { deployment: name } });

/** Of the version that some groups have first: it is theirs at work, and everybody's next. */
function stagedFindings(theirs: DeploymentFacts, about: Thing, facts: OrganizationFacts): Finding[] {
	const version = theirs.staged?.version ?? 0;
	const staged: Told = { about, kind: "staged", version, values: { deployment: theirs.name, version } };
	return [...scriptFindings(theirs, staged), ...clientFindings(theirs, staged, facts)];
}

function scriptFindings({ faults = [] }: ScriptFacts, whose: Told): Finding[] {
	const others = faults.filter(({ code }) => !toldElsewhere.has(code) && !refusedCalls.has(code));
	const of = (severity: ScriptFault["severity"]) => others.filter((fault) => fault.severity === severity);
	const calls = faults.filter(({ code }) => refusedCalls.has(code));
	return [
		...faultFinding("script.fault", of("error"), whose),
		...faultFinding("script.doubt", of("warning"), whose),
		...faultFinding("script.call.refused", calls, whose),
	];
}

/** The first one is told whole; the others by their number, as one often follows from another. */
function faultFinding(
	code: "script.fault" | "script.doubt" | "script.call.refused",
	faults: readonly ScriptFault[],
	{ about, kind, version, values: whose }: Told,
): Finding[] {
	const [first] = faults;
	if (!first) return [];
	const values = { ...whose, line: first.line, message: first.message, rule: first.code, count: faults.length };
	const cure = { line: first.line, ...(version === undefined ? {} : { version }) };
	return [finding(code, about, { ...(kind ? { kind } : {}), values, field: "script", cure, count: faults.length })];
}

function clientFindings(
	deployment: DeploymentFacts,
	{ about, kind: staged, version, values: whose }: Told,
	facts: OrganizationFacts,
): Finding[] {
	if (!facts.clients) return [];
	const { client, source, unknown } = signInChoice(deployment, facts);
	const values = { ...whose, id: unknown ?? "", client: client?.name ?? "" };
	if (unknown) {
		const field = deployment.scriptClientIds?.[0] === unknown ? "script" : "client";
		// What is set for the deployment is told of everybody's version.
		if (staged && field === "client") return [];
		const cure = version === undefined || field !== "script" ? {} : { version };
		// Where another client signs them in, they work all the same.
		const code = client ? "client.unknown.beside" : "client.unknown";
		return [finding(code, about, { ...(staged ? { kind: staged } : {}), values, field, cure })];
	}
	const { clientId, scriptClientIds = [] } = deployment;
	const isOther = source === "script" && clientId !== undefined && client?.id !== clientId;
	if (isOther && client) {
		const set = facts.clients.find(({ id }) => id === clientId);
		return [
			finding("script.client.other", about, {
				...(staged ? { kind: staged } : {}),
				values: { ...values, set: set?.name ?? clientId },
				field: "client",
			}),
		];
	}
	if (staged) return [];
	const isOwn = source !== "bundled" || scriptClientIds.length > 0;
	if (isOwn || !client) return [];
	return [finding("deployment.bundled.client", about, { values, field: "client" })];
}

function groupFindings(deployment: DeploymentFacts, about: Thing, { groups, people }: OrganizationFacts): Finding[] {
	if (!groups || deployment.groups.length === 0) return [];
	const there = groups.filter(({ id }) => deployment.groups.includes(id));
	const gone = deployment.groups.filter((id) => !there.some((group) => group.id === id));
	const values = { deployment: deployment.name, groups: there.map(({ name }) => name).join(", ") };
	return [
		...(gone.length > 0
			? [
					finding("group.gone", about, {
						values: { ...values, count: gone.length },
						field: "groups",
						count: gone.length,
					}),
				]
			: []),
		...emptyFindings(there, about, values, people),
	];
}

/** Groups in which nobody is, or nobody who can sign in. @param there those of the deployment that exist */
function emptyFindings(
	there: readonly GroupFacts[],
	about: Thing,
	values: Finding["cause"]["values"],
	people: readonly PersonFacts[] | undefined,
): Finding[] {
	const [first] = there;
	if (!first) return [];
	const empty = there.filter(({ memberCount }) => memberCount === 0);
	const at = thingOf("group", empty[0] ?? first);
	if (empty.length === there.length) return [finding("group.empty", about, { values, field: "members", at })];
	const members = people?.filter((person) => person.groups.some((id) => there.some((group) => group.id === id)));
	if (members && members.length > 0 && members.every(({ active }) => !active))
		return [finding("group.empty", about, { kind: "inactive", values, field: "members", at })];
	if (empty.length === 0) return [];
	const told = { ...values, empty: namesOf(empty) };
	return [finding("group.empty.beside", about, { values: told, field: "members", at, count: empty.length })];
}

/** Frames stay blank for who sits before them: here it is told which page is meant. */
function pageFindings(
	{ name, allowedOrigins = [], troubles }: DeploymentFacts,
	about: Thing,
	facts: OrganizationFacts,
) {
	const { origin, count, at } = troubles?.pages ?? {};
	if (origin === undefined || originMatches(origin, [...allowedOrigins, ...(facts.embedAllowList ?? [])])) return [];
	const values = { deployment: name, origin, count: count ?? 1 };
	return [finding("panel.page.refused", about, { values, field: "origins", last: at, count })];
}

function troubleFindings({ name, troubles = {} }: DeploymentFacts, about: Thing, facts: OrganizationFacts): Finding[] {
	const { scripts, refusals, unverified } = troubles;
	const met = (code: "script.failing" | "panel.refused" | "panel.unverified", trouble: TroubleFacts | undefined) => {
		if (!trouble) return [];
		const detail = trouble.detail ? `${withNames(trouble.detail, facts)} (${trouble.code})` : trouble.code;
		const values = { deployment: name, count: trouble.count, detail };
		return [finding(code, about, { values, field: "script", last: trouble.at, count: trouble.count })];
	};
	return [...met("script.failing", scripts), ...met("panel.refused", refusals), ...met("panel.unverified", unverified)];
}

/** What is wrong with all of them together: names that people take for one another, and how many there may be. */
export function deploymentsFindings({ deployments, mostDeployments }: OrganizationFacts): Finding[] {
	const seen = new Map<string, DeploymentFacts>();
	const alike = deployments.flatMap((deployment) => {
		const key = deployment.name.trim().toLowerCase().replace(/\s+/g, " ");
		const other = seen.get(key);
		if (!other) seen.set(key, deployment);
		if (!other) return [];
		const values = { deployment: deployment.name, other: other.name };
		return [finding("deployment.names.alike", thingOf("deployment", deployment), { values, field: "name" })];
	});
	const count = deployments.filter(({ isPrivate }) => isPrivate).length;
	if (count < mostDeployments) return alike;
	const code = count > mostDeployments ? "deployment.limit" : "deployment.full";
	const values = { count, most: mostDeployments };
	return [...alike, finding(code, { kind: "organization", name: "" }, { values, count })];
}
