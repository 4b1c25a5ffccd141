/** What is wrong with an OAuth client that a deployment signs in with, or with one that nobody needs (configuration guide, "Configure OAuth Client"). */
import type { FeatureId } from "../permissions/agent-permissions.ts";
import { explainFeature, featureIds } from "../permissions/features.ts";
import { agentScopes, scopesAllow } from "../platform/scopes.ts";
import type { ClientFacts, DeploymentFacts, OrganizationFacts, PersonFacts } from "./facts.ts";
import type { Finding, Thing } from "./finding.ts";
import { finding, namesOf, thingOf } from "./make-finding.ts";
import { nearestUri } from "./redirect-uris.ts";
import { tokenLifetime } from "./token-lifetime.ts";

/** A usual working day; a token that ends within it takes the agent's panel to the sign-in page. */
const workingDay = 8 * 3600;
const dayMs = 86_400_000;
/** Days without a request after which a client that no deployment needs is worth a look. */
const unusedAfterDays = 30;

/** All that keeps a client from signing agents in, or will. @param used the deployments whose panels sign in with it */
export function signInFindings(
	client: ClientFacts,
	used: readonly DeploymentFacts[],
	facts: OrganizationFacts,
): Finding[] {
	const about = thingOf("client", client);
	const deployments = namesOf(used);
	if (!client.active) {
		const cure = { fix: { do: "enableClient" as const, clientId: client.id } };
		return [finding("client.inactive", about, { values: { client: client.name, deployments }, field: "state", cure })];
	}
	if (client.grant === "CLIENT-CREDENTIALS") {
		return [finding("client.wrong.grant", about, { values: { client: client.name, deployments }, field: "grant" })];
	}
	const features = featuresOfAgents(used, facts.people);
	return [
		...authorizationFindings(client, deployments, features),
		...redirectFindings(client, about, facts),
		...lifetimeFindings(client, about, longestShift(used, facts.people)),
		// What comes with the product has the server's own scopes and redirects.
		...(client.id === facts.bundledClientId ? [] : scopeFindings(client, about, features)),
	];
}

/** People sign in with it, and their tokens open nothing, or not all that the client asks for and they need (platform-api 2.1). */
function authorizationFindings(client: ClientFacts, deployments: string, features: readonly FeatureId[]): Finding[] {
	const { authorized } = client;
	if (!authorized) return [];
	const told = (values: Finding["cause"]["values"], kind?: "scopes") => {
		const at = thingOf("application", client);
		const of = { client: client.name, deployments, ...values };
		const how = { ...(kind ? { kind } : {}), values: of, field: "authorization" as const, at };
		return [finding("client.unauthorized", thingOf("client", client), how)];
	};
	if (authorized.length === 0 && client.scopes.length > 0) return told({});
	const withheld = neededScopes(features).filter(
		(scope) => scopesAllow(client.scopes, [scope]) && !scopesAllow(authorized, [scope]),
	);
	return withheld.length > 0 ? told({ scopes: withheld.join(", ") }, "scopes") : [];
}

function redirectFindings(client: ClientFacts, about: Thing, facts: OrganizationFacts): Finding[] {
	const { panelOrigins, panelPages, windowPage } = facts;
	const registered = new Set(client.redirectUris);
	const accepted = panelOrigins.flatMap((origin) => panelPages.map((page) => `${origin}${page}`));
	const wanted = accepted[0] ?? "";
	const fix = (uris: string[]) => ({ do: "addRedirectUris" as const, clientId: client.id, uris });
	const window = windowPage === undefined ? undefined : `${panelOrigins[0]}${windowPage}`;
	if (!accepted.some((uri) => registered.has(uri))) {
		const near = nearestUri(client.redirectUris, accepted);
		const uris = [near?.wanted ?? wanted, ...(window && !registered.has(window) ? [window] : [])];
		const values = {
			client: client.name,
			wanted: near?.wanted ?? wanted,
			...(near ? { found: near.uri, differs: near.differs } : {}),
		};
		const kind = near ? { kind: "near" } : {};
		return [
			finding("client.without.redirect", about, { ...kind, values, field: "redirectUris", cure: { fix: fix(uris) } }),
		];
	}
	const windows = windowPage === undefined ? [] : panelOrigins.map((origin) => `${origin}${windowPage}`);
	if (!window || windows.some((uri) => registered.has(uri))) return [];
	const values = { client: client.name, wanted: window };
	return [finding("client.without.window", about, { values, field: "redirectUris", cure: { fix: fix([window]) } })];
}

function lifetimeFindings(client: ClientFacts, about: Thing, shift: number | undefined): Finding[] {
	const { lifetime } = client;
	if (lifetime === undefined) return [];
	const values = { client: client.name, seconds: lifetime };
	if (lifetime < tokenLifetime.least || lifetime > tokenLifetime.most) {
		return [finding("client.lifetime", about, { values, field: "lifetime" })];
	}
	const needed = shift ?? workingDay;
	if (lifetime >= needed) return [];
	return [finding("client.short", about, { values: { ...values, needed }, field: "lifetime" })];
}

/** Undefined where no shifts are known of. */
function longestShift(
	used: readonly DeploymentFacts[],
	people: readonly PersonFacts[] | undefined,
): number | undefined {
	const shifts = (people ?? []).filter((person) => isAudience(person, used)).flatMap((one) => one.longestShift ?? []);
	return shifts.length > 0 ? Math.max(...shifts) : undefined;
}

function isAudience(person: PersonFacts, used: readonly DeploymentFacts[]): boolean {
	return used.some(({ groups }) => groups.length === 0 || groups.some((id) => person.groups.includes(id)));
}

/** Scopes that a feature's operations ask for beyond those of every panel (platform-api 2.3). */
const scopesOfFeatures: Partial<Record<FeatureId, readonly string[]>> = {
	evaluations: ["quality:readonly"],
	scheduling: ["workforce-management"],
	"screen-pop": ["outbound:readonly"],
	scripts: ["scripts:readonly"],
	voicemails: ["voicemail"],
};
const byFeature = new Set(Object.values(scopesOfFeatures).flat());
/** No permission opens it: contacts are shown by the script's settings. */
const bySetting = new Set(["external-contacts:readonly"]);
const ofEveryPanel = agentScopes.filter((scope) => !byFeature.has(scope) && !bySetting.has(scope));

/** The features that the agents of these deployments may use; all of them where the people are not known. */
function featuresOfAgents(used: readonly DeploymentFacts[], people: readonly PersonFacts[] | undefined): FeatureId[] {
	if (!people) return [...featureIds];
	const agents = people.filter((person) => person.active && isAudience(person, used));
	// Those with the same roles share a list, of which one is looked at.
	const held = [...new Set([...new Set(agents.map(({ permissions }) => permissions))].flat())];
	return featureIds.filter((feature) => explainFeature(feature, held).available);
}

const neededScopes = (features: readonly FeatureId[]) => [
	...new Set([...ofEveryPanel, ...features.flatMap((one) => scopesOfFeatures[one] ?? [])]),
];

function scopeFindings(client: ClientFacts, about: Thing, features: readonly FeatureId[]): Finding[] {
	const isMissing = (scope: string) => !scopesAllow(client.scopes, [scope]);
	const missing = neededScopes(features).filter(isMissing);
	const few = agentScopes.filter((scope) => isMissing(scope) && !missing.includes(scope));
	const wide = client.scopes.filter((scope) => !isOfGuide(scope));
	const told = (code: "client.without.scopes" | "client.scopes.few", scopes: string[]) => {
		const cure = { fix: { do: "addScopes" as const, clientId: client.id, scopes } };
		return finding(code, about, { values: { client: client.name, scopes: scopes.join(", ") }, field: "scopes", cure });
	};
	return [
		...(missing.length > 0 ? [told("client.without.scopes", missing)] : []),
		...(few.length > 0 ? [told("client.scopes.few", few)] : []),
		...(wide.length > 0
			? [
					finding("client.scopes.wide", about, {
						values: { client: client.name, scopes: wide.join(", ") },
						field: "scopes",
					}),
				]
			: []),
	];
}

/** One of the guide's fourteen, or the reading form of one. */
function isOfGuide(scope: string): boolean {
	return agentScopes.includes(scope) || agentScopes.includes(scope.replace(/:readonly$/, ""));
}

/** The guide gives each deployment a client of its own, so that one can be changed or withdrawn alone. */
export function sharedFinding(client: ClientFacts, used: readonly DeploymentFacts[]): Finding[] {
	if (used.length < 2) return [];
	const values = { client: client.name, deployments: namesOf(used) };
	return [finding("client.shared", thingOf("client", client), { values, field: "name" })];
}

/** Nobody signs in with it, and it has not asked for anything for a month. */
export function unusedFinding(client: ClientFacts, { bundledClientId, now }: OrganizationFacts): Finding[] {
	if (client.id === bundledClientId || !client.active || client.lastUsed === undefined) return [];
	const last = client.lastUsed ?? client.created;
	const days = last === undefined ? 0 : Math.floor((Date.parse(now) - Date.parse(last)) / dayMs);
	if (days < unusedAfterDays) return [];
	const values = { client: client.name, days };
	return [finding("client.unused", thingOf("client", client), { values, field: "state", last: last ?? now })];
}
