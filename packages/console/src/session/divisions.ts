import { signal } from "@preact/signals";
import { type Api, listAll } from "./api.ts";
import type { Division } from "./wire.ts";

/** The organization's divisions, for names in texts; empty until they are read. */
export const divisions = signal<readonly Division[]>([]);

/** Reads them again: a colleague may have made one meanwhile. Where that fails, those that are known stay. */
export async function readDivisions(api: Api): Promise<void> {
	const found = await listAll<Division>(api, "/api/v2/authorization/divisions").catch(() => undefined);
	if (found) divisions.value = found;
}

/** The name behind an id; the id itself where it is not known. */
export function divisionName(id: string): string {
	return divisions.value.find((division) => division.id === id)?.name ?? id;
}
