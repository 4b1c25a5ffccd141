/** An organization on a memory that speaks the platform's public API and nothing else: each request is checked against it. */
import { randomUUID } from "node:crypto";
import type { Address } from "../platform/address.ts";
import type { Transport } from "../platform/platform.ts";
import { departuresOf } from "./contract-check.ts";

type Row = Record<string, unknown> & { id: string };

/** Collections by path; what else a path has stands in `links`. */
const collections = [
	"/api/v2/authorization/divisions",
	"/api/v2/authorization/roles",
	"/api/v2/routing/skills",
	"/api/v2/routing/languages",
	"/api/v2/routing/wrapupcodes",
	"/api/v2/routing/queues",
	"/api/v2/presence/definitions",
	"/api/v2/oauth/clients",
	"/api/v2/users",
	"/api/v2/groups",
	"/api/v2/outbound/campaigns",
	"/api/v2/outbound/contactlists",
	"/api/v2/integrations",
] as const;

export const typeIds = { private: "type-of-the-private-tile", public: "type-of-the-public-tile" };

export interface FakePlatform {
	address: Address;
	transport: Transport;
	/** What departs from the contract, of all requests so far. */
	departures: string[];
	/** Method and path of all requests that may change something. */
	writes: string[];
	rows(path: (typeof collections)[number]): Row[];
	add(path: (typeof collections)[number], row: Record<string, unknown>): Row;
	/** Everything there is, for comparing. */
	snapshot(): unknown;
	/** Seen before each request; throws to lose it. @returns what is called when it was answered */
	intercept: ((method: string, path: string) => (() => void) | undefined) | undefined;
	/** Id of the client that asks. */
	selfId: string;
}

export function fakePlatform(): FakePlatform {
	const store = new Map<string, Row[]>(collections.map((path) => [path, []]));
	/** Ids beneath a thing: members, codes, skills, grants. */
	const links = new Map<string, Map<string, Record<string, unknown>>>();
	const linked = (key: string) => links.get(key) ?? links.set(key, new Map()).get(key) ?? new Map();
	const rows = (path: string) => store.get(path) ?? [];
	const find = (path: string, id: string | undefined) => rows(path).find((row) => row.id === id);
	const fake: FakePlatform = {
		address: { api: "http://api.platform.test", login: "http://login.platform.test", isRegion: true },
		transport: { fetch: (input, init) => answer(String(input), init ?? {}), pause: async () => undefined },
		departures: [],
		writes: [],
		rows,
		add(path, row) {
			const made = { id: randomUUID(), ...defaults(path), ...row } as Row;
			store.get(path)?.push(made);
			return made;
		},
		snapshot: () => structuredClone({ store: [...store], links: [...links].map(([key, map]) => [key, [...map]]) }),
		intercept: undefined,
		selfId: "",
	};
	const home = fake.add("/api/v2/authorization/divisions", { name: "Home", homeDivision: true });
	const admin = fake.add("/api/v2/authorization/roles", {
		name: "Master Admin",
		default: true,
		permissionPolicies: [{ domain: "oauth", entityName: "*", actionSet: ["*"] }],
	});
	const agent = { domain: "integration", entityName: "customEmbeddableFramework", actionSet: ["agent"] };
	fake.add("/api/v2/authorization/roles", { name: "Agent", default: true, permissionPolicies: [agent] });
	fake.selfId = fake.add("/api/v2/oauth/clients", {
		name: "Automation",
		authorizedGrantType: "CLIENT-CREDENTIALS",
		roleDivisions: [{ roleId: admin.id, divisionId: "*" }],
	}).id;
	return fake;

	function defaults(path: string): Record<string, unknown> {
		if (path.endsWith("/users")) return { state: "active", version: 1, division: { id: home.id } };
		if (path.endsWith("/groups")) return { state: "active", version: 1 };
		if (path.endsWith("/clients")) return { state: "active", accessTokenValiditySeconds: 86_400 };
		if (path.endsWith("/queues") || path.includes("/outbound/")) return { division: { id: home.id }, version: 1 };
		if (path.endsWith("/integrations"))
			return { intendedState: "DISABLED", configuration: { version: 1, properties: {} } };
		return {};
	}

	async function answer(url: string, init: RequestInit): Promise<Response> {
		const { pathname, searchParams, origin } = new URL(url);
		const method = init.method ?? "GET";
		if (origin !== fake.address.api) throw new Error(`${origin} is another host.`);
		const answered = fake.intercept?.(method, pathname);
		const body: unknown = init.body === undefined ? undefined : JSON.parse(String(init.body));
		const ours = new Headers(init.headers);
		if (ours.has("if-match") && method === "GET") fake.departures.push("If-Match at a GET");
		fake.departures.push(...departuresOf(method, url, body));
		if (method !== "GET") fake.writes.push(`${method} ${pathname}`);
		const result = handle(method, pathname, searchParams, body as Record<string, unknown>);
		answered?.();
		return result;
	}

	function handle(method: string, path: string, query: URLSearchParams, body: Record<string, unknown>): Response {
		if (path === "/api/v2/tokens/me")
			return json({ OAuthClient: { id: fake.selfId, name: "Automation" }, organization: { name: "Test" } });
		if (path === "/api/v2/users/me") return refused(400, "not.a.user");
		if (path === "/api/v2/authorization/subjects/me")
			return json({
				id: fake.selfId,
				grants: [{ subjectId: fake.selfId, role: { id: admin.id }, division: { id: "*" } }],
			});
		// As an organization answers whose licenses nobody looks after.
		if (path === "/api/v2/license/users") return json(listing([], query));
		if (path === "/api/v2/integrations/types") return json(listing(types(), query));
		if (path.endsWith("/configschemas/properties"))
			return json({ properties: { frameworkJs: {}, groups: {}, clientId: {}, allowedOrigins: {} } });
		const grant = /^\/api\/v2\/authorization\/subjects\/([^/]+)(?:\/divisions\/([^/]+)\/roles\/([^/]+))?$/.exec(path);
		if (grant) return grants(method, grant[1] ?? "", grant[2], grant[3]);
		const collection = collections.find((one) => path === one);
		if (collection) return method === "POST" ? create(collection, body) : json(listed(collection, query));
		const [, base, id, rest] = /^(\/api\/v2\/(?:[a-z]+\/)?[a-z]+)\/([^/]+)(\/.*)?$/.exec(path) ?? [];
		const row = find(base ?? "", id);
		if (!base || !row) return refused(404, "not.found");
		if (base.endsWith("/roles") && method === "POST") return give(row.id, body);
		if (rest) return beneath(method, base, row, rest, query, body);
		return one(method, base, row, body);
	}

	function give(roleId: string, { subjectIds, divisionIds }: Record<string, unknown>): Response {
		for (const subject of subjectIds as string[])
			for (const division of divisionIds as string[]) linked(`${subject}/grants`).set(`${roleId}/${division}`, {});
		return json({});
	}

	function types() {
		return [
			{ id: "other", name: "Embeddable Dialler" },
			{ id: typeIds.private, name: "Private Genesys Cloud Embeddable Framework", maxInstances: 5 },
			{ id: typeIds.public, name: "Genesys Cloud Embeddable Framework" },
		];
	}

	function create(path: (typeof collections)[number], body: Record<string, unknown>): Response {
		const key = path === "/api/v2/users" ? "email" : "name";
		const mayRepeat = path.endsWith("/clients") || path.endsWith("/integrations") || path.endsWith("/definitions");
		if (!mayRepeat && rows(path).some((row) => row.state !== "deleted" && row[key] === body[key]))
			return refused(409, "general.conflict", "name");
		const { divisionId, ...rest } = body;
		const row = fake.add(path, { ...rest, ...(path.endsWith("/users") ? { division: { id: divisionId } } : {}) });
		if (path.endsWith("/integrations")) (row.configuration as Record<string, unknown>).name = row.name;
		return json(seen(path, row));
	}

	function listed(path: string, query: URLSearchParams) {
		const isDeactivated = query.get("deactivated") === "TRUE";
		const isPresence = path.endsWith("/definitions");
		const all = rows(path).filter(
			(row) => row.state !== "deleted" && (!isPresence || (row.deactivated === true) === isDeactivated),
		);
		return listing(
			all.map((row) => seen(path, row)),
			query,
		);
	}

	function one(method: string, path: string, row: Row, body: Record<string, unknown>): Response {
		if (method === "GET") return json(seen(path, row));
		if (method === "DELETE") {
			if (path.endsWith("/clients") && row.state === "active") return refused(400, "cannot.delete.client");
			if (path.endsWith("/users")) row.state = "deleted";
			else
				store.set(
					path,
					rows(path).filter((other) => other !== row),
				);
			links.delete(row.id);
			return json({});
		}
		if (body.version !== undefined && row.version !== undefined && body.version !== row.version)
			return refused(409, "version.conflict");
		Object.assign(row, body, typeof row.version === "number" ? { version: row.version + 1 } : {});
		return json(seen(path, row));
	}

	function beneath(
		method: string,
		path: string,
		row: Row,
		rest: string,
		query: URLSearchParams,
		body: unknown,
	): Response {
		const { configuration } = row as { configuration?: Record<string, unknown> };
		if (rest === "/config/current" && configuration) {
			if (method === "GET") return json(configuration);
			const sent = body as Record<string, unknown>;
			if (sent.version !== configuration.version) return refused(409, "version.conflict");
			row.configuration = { ...sent, version: Number(sent.version) + 1 };
			row.name = sent.name;
			return json(row.configuration);
		}
		const [, kind = "", id] = rest.split("/");
		const map = linked(`${row.id}/${kind}`);
		const of = path.endsWith("/groups") || kind === "members" ? "/api/v2/users" : "/api/v2/routing/wrapupcodes";
		if (method === "GET")
			return json(
				listing(
					[...map].flatMap(([each, value]) => {
						const found = find(of, each);
						return found ? [{ ...found, ...value }] : [];
					}),
					query,
				),
			);
		if (kind === "routingskills" && method === "PUT") map.clear();
		const ids = Array.isArray(body)
			? body.map((each: { id: string; proficiency?: number }) => [each.id, each] as const)
			: listOf((body as { memberIds?: string[] } | undefined)?.memberIds ?? query.get("ids")?.split(",") ?? [id ?? ""]);
		if (path.endsWith("/groups") && ids.length > 50) return refused(400, "too.many.members");
		for (const [each, value] of ids) {
			if (method === "DELETE" || query.get("delete") === "true") map.delete(each);
			else map.set(each, value);
		}
		if (typeof row.version === "number") row.version++;
		return json({});
	}

	function grants(method: string, subject: string, division: string | undefined, role: string | undefined): Response {
		const map = linked(`${subject}/grants`);
		if (method === "POST") map.set(`${role}/${division}`, {});
		if (method === "DELETE") map.delete(`${role}/${division}`);
		const all = [...map.keys()].map((key) => {
			const [roleId, divisionId] = key.split("/");
			return { subjectId: subject, role: { id: roleId }, division: { id: divisionId } };
		});
		return json({ id: subject, grants: all });
	}

	function seen(path: string, row: Row): Record<string, unknown> {
		const { configuration: _own, ...shown } = row;
		if (!path.endsWith("/users")) return shown;
		const own = (kind: string, of: string) =>
			[...linked(`${row.id}/${kind}`)].map(([id, value]) => ({ ...value, id, name: find(of, id)?.name }));
		const skills = own("routingskills", "/api/v2/routing/skills");
		return { ...shown, skills, languages: own("routinglanguages", "/api/v2/routing/languages") };
	}
}

function listOf(ids: readonly string[]) {
	return ids.map((id) => [id, {}] as const);
}

function listing(all: readonly object[], query: URLSearchParams) {
	const size = Number(query.get("pageSize") ?? all.length) || 25;
	const page = Number(query.get("pageNumber") ?? 1);
	const entities = all.slice((page - 1) * size, page * size);
	return { entities, total: all.length, pageCount: Math.ceil(all.length / size), pageNumber: page, pageSize: size };
}

function json(body: unknown): Response {
	return new Response(JSON.stringify(body), { headers: { "content-type": "application/json" } });
}

function refused(status: number, code: string, fieldName?: string): Response {
	const details = fieldName ? [{ errorCode: code, fieldName }] : [];
	return new Response(JSON.stringify({ status, code, message: `Refused: ${code}.`, details }), { status });
}
