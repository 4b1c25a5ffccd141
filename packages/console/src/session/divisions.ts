import { signal } from "@preact/signals";
import type { Division } from "./wire.ts";

/** The organization's divisions, for names in texts; empty until they are read. */
export const divisions = signal<readonly Division[]>([]);

/** The name behind an id; the id itself where it is not known. */
export function divisionName(id: string): string {
	return divisions.value.find((division) => division.id === id)?.name ?? id;
}
