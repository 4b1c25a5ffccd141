/** What can be said of this machine's Inlay without signing in: by the running server itself, else by what it would find. */
import { stat } from "node:fs/promises";
import { checkServer } from "@inlay/contract/health/check-server";
import type { Finding, HealthReport } from "@inlay/contract/health/finding";
import { finding } from "@inlay/contract/health/make-finding";
import type { Config } from "@inlay/core/config/config";
import { freeBytes } from "@inlay/core/config/disk-room";
import { askRunning } from "@inlay/core/config/operator-door";
import { probePorts } from "@inlay/core/config/ports";
import { StartError } from "@inlay/core/config/start-error";

const server = { kind: "server" as const, name: "" };

/** @returns `isRunning`: everything was looked at, as a running server does */
export async function lookAtThisMachine(config: Config): Promise<HealthReport & { isRunning: boolean }> {
	const told = await askRunning(config.dataDir, "health", {}).catch(async (error: unknown) => {
		const detail = await whyNotReady(config);
		if (!(error instanceof StartError) || detail === undefined) throw error;
		return { done: { findings: [finding("server.database.away", server, { values: { detail } })], unchecked: [] } };
	});
	if (told) return { ...(told.done as HealthReport), isRunning: true };
	const free = await freeBytes(config.dataDir).catch(() => undefined);
	const backup = await backupOf(config.backupStamp);
	const facts = { publicUrl: config.publicUrl, now: new Date().toISOString(), backup };
	const findings = [
		...checkServer(free === undefined ? facts : { ...facts, freeBytes: free }),
		...(await takenPorts(config)),
	];
	const unchecked = [{ what: "server", why: "unavailable", detail: `no Inlay runs on ${config.dataDir}` }] as const;
	return { findings, unchecked: [...unchecked], isRunning: false };
}

/** Of a server that runs and cannot serve: what `/readyz` says. Undefined where it is ready, or does not answer. */
async function whyNotReady({ host, port }: Config): Promise<string | undefined> {
	try {
		const name = host === "0.0.0.0" || host === "::" ? "localhost" : host;
		const answer = await fetch(`http://${name.includes(":") ? `[${name}]` : name}:${port}/readyz`);
		if (answer.status !== 503) return undefined;
		return ((await answer.json()) as { reason?: string }).reason ?? "not ready";
	} catch {
		return undefined;
	}
}

async function backupOf(stamp: string | undefined) {
	if (stamp === undefined) return "untold" as const;
	return stat(stamp).then(
		({ mtime }) => ({ at: mtime.toISOString() }),
		(error: Error) => ({ unreadable: error.message }),
	);
}

/** What a start would be refused for. */
async function takenPorts(config: Config): Promise<Finding[]> {
	try {
		await probePorts(config);
		return [];
	} catch (error) {
		if (!(error instanceof StartError)) throw error;
		const port = /port (\d+)/i.exec(error.sentence)?.[1] ?? "";
		return [finding("server.port.taken", server, { values: { port, purpose: error.sentence } })];
	}
}
