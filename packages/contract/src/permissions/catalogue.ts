import { agentPermissionRows } from "./agent-permissions.ts";
import data from "./permission-catalogue.json" with { type: "json" };

/** One permission that a role can grant. */
export interface CataloguePermission {
	/** `domain:entity:action`. */
	permission: string;
	action: string;
	/** What administrators see, e.g. `Conversation > Call > Record`. */
	label: string;
}

export interface CatalogueEntity {
	entity: string;
	permissions: readonly CataloguePermission[];
}

export interface CatalogueDomain {
	domain: string;
	entities: readonly CatalogueEntity[];
}

type CatalogueData = Record<string, Record<string, readonly string[]>>;

/**
 * Every permission that the platform's operations and the agent table name, by domain and entity.
 * Labels of the agent table are used where it has them; the others are made from the names.
 */
export const permissionCatalogue: readonly CatalogueDomain[] = /* @__PURE__ */ buildCatalogue(data as CatalogueData);

/** The catalogue as flat permission strings. */
export function allPermissions(): string[] {
	return permissionCatalogue.flatMap((domain) =>
		domain.entities.flatMap((entity) => entity.permissions.map((entry) => entry.permission)),
	);
}

function buildCatalogue(source: CatalogueData): CatalogueDomain[] {
	const known = labelsOfAgentTable();
	return Object.entries(source).map(([domain, entities]) => ({
		domain,
		entities: Object.entries(entities).map(([entity, actions]) => ({
			entity,
			permissions: actions.map((action) => {
				const permission = `${domain}:${entity}:${action}`;
				return { permission, action, label: known.get(permission) ?? labelFromNames([domain, entity, action]) };
			}),
		})),
	}));
}

/** Rows with several permissions share one label, so it names none of them exactly: those are left out. */
function labelsOfAgentTable(): Map<string, string> {
	const single = agentPermissionRows.filter((row) => row.permissions.length === 1);
	return new Map(single.map((row) => [row.permissions[0] ?? "", row.label]));
}

function labelFromNames(names: readonly string[]): string {
	return names.map((name) => capitalised(name.replace(/([a-z])([A-Z])/g, "$1 $2"))).join(" > ");
}

function capitalised(text: string): string {
	return text.charAt(0).toUpperCase() + text.slice(1);
}
