/** What can be said of this machine's Inlay without signing in: by the running server itself, else by what it would find. */
import { checkServer } from "@inlay/contract/health/check-server";
import type { HealthReport } from "@inlay/contract/health/finding";
import { finding } from "@inlay/contract/health/make-finding";
import { backupOf } from "@inlay/core/config/backup-stamp";
import type { Config } from "@inlay/core/config/config";
import { nameOf } from "@inlay/core/config/config-addresses";
import { freeBytes } from "@inlay/core/config/disk-room";
import { askRunning } from "@inlay/core/config/operator-door";
import { probePorts } from "@inlay/core/config/ports";
import { StartError } from "@inlay/core/config/start-error";

/** It answers at once or is stuck, ms. */
const readyWithinMs = 5_000;

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
	const [backup, ports] = await Promise.all([backupOf(config.backupStamp), portsOf(config)]);
	const facts = { publicUrl: config.publicUrl, now: new Date().toISOString(), backup };
	const findings = [...checkServer(free === undefined ? facts : { ...facts, freeBytes: free }), ...ports.findings];
	const unchecked = [{ what: "server", why: "unavailable", detail: `no Inlay runs on ${config.dataDir}` }] as const;
	return { findings, unchecked: [...unchecked, ...ports.unchecked], isRunning: false };
}

/** Of a server that runs and cannot serve: what `/readyz` says. Undefined where it is ready, or does not answer. */
async function whyNotReady({ host, port }: Config): Promise<string | undefined> {
	try {
		const signal = AbortSignal.timeout(readyWithinMs);
		const answer = await fetch(`http://${nameOf(host)}:${port}/readyz`, { signal });
		if (answer.status !== 503) return undefined;
		return ((await answer.json()) as { reason?: string }).reason ?? "not ready";
	} catch {
		return undefined;
	}
}

/** What a start would be refused for. */
async function portsOf(config: Config): Promise<HealthReport> {
	try {
		await probePorts(config);
		return { findings: [], unchecked: [] };
	} catch (error) {
		if (!(error instanceof StartError)) throw error;
		if (error.taken)
			return { findings: [finding("server.port.taken", server, { values: error.taken })], unchecked: [] };
		return { findings: [], unchecked: [{ what: "address", why: "failed", detail: error.sentence }] };
	}
}
