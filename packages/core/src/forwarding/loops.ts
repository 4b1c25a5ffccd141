import { ApiError } from "../kernel/http/api-error.ts";
import { type CallForwarding, mostHops, type StoredRoute } from "./model.ts";

/** What others have set; by user, those who forward alone. */
export type Others = (userIds: readonly string[]) => Promise<ReadonlyMap<string, CallForwarding>>;

/**
 * Refuses what would go round: one's own number, a station twice, somebody who forwards back, and chains of more than
 * three (agent-features 4, FW-4).
 * @throws ApiError 409 `forwarding.loop`
 */
export async function refuseLoops(userId: string, steps: readonly StoredRoute[], others: Others): Promise<void> {
	const targets = steps.flatMap((step) => step.targets);
	if (targets.some((one) => one.type === "PHONENUMBER" && one.userId === userId))
		throw loop("The number is your own: calls to it come back here.");
	const stations = targets.filter((one) => one.type === "STATION").map((one) => one.value);
	if (new Set(stations).size < stations.length) throw loop("A station stands there twice.");
	let next = reached(steps, userId);
	for (let hops = 1; next.length > 0; hops++) {
		const forwards = [...(await others(next)).values()].filter((one) => one.enabled);
		if (forwards.some((one) => one.calls.some((step) => step.targets.some((target) => target.userId === userId))))
			throw loop("Whom you forward to forwards their calls to you.");
		if (forwards.length > 0 && hops >= mostHops)
			throw loop("Whom you forward to forwards on, and those again: no more than three in a row.");
		next = forwards.flatMap((one) => reached(one.calls, one.userId));
	}
}

/** Other people of the organization whom the steps reach. */
export function reached(steps: readonly StoredRoute[], userId: string): string[] {
	const all = steps.flatMap((step) => step.targets.flatMap((target) => target.userId ?? []));
	return [...new Set(all)].filter((id) => id !== userId);
}

function loop(text: string): ApiError {
	return new ApiError(409, "forwarding.loop", text);
}
