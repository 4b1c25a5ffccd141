import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";

const command = [fileURLToPath(new URL("../../packages/cli/src/main.ts", import.meta.url)), "start"];
const askEveryMs = 10;
const timeoutMs = 120_000;

/** A server as a process of its own, which may be killed. */
export class ServerProcess {
	readonly #child: ChildProcess;
	readonly #port: number;
	readonly #startedAt = performance.now();
	#output = "";

	constructor(port: number, flags: readonly string[], env: NodeJS.ProcessEnv = {}) {
		this.#port = port;
		this.#child = spawn(process.execPath, [...command, "--port", String(port), ...flags], {
			stdio: ["ignore", "pipe", "pipe"],
			env: { ...process.env, ...env },
		});
		for (const stream of [this.#child.stdout, this.#child.stderr])
			stream?.on("data", (chunk) => {
				this.#output += chunk;
			});
	}

	/** Resolves when it is ready, with the ms since it was begun. @throws with what it says when it does not come up */
	async ready(): Promise<number> {
		while (performance.now() - this.#startedAt < timeoutMs && this.#child.exitCode === null) {
			const answer = await fetch(`http://127.0.0.1:${this.#port}/readyz`).catch(() => undefined);
			await answer?.text();
			if (answer?.ok) return performance.now() - this.#startedAt;
			await pause(askEveryMs);
		}
		throw new Error(`The server did not start: ${this.#output.trim()}`);
	}

	async end(signal: "SIGKILL" | "SIGTERM"): Promise<void> {
		if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
		const gone = once(this.#child, "exit");
		this.#child.kill(signal);
		await gone;
	}
}
