import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { giveCluster } from "../../scripts/testing/prepared-cluster.ts";
import { quickFolder } from "../../scripts/testing/quick-folder.ts";
import { type Demo, readDemo } from "./demo.ts";
import { freePorts } from "./free-port.ts";
import { until } from "./until.ts";

export interface TestInlayOptions {
	/** Added to the environment of the server process. */
	env?: Record<string, string>;
	/** Further flags of `inlay start`. */
	flags?: readonly string[];
	/** Flags of Node for the server process. */
	nodeFlags?: readonly string[];
	/** An existing folder that the caller removes; a temporary one by default. */
	dataFolder?: string;
	/** The start makes its database itself, as a newcomer's does, instead of finding an empty one with its schema. */
	isFirst?: boolean;
}

/** A real Inlay in a process of its own, with the demo organisation in a temporary data folder. */
export interface TestInlay {
	readonly demo: Demo;
	/** Base URL of the API, without a slash at its end. */
	readonly baseUrl: string;
	/** Origin of the panel. */
	readonly panelUrl: string;
	readonly dataFolder: string;
	/** Of the server process that runs now. */
	readonly pid: number;
	/** What the server has written so far, both streams. */
	output(): string;
	/** Stops gracefully and removes the data folder. */
	stop(): Promise<void>;
	/** Ends the server process as a crash would. */
	kill9(): Promise<void>;
	/** Starts again on the same ports and data; stops gracefully before if it still runs. */
	restart(): Promise<void>;
}

const commandLine = fileURLToPath(new URL("../../packages/cli/src/main.ts", import.meta.url));
/** Of each of two waits, less than a hook may take: who waits in vain is told what the server says, and it is ended. */
const startTimeoutMs = 50_000;
const stopTimeoutMs = 40_000;

/** Starts Inlay and resolves when `/readyz` says yes and the demo organisation stands. */
export async function startTestInlay(options: TestInlayOptions = {}): Promise<TestInlay> {
	const dataFolder = options.dataFolder ?? (await mkdtemp(join(quickFolder(), "inlay-e2e-")));
	const clear = async () => {
		if (!options.dataFolder) await rm(dataFolder, { recursive: true, force: true });
	};
	if (!options.dataFolder && !options.isFirst) await giveCluster(dataFolder);
	const port = await freePorts(4);
	const server = new ServerProcess(
		["--port", String(port), "--data", dataFolder, "--no-demo-samples", ...(options.flags ?? [])],
		options,
	);
	try {
		const demo = await server.startUp(port, dataFolder);
		return {
			demo,
			baseUrl: demo.api,
			panelUrl: demo.panel,
			dataFolder,
			get pid() {
				return server.pid;
			},
			output: () => server.output,
			kill9: () => server.end("SIGKILL"),
			restart: async () => {
				await server.end("SIGTERM");
				await server.startUp(port, dataFolder);
			},
			stop: async () => {
				await server.end("SIGTERM");
				await clear();
			},
		};
	} catch (error) {
		await server.end("SIGKILL");
		await clear();
		throw error;
	}
}

class ServerProcess {
	output = "";
	private child: ChildProcess | undefined;
	private readonly flags: readonly string[];
	private readonly env: Record<string, string>;
	private readonly nodeFlags: readonly string[];

	constructor(flags: readonly string[], { env = {}, nodeFlags = [] }: TestInlayOptions) {
		this.flags = flags;
		this.env = env;
		this.nodeFlags = nodeFlags;
	}

	get pid(): number {
		return this.child?.pid ?? 0;
	}

	async startUp(port: number, dataFolder: string): Promise<Demo> {
		const child = spawn(process.execPath, [...this.nodeFlags, commandLine, "start", ...this.flags], {
			// However this process goes, killed with its tests half done or done with them, the server does not outlive it.
			env: { ...process.env, INLAY_LIFELINE: "3", ...this.env },
			stdio: ["ignore", "pipe", "pipe", "pipe"],
		});
		this.child = child;
		const collect = (chunk: Buffer) => {
			this.output += chunk.toString();
		};
		child.stdout?.on("data", collect);
		child.stderr?.on("data", collect);
		try {
			await until("Inlay is ready", () => this.isReady(port), startTimeoutMs);
			return await until("the demo organisation is written", () => this.demoOf(dataFolder), startTimeoutMs);
		} catch (error) {
			throw new Error(`Inlay did not start. It says:\n${this.output}`, { cause: error });
		}
	}

	private demoOf(dataFolder: string): Promise<Demo | undefined> {
		this.mustRun();
		return readDemo(dataFolder);
	}

	private async isReady(port: number): Promise<boolean> {
		this.mustRun();
		const answer = await fetch(`http://127.0.0.1:${port}/readyz`).catch(() => undefined);
		return answer?.ok ?? false;
	}

	private mustRun(): void {
		if (!this.isRunning()) throw new Error(`The process ended with ${this.child?.exitCode ?? this.child?.signalCode}.`);
	}

	private isRunning(): boolean {
		return this.child !== undefined && this.child.exitCode === null && this.child.signalCode === null;
	}

	/** Ends the process and waits until it is gone; one that ignores SIGTERM is killed. */
	async end(signal: "SIGTERM" | "SIGKILL"): Promise<void> {
		const child = this.child;
		if (!child || !this.isRunning()) return;
		const gone = once(child, "exit");
		child.kill(signal);
		const patience = setTimeout(() => child.kill("SIGKILL"), stopTimeoutMs);
		await gone;
		clearTimeout(patience);
	}
}
