import type { FrameworkConfig } from "./config.ts";

/** Where the panel runs: this server's region key and the host (`name` or `name:port`) of its address. */
export interface ClientIdPlace {
	region: string;
	host: string;
}

/**
 * The OAuth client ids a panel may sign in with, best first and each once: the entry of this region, of this host, then
 * the others in the order they are written. Scripts that were written for another server list only that server's regions
 * (framework-contract 1.3), so their ids stay candidates; the server answers which of them it knows.
 */
export function clientIdCandidates(config: Pick<FrameworkConfig, "clientIds">, place: ClientIdPlace): string[] {
	const host = place.host.trim().toLowerCase();
	const preferred = [place.region.trim().toLowerCase(), host, host.replace(/:\d+$/, "")];
	const ids = [...preferred.map((key) => config.clientIds[key]), ...Object.values(config.clientIds)];
	return [...new Set(ids.filter((id): id is string => id !== undefined && id !== ""))];
}
