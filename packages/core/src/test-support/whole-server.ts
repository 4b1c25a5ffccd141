import type { FastifyInstance } from "fastify";
import { sql } from "kysely";
import { pino } from "pino";
import { createRoutes } from "../app-routes.ts";
import { createServices, type Services } from "../app-services.ts";
import { ensureOrganization } from "../app-setup.ts";
import { readConfig } from "../kernel/config/config.ts";
import { createHttp } from "../kernel/http/http.ts";
import type { Route } from "../kernel/http/route.ts";
import type { Principal } from "../kernel/principal.ts";
import { seedOneOfEach } from "./one-of-each.ts";
import { testPrincipal } from "./test-api.ts";
import { type TestKernel, testKernel } from "./test-kernel.ts";

/** Every route of the server with every service behind it, on a database of its own that holds one of each thing. */
export interface WholeServer {
	kernel: TestKernel;
	services: Services;
	http: FastifyInstance;
	routes: readonly Route[];
	/** Ids of what is there, by the name of the path parameter that takes them. */
	ids: Readonly<Record<string, string>>;
	/** Makes somebody who can call by this name: the name is the token. */
	admit(name: string, principal: Partial<Principal>): void;
	/** What the server has logged as warnings and worse, oldest first. */
	complaints: readonly string[];
	/** One text that is another as soon as any row of any table is. */
	fingerprint(): Promise<string>;
	close(): Promise<void>;
}

/** Somebody with every permission everywhere is admitted as `admin`. No socket, phone or timer runs. */
export async function wholeServer(): Promise<WholeServer> {
	// The organization's first user comes from the seed, not from a file with a password.
	const config = { ...readConfig(["--data", "/nonexistent", "--demo", "--port", "8099"], {}), rateLimit: 0 };
	const kernel = await testKernel({ config });
	const services = createServices(kernel);
	await ensureOrganization(kernel, services);
	const ids = await seedOneOfEach(kernel, services);
	const principals = new Map<string, Principal>();
	const routes = createRoutes(kernel, services, { demoUsers: () => [] });
	const complaints: string[] = [];
	const log = pino({ level: "warn" }, { write: (line: string) => void complaints.push(line) });
	const http = await createHttp(routes, {
		log,
		authenticator: { authenticate: async (token) => principals.get(token) },
		allowsOrigin: async () => false,
		rateLimitPerMinute: 0,
		witness: services.audit.witness,
	});
	await http.ready();
	const admit = (name: string, principal: Partial<Principal>) =>
		void principals.set(name, testPrincipal({ tokenHash: name, userId: ids.adminId ?? "", ...principal }));
	admit("admin", {});
	return {
		kernel,
		services,
		http,
		routes,
		ids,
		admit,
		complaints,
		fingerprint: () => fingerprint(kernel),
		async close() {
			await http.close();
			await services.oauth.stop();
			services.users.stop();
			services.authorization.stop();
			services.stations.stop();
			await kernel.close();
		},
	};
}

/** One text that is another as soon as any row of any table is. */
export async function fingerprint({ database }: TestKernel): Promise<string> {
	// Most tables have never held a row, and to count each of those costs as much as to read the others.
	const tables = await sql<{ name: string }>`
		select quote_ident(relname) as name from pg_class
		where relkind = 'r' and relnamespace = 'public'::regnamespace and pg_relation_size(oid) > 0`.execute(database.db);
	const parts = tables.rows.map(
		({ name }) =>
			sql`select ${name}::text as name, count(*)::int as rows, coalesce(sum(hashtextextended(t::text, 0)::numeric), 0)::text as hash from ${sql.raw(name)} t`,
	);
	const found = await database.db.transaction().execute(async (trx) => {
		// So many tables look like much work, and are next to nothing: to compile it, or to begin workers, takes a third of a second.
		await sql`set local jit = off`.execute(trx);
		await sql`set local max_parallel_workers_per_gather = 0`.execute(trx);
		return sql<{ name: string; rows: number; hash: string }>`${sql.join(parts, sql` union all `)}`.execute(trx);
	});
	const lines = found.rows.filter(({ rows }) => rows > 0).map(({ name, rows, hash }) => `${name} ${rows} ${hash}`);
	return lines.sort().join("\n");
}
