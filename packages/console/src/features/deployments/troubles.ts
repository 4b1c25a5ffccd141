import type { Api } from "../../session/api.ts";
import type { Troubles } from "../../session/wire.ts";

/** What agents have met since the last upload, by deployment; nothing where it cannot be read: it is not worth the page. */
export async function readTroubles(api: Api): Promise<ReadonlyMap<string, Troubles>> {
	try {
		const path = "/api/inlay/v1/deployments/troubles";
		const { entities } = await api.request<{ entities: Troubles[] }>("GET", path);
		return new Map(entities.map((one) => [one.id, one]));
	} catch {
		return new Map();
	}
}

/** Panels were refused as their deployment was off, and it is on again: nobody has anything to do. */
export function isOverSince(refusals: { code: string } | undefined, isActive: boolean): boolean {
	return refusals?.code === "deployment.inactive" && isActive;
}
