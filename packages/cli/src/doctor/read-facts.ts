/** Reads an organization's data by the platform's public API, of any organization that speaks it. */
import { extraOperations, minimalOperations, panelPages } from "@inlay/contract";
import type { ClientFacts, DeploymentFacts, OrganizationFacts, PersonFacts } from "@inlay/contract/health/facts";
import type { Unchecked, UncheckedThing } from "@inlay/contract/health/finding";
import { clientIdsIn, signInChoice } from "@inlay/contract/health/sign-in-choice";
import { type LintSwitches, lintFrameworkScript } from "@inlay/framework";
import { kinds } from "../file/kinds/kinds.ts";
import type { Platform } from "../platform/platform.ts";
import { PlatformError } from "../platform/platform-error.ts";

/** The platform's JSON as far as it is read here. */
interface Client {
	id: string;
	name: string;
	authorizedGrantType?: string;
	state?: string;
	registeredRedirectUri?: string[];
	scope?: string[];
	accessTokenValiditySeconds?: number;
}
interface Integration {
	id: string;
	name: string;
	intendedState?: string;
	integrationType?: { id?: string; name?: string };
}
interface Configuration {
	properties?: { frameworkJs?: string; groups?: string[]; allowedOrigins?: string[]; clientId?: string } & LintSwitches;
}
interface Person {
	id: string;
	name: string;
	state?: string;
	groups?: { id: string }[];
	authorization?: { permissions?: string[] };
	station?: { associatedStation?: unknown; effectiveStation?: unknown; defaultStation?: unknown };
}

/** Private deployments that one organization may have (configuration guide). */
const mostDeployments = 5;

/** @param apps origin of the panels */
export async function readFacts(
	platform: Platform,
	apps: string,
): Promise<{ facts: OrganizationFacts; unchecked: Unchecked[] }> {
	const unchecked: Unchecked[] = [];
	const asked = async <T>(what: UncheckedThing, reading: Promise<T>): Promise<T | undefined> => {
		try {
			return await reading;
		} catch (error) {
			if (!(error instanceof PlatformError)) throw error;
			const why = error.status === 403 ? "permission" : "failed";
			unchecked.push({ what, why, detail: error.message });
			return undefined;
		}
	};
	const clients = await asked("clients", readClients(platform));
	const groups = await asked(
		"groups",
		listOf<{ id: string; name: string; memberCount?: number }>(platform, "/api/v2/groups"),
	);
	const licenses = await asked("licenses", readLicenses(platform));
	const people = await asked("people", readPeople(platform, licenses));
	const deployments = (await asked("deployments", readDeployments(platform, clients))) ?? [];
	return {
		facts: {
			panelOrigins: [apps],
			panelPages,
			mostDeployments,
			...(clients ? { clients } : {}),
			deployments,
			...(groups ? { groups: groups.map(({ memberCount = 0, ...group }) => ({ ...group, memberCount })) } : {}),
			...(people ? { people } : {}),
			now: new Date().toISOString(),
		},
		unchecked,
	};
}

const listOf = async <T>(platform: Platform, path: string) => (await platform.list(path)) as unknown as T[];

async function readClients(platform: Platform): Promise<ClientFacts[]> {
	// As their listing has no pages, it takes no query.
	const found = (await kinds.clients.list(platform)) as unknown as Client[];
	return found.map((client) => ({
		id: client.id,
		name: client.name,
		grant: client.authorizedGrantType ?? "",
		active: client.state === undefined || client.state === "active",
		redirectUris: client.registeredRedirectUri ?? [],
		scopes: client.scope ?? [],
		...(client.accessTokenValiditySeconds === undefined ? {} : { lifetime: client.accessTokenValiditySeconds }),
	}));
}

/** By user. */
async function readLicenses(platform: Platform): Promise<ReadonlyMap<string, readonly string[]>> {
	const found = await listOf<{ id: string; licenses?: string[] }>(platform, "/api/v2/license/users");
	return new Map(found.map((one) => [one.id, one.licenses ?? []]));
}

async function readPeople(
	platform: Platform,
	licenses: ReadonlyMap<string, readonly string[]> | undefined,
): Promise<PersonFacts[]> {
	const found = await listOf<Person>(platform, "/api/v2/users?state=active&expand=groups,authorization,station");
	// Those with the same roles share a list, which is looked at once.
	const lists = new Map<string, readonly string[]>();
	const shared = (permissions: readonly string[]) => {
		const key = permissions.join();
		const known = lists.get(key) ?? permissions;
		lists.set(key, known);
		return known;
	};
	return found.map(({ id, name, state, groups = [], authorization, station }) => ({
		...{ id, name, active: state === undefined || state === "active" },
		groups: groups.map((group) => group.id),
		permissions: shared(authorization?.permissions ?? []),
		// Whoever is not listed has none; of an organization that lists nobody nothing is concluded.
		...(licenses && licenses.size > 0 ? { licenses: licenses.get(id) ?? [] } : {}),
		...(station ? { hasStation: Object.values(station).some(Boolean) } : {}),
	}));
}

/** The type's id is not published: its name tells (configuration guide, "Add Integrations"). */
function isPanel({ integrationType }: Integration): boolean {
	return /embeddable-?\s?framework/i.test(`${integrationType?.id} ${integrationType?.name}`);
}

async function readDeployments(
	platform: Platform,
	clients: readonly ClientFacts[] | undefined,
): Promise<DeploymentFacts[]> {
	const found = (await listOf<Integration>(platform, "/api/v2/integrations")).filter(isPanel);
	const read = found.map(async (integration): Promise<DeploymentFacts> => {
		const path = `/api/v2/integrations/${encodeURIComponent(integration.id)}/config/current`;
		const { properties = {} } = (await platform.get(path)).body as Configuration;
		const { frameworkJs, groups = [], allowedOrigins, clientId } = properties;
		const { id = "", name: typeName = "" } = integration.integrationType ?? {};
		return {
			...{ id: integration.id, name: integration.name, groups },
			isPrivate: /private/i.test(`${id} ${typeName}`),
			active: integration.intendedState === "ENABLED",
			hasScript: Boolean(frameworkJs),
			...(allowedOrigins ? { allowedOrigins } : {}),
			...(clientId ? { clientId } : {}),
			...(frameworkJs ? scriptFacts(frameworkJs, properties, clients) : {}),
		};
	});
	return Promise.all(read);
}

function scriptFacts(
	source: string,
	{ clientId, preserveAttributeCase, pageCompatibility, isolation }: NonNullable<Configuration["properties"]>,
	clients: readonly ClientFacts[] | undefined,
): Pick<DeploymentFacts, "scriptClientIds" | "faults"> {
	const scriptClientIds = clientIdsIn(source);
	const { client } = signInChoice({ scriptClientIds, ...(clientId ? { clientId } : {}) }, { clients: clients ?? [] });
	const operations = [...minimalOperations, ...extraOperations];
	const organization = {
		...(clients ? { clientIds: clients.map(({ id }) => id) } : {}),
		...(client ? { scopes: client.scopes, operations } : {}),
		// Ours alone, and absent where nobody has touched them: what is not said is not asked.
		...{ preserveAttributeCase, pageCompatibility, isolation },
	};
	const faults = lintFrameworkScript(source, { organization });
	return {
		scriptClientIds,
		faults: faults.map(({ code, severity, message, line }) => ({ code, severity, message, line })),
	};
}
