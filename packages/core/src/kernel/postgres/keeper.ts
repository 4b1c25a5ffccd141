import type { PostgresBinaries } from "./binaries.ts";
import type { PostgresLayout } from "./layout.ts";
import { endLeftovers, killServer } from "./leftovers.ts";
import { keepLogShort } from "./log-length.ts";
import { type PostgresServer, startServer } from "./server.ts";
import type { Runner } from "./unprivileged.ts";

/** Where the embedded PostgreSQL reports; a pino logger fits. */
export interface PostgresLog {
	info(message: string): void;
	error(message: string): void;
}

/** Between two tries to start a server that does not come up (a full disk, say), in ms: doubled from the first on. */
const retryMs = { first: 250, longest: 5000 };

/** Restarts, on the same port, a server that ends although nobody asked it to, so that pools can connect again. */
export class ServerKeeper {
	readonly port: number;
	readonly socketFolder: string | undefined;
	readonly layout: PostgresLayout;
	readonly #binaries: PostgresBinaries;
	readonly #runner: Runner;
	readonly #log: PostgresLog;
	#running: Promise<PostgresServer | undefined>;
	#stopping = false;
	#isStarting = false;
	#stopWaiting = () => {};
	readonly #leaveLog: () => void;

	constructor(
		layout: PostgresLayout,
		binaries: PostgresBinaries,
		runner: Runner,
		log: PostgresLog,
		server: PostgresServer,
	) {
		this.layout = layout;
		this.#binaries = binaries;
		this.#runner = runner;
		this.#log = log;
		this.port = server.port;
		this.socketFolder = server.socketFolder;
		this.#running = Promise.resolve(server);
		this.#leaveLog = keepLogShort(layout);
		this.#watch(server);
	}

	async stop(): Promise<void> {
		this.#stopping = true;
		this.#leaveLog();
		this.#stopWaiting();
		const server = await this.#running;
		await server?.stop();
	}

	/** Ends a server that hangs; as it has ended unasked, another one is started. One that just starts is left alone. */
	replace(): void {
		if (this.#stopping || this.#isStarting) return;
		this.#log.error("The embedded PostgreSQL hangs; ending it.");
		killServer(this.layout);
	}

	#watch(server: PostgresServer): void {
		void server.ended.then(() => {
			if (this.#stopping) return;
			this.#isStarting = true;
			this.#running = this.#restart().finally(() => {
				this.#isStarting = false;
			});
		});
	}

	async #restart(): Promise<PostgresServer | undefined> {
		this.#log.error(`The embedded PostgreSQL has ended; starting it again. Its log is ${this.layout.logFile}.`);
		let told = "";
		for (let waitMs = retryMs.first; !this.#stopping; waitMs = Math.min(retryMs.longest, waitMs * 2)) {
			try {
				return await this.#startAgain();
			} catch (error) {
				const complaint = error instanceof Error ? error.message : String(error);
				if (complaint !== told) this.#log.error(complaint);
				told = complaint;
			}
			await this.#pause(waitMs);
		}
		return undefined;
	}

	async #startAgain(): Promise<PostgresServer> {
		await endLeftovers(this.layout, "at once");
		const server = await startServer(this.layout, this.#binaries, this.#runner, this.port);
		this.#watch(server);
		this.#log.info("The embedded PostgreSQL runs again.");
		return server;
	}

	#pause(ms: number): Promise<void> {
		return new Promise((resolve) => {
			const timer = setTimeout(resolve, ms);
			this.#stopWaiting = () => {
				clearTimeout(timer);
				resolve();
			};
		});
	}
}
