import type { PostgresBinaries } from "./binaries.ts";
import type { PostgresLayout } from "./layout.ts";
import { endLeftovers } from "./leftovers.ts";
import { type PostgresServer, startServer } from "./server.ts";
import type { Runner } from "./unprivileged.ts";

/** Where the embedded PostgreSQL reports; a pino logger fits. */
export interface PostgresLog {
	info(message: string): void;
	error(message: string): void;
}

/** Restarts, on the same port, a server that ends although nobody asked it to, so that pools can connect again. */
export class ServerKeeper {
	readonly port: number;
	readonly socketFolder: string | undefined;
	readonly #layout: PostgresLayout;
	readonly #binaries: PostgresBinaries;
	readonly #runner: Runner;
	readonly #log: PostgresLog;
	#running: Promise<PostgresServer | undefined>;
	#stopping = false;

	constructor(
		layout: PostgresLayout,
		binaries: PostgresBinaries,
		runner: Runner,
		log: PostgresLog,
		server: PostgresServer,
	) {
		this.#layout = layout;
		this.#binaries = binaries;
		this.#runner = runner;
		this.#log = log;
		this.port = server.port;
		this.socketFolder = server.socketFolder;
		this.#running = Promise.resolve(server);
		this.#watch(server);
	}

	async stop(): Promise<void> {
		this.#stopping = true;
		const server = await this.#running;
		await server?.stop();
	}

	#watch(server: PostgresServer): void {
		void server.ended.then(() => {
			if (!this.#stopping) this.#running = this.#restart();
		});
	}

	async #restart(): Promise<PostgresServer | undefined> {
		this.#log.error(`The embedded PostgreSQL has ended; starting it again. Its log is ${this.#layout.logFile}.`);
		try {
			await endLeftovers(this.#layout);
			const server = await startServer(this.#layout, this.#binaries, this.#runner, this.port);
			this.#watch(server);
			this.#log.info("The embedded PostgreSQL runs again.");
			return server;
		} catch (error) {
			this.#log.error(error instanceof Error ? error.message : String(error));
			return undefined;
		}
	}
}
