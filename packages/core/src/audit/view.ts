import type { AuditEntry } from "./model.ts";

/** Where the API has a thing by its id; others have no address of their own. */
const places: Readonly<Record<string, string>> = {
	User: "/api/v2/users",
	Group: "/api/v2/groups",
	Role: "/api/v2/authorization/roles",
	Division: "/api/v2/authorization/divisions",
	OAuthClient: "/api/v2/oauth/clients",
	Integration: "/api/v2/integrations",
	PresenceDefinition: "/api/v2/presence/definitions",
	Queue: "/api/v2/routing/queues",
	WrapupCode: "/api/v2/routing/wrapupcodes",
	Skill: "/api/v2/routing/skills",
	Language: "/api/v2/routing/languages",
	Station: "/api/v2/stations",
	Library: "/api/v2/responsemanagement/libraries",
	Response: "/api/v2/responsemanagement/responses",
	ResponseAsset: "/api/v2/responsemanagement/responseassets",
	Campaign: "/api/v2/outbound/campaigns",
	ContactList: "/api/v2/outbound/contactlists",
	DNCList: "/api/v2/outbound/dnclists",
	CallableTimeSet: "/api/v2/outbound/callabletimesets",
	AttemptLimits: "/api/v2/outbound/attemptlimits",
	RuleSet: "/api/v2/outbound/rulesets",
	Contact: "/api/v2/externalcontacts/contacts",
	ExternalOrganization: "/api/v2/externalcontacts/organizations",
};

function uriOf(entityType: string, id: string): { selfUri?: string } {
	const place = places[entityType];
	return place ? { selfUri: `${place}/${encodeURIComponent(id)}` } : {};
}

/** The platform's AuditLogMessage; `context.operation` and `context.correlationId` are ours. */
export function auditView(entry: AuditEntry) {
	const { userId, userName, clientId, clientName, subject } = entry;
	return {
		id: entry.id,
		...(userId ? { user: { id: userId, ...named(userName), selfUri: `/api/v2/users/${userId}` } } : {}),
		...(clientId
			? { client: { id: clientId, ...named(clientName), selfUri: `/api/v2/oauth/clients/${clientId}` } }
			: {}),
		...(entry.address ? { remoteIp: [entry.address] } : {}),
		serviceName: subject.service,
		level: userId || clientId ? "USER" : "SYSTEM",
		eventDate: entry.at.toISOString(),
		action: entry.action,
		entity: { id: subject.id, ...named(subject.name), ...uriOf(subject.entityType, subject.id) },
		entityType: subject.entityType,
		status: entry.status,
		...(clientName ? { application: clientName } : {}),
		...(entry.correlationId ? { initiatingAction: { transactionId: entry.correlationId } } : {}),
		transactionInitiator: true,
		propertyChanges: entry.changes,
		context: contextOf(entry),
		entityChanges: entry.others.map(({ divisionId: _divisionId, ...change }) => change),
		...(subject.divisionId ? { inlay: { divisionId: subject.divisionId } } : {}),
	};
}

function contextOf({ context, correlationId }: AuditEntry): Record<string, string> {
	return correlationId ? { ...context, correlationId } : context;
}

function named(name: string | undefined): { name?: string } {
	return name === undefined ? {} : { name };
}
