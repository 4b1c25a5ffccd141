import { outboundTypes, things } from "./tables.ts";

interface ServiceMapping {
	services: Array<{ name: string; entities: Array<{ name: string; actions: string[] }> }>;
}

const changed = ["Create", "Update", "Delete"];

/** Entries that tell of no audited table. */
const beside: ReadonlyArray<readonly [service: string, entity: string, actions: readonly string[]]> = [
	["Login", "User", ["Authenticate", "RecoveryCodeUsed", "AccessRestored", "SignOut", "IdentityChange"]],
	["Login", "OAuthClient", ["SignOut"]],
	["Quality", "Recording", ["View", "Play", "Download", "Delete"]],
	["Outbound", "Contact", changed],
	["Audits", "Audit", ["Export"]],
];

/** What can be asked for: the services, their things and what is done to them, as the platform's AuditQueryServiceMapping. */
export function serviceMapping(): ServiceMapping {
	const services = new Map<string, Map<string, Set<string>>>();
	const add = (service: string, entity: string, actions: readonly string[]) => {
		const entities = services.get(service) ?? new Map<string, Set<string>>();
		services.set(service, entities);
		entities.set(entity, new Set([...(entities.get(entity) ?? []), ...actions]));
	};
	for (const { service, entityType } of Object.values(things))
		for (const entity of entityType === "Outbound" ? Object.values(outboundTypes) : [entityType])
			add(service, entity, changed);
	for (const [service, entity, actions] of beside) add(service, entity, actions);
	return {
		services: [...services].sort(byName).map(([name, entities]) => ({
			name,
			entities: [...entities].sort(byName).map(([entity, actions]) => ({ name: entity, actions: [...actions] })),
		})),
	};
}

const byName = ([one]: readonly [string, unknown], [other]: readonly [string, unknown]) => (one < other ? -1 : 1);
