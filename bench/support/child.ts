import { type ChildProcess, fork } from "node:child_process";
import { fileURLToPath } from "node:url";

/** A load generator in a process of its own, so that it does not take the server's time. */
export class LoadProcess<Order, Report> {
	readonly #child: ChildProcess;

	/** @param file beside this folder's parent, e.g. `http-load.ts` */
	constructor(file: string) {
		// The server's profile is wanted, not the generator's.
		this.#child = fork(fileURLToPath(new URL(`../${file}`, import.meta.url)), [], { execArgv: [] });
	}

	/** Sends an order and waits for its report. @throws when the process ends before it reports, or reports an error */
	ask(order: Order): Promise<Report> {
		return new Promise((resolve, reject) => {
			const ended = (code: number | null) => reject(new Error(`The load generator ended with ${code}.`));
			this.#child.once("exit", ended);
			this.#child.once("message", (message: { report: Report } | { error: string }) => {
				this.#child.off("exit", ended);
				if ("error" in message) reject(new Error(message.error));
				else resolve(message.report);
			});
			this.#child.send(order as object);
		});
	}

	stop(): void {
		this.#child.kill();
	}
}

/** In the process: answers each order. */
export function answerOrders<Order, Report>(work: (order: Order) => Promise<Report>): void {
	process.on("message", (order) => {
		work(order as Order).then(
			(report) => process.send?.({ report }),
			(error: unknown) => process.send?.({ error: error instanceof Error ? error.message : String(error) }),
		);
	});
	process.on("disconnect", () => process.exit(0));
}
