import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { agentScopes } from "@inlay/contract";
import { type RunningInlay, readConfig, seedClient, startInlay } from "@inlay/core";
import { freePorts } from "../../e2e/support/free-port.ts";

/** A server in this process, without the demo and without a rate limit, on a data folder that goes with it. */
export interface BenchServer {
	inlay: RunningInlay;
	port: number;
	stop(): Promise<void>;
}

/** Somebody who works here, with a token of theirs. */
export interface BenchAgent {
	id: string;
	token: string;
}

export async function startBenchServer(): Promise<BenchServer> {
	const folder = await mkdtemp(join(tmpdir(), "inlay-bench-"));
	const port = await freePorts(4);
	const flags = ["--data", folder, "--port", String(port), "--no-demo", "--log-level", "error", "--rate-limit", "0"];
	const remove = () => rm(folder, { recursive: true, force: true });
	try {
		const inlay = await startInlay(readConfig(flags, {}));
		const stop = async () => {
			await inlay.stop();
			await remove();
		};
		return { inlay, port, stop };
	} catch (error) {
		await remove();
		throw error;
	}
}

/** Creates agents with the roles that agents have, each signed in with the scopes of the panel. */
export async function hireAgents(inlay: RunningInlay, count: number): Promise<BenchAgent[]> {
	const { authorization, users } = inlay.services;
	const signIn = await signInWith(inlay, agentScopes);
	const roles = await Promise.all(["agent", "employee"].map((role) => authorization.defaultRole(role)));
	const hire = async (index: number): Promise<BenchAgent> => {
		const user = await users.create({ name: `Agent ${index}`, email: `agent${index}@bench.example` });
		for (const role of roles) await authorization.grant(user.id, role.id, "*");
		return { id: user.id, token: await signIn(user.id) };
	};
	const agents: BenchAgent[] = [];
	await someAtOnce(count, async (index) => {
		agents[index] = await hire(index);
	});
	return agents;
}

/** Signs users in at a client of the bench's own, which has these scopes. */
export async function signInWith({ services }: RunningInlay, scopes: readonly string[]) {
	const { client } = await seedClient(services, {
		name: "Bench",
		grant: "TOKEN",
		redirectUris: ["http://localhost/bench"],
		scopes: [...scopes],
	});
	return async (userId: string): Promise<string> => {
		const { accessToken } = await services.oauth.issueToken({ clientId: client.id, userId });
		return accessToken;
	};
}

const atOnce = 8;

/** Runs `work` for 0 to `count` - 1, some at once. */
export async function someAtOnce(count: number, work: (index: number) => Promise<void>): Promise<void> {
	let next = 0;
	const worker = async () => {
		while (next < count) await work(next++);
	};
	await Promise.all(Array.from({ length: atOnce }, worker));
}
