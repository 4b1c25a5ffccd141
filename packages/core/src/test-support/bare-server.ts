import { sql } from "kysely";
import { createServices, type Services } from "../app-services.ts";
import { ensureOrganization } from "../app-setup.ts";
import { readConfig } from "../kernel/config/config.ts";
import { testKernel } from "./test-kernel.ts";
import { fingerprint } from "./whole-server.ts";

/** A server's services on a database of its own, which start again and again: for what a start makes. No door is open. */
export interface BareServer {
	/** The services of a new start, before extensions are asked. Those of the one before end. */
	start(): Promise<Services>;
	kernel: Awaited<ReturnType<typeof testKernel>>;
	/** Puts “Renamed” before whatever has a name, and “renamed.” before user names and e-mail addresses. */
	renameEverything(): Promise<void>;
	/** As of {@link fingerprint}. */
	fingerprint(): Promise<string>;
	close(): Promise<void>;
}

export async function bareServer(dataDir: string): Promise<BareServer> {
	const kernel = await testKernel({ config: readConfig(["--data", dataDir, "--demo", "--port", "8099"], {}) });
	let running: Services | undefined;
	async function end() {
		await running?.oauth.stop();
		await running?.users.stop();
		running?.authorization.stop();
		running?.stations.stop();
	}
	return {
		kernel,
		async start() {
			await end();
			running = createServices(kernel);
			await ensureOrganization(kernel, running);
			return running;
		},
		async renameEverything() {
			const { db } = kernel.database;
			const { rows } = await sql<{ of: string }>`
				select quote_ident(table_name) as of from information_schema.columns
				where table_schema = 'public' and column_name = 'name' and data_type = 'text'
					and table_name not like 'kysely%'`.execute(db);
			for (const { of } of rows) await sql`update ${sql.raw(of)} set name = 'Renamed ' || name`.execute(db);
			await sql`update users set username = 'renamed.' || username, email = 'renamed.' || email`.execute(db);
		},
		fingerprint: () => fingerprint(kernel),
		async close() {
			await end();
			await kernel.close();
		},
	};
}
