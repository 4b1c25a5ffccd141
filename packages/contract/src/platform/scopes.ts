/** What an OAuth client may be allowed to touch (platform-api 2.3). */
export interface Scope {
	id: string;
	description: string;
}

/** Subject of each scope, in the words of a consent page; the plain scope reads and writes it. */
const subjects: Readonly<Record<string, string>> = {
	analytics: "statistics and queries over interactions and users",
	audits: "who has changed what, and when",
	authorization: "roles, divisions and who holds them",
	coaching: "coaching appointments",
	conversations: "interactions of every medium and what agents do with them",
	"external-contacts": "external contacts, their organizations and notes",
	groups: "groups and their members",
	integrations: "integrations, their configuration and client apps",
	locations: "locations of the organization",
	notifications: "notification channels and their topics",
	oauth: "OAuth clients, their secrets and scopes",
	organization: "the organization and its settings",
	outbound: "outbound campaigns and contact lists",
	presence: "presence of users and its definitions",
	quality: "evaluations and their forms",
	recordings: "recordings and their metadata",
	"response-management": "canned responses and their libraries",
	routing: "queues, skills, wrap-up codes and their members",
	scripts: "agent scripts",
	search: "search over users and other entities",
	stations: "stations and who uses them",
	telephony: "phones, sites and trunks",
	users: "users, their routing status, queues and stations",
	voicemail: "voicemail messages and policies",
	"workforce-management": "schedules, time off and adherence",
};

/** The one scope without a reading form: it covers the token's own user only. */
const ownUserScope: Scope = { id: "user-basic-info", description: "See the signed-in user's own profile and token" };

/** Every scope that a client may hold, the reading form of each beside the full one. */
export const scopes: readonly Scope[] = /* @__PURE__ */ listScopes();

/** The scopes that the configuration guide asks for on the client of an embedded agent panel. */
export const agentScopes: readonly string[] = [
	"conversations",
	"notifications",
	"organization:readonly",
	"outbound:readonly",
	"presence",
	"routing:readonly",
	"scripts:readonly",
	"stations:readonly",
	"user-basic-info",
	"users",
	"voicemail",
	"workforce-management",
	"external-contacts:readonly",
	"quality:readonly",
];

/**
 * What the panel's own token opens: the fourteen, and what the sixteen features need beyond them (platform-api 2.3,
 * agent-features 0.1-4).
 */
export const panelScopes: readonly string[] = [
	...agentScopes,
	"analytics:readonly",
	"authorization:readonly",
	"external-contacts",
	"groups:readonly",
	"outbound",
	"quality",
	"recordings",
	"response-management:readonly",
	"search:readonly",
	"stations",
];

/**
 * True when the held scopes open an operation: any one of the wanted scopes suffices, and a full scope stands for
 * its reading form too. An operation that lists no scope asks for none.
 */
export function scopesAllow(held: readonly string[], wanted: readonly string[]): boolean {
	if (wanted.length === 0) return true;
	return wanted.some((scope) => held.includes(scope) || held.includes(scope.replace(/:readonly$/, "")));
}

function listScopes(): Scope[] {
	const pairs = Object.entries(subjects).flatMap(([id, subject]) => [
		{ id, description: `See and change ${subject}` },
		{ id: `${id}:readonly`, description: `See ${subject}` },
	]);
	return [...pairs, ownUserScope].sort((a, b) => a.id.localeCompare(b.id));
}
