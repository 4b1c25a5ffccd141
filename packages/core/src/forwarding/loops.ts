import { ApiError } from "../kernel/http/api-error.ts";
import { type CallForwarding, mostHops, type StoredRoute } from "./model.ts";

/** What others have set; by user, those who forward alone. */
export interface Others {
	/** What these users have set. */
	find(userIds: readonly string[]): Promise<ReadonlyMap<string, CallForwarding>>;
	/** Who has their calls forwarded to one of these users. */
	leadingTo(userIds: readonly string[]): Promise<readonly string[]>;
}

/**
 * Refuses what would go round: one's own number, a station twice, somebody who forwards back, and chains of more than
 * three, counted from who is first in them (agent-features 4, FW-4).
 * @throws ApiError 409 `forwarding.loop`
 */
export async function refuseLoops(userId: string, steps: readonly StoredRoute[], others: Others): Promise<void> {
	const targets = steps.flatMap((step) => step.targets);
	if (targets.some((one) => one.type === "PHONENUMBER" && one.userId === userId))
		throw loop("own", "The number is your own: calls to it come back here.");
	const stations = targets.filter((one) => one.type === "STATION").map((one) => one.value);
	if (new Set(stations).size < stations.length) throw loop("stationTwice", "A station stands there twice.");
	let inARow = (await hopsBefore(userId, others)) + 1;
	let next = reached(steps, userId);
	while (next.length > 0 && inARow <= mostHops) {
		const forwards = [...(await others.find(next)).values()].filter((one) => one.enabled);
		if (forwards.some((one) => one.calls.some((step) => step.targets.some((target) => target.userId === userId))))
			throw loop("back", "Whom you forward to forwards their calls to you.");
		if (forwards.length > 0) inARow++;
		next = forwards.flatMap((one) => reached(one.calls, one.userId));
	}
	if (inARow > mostHops) throw loop("chain", "Calls would be forwarded on and on: no more than three people in a row.");
}

/** How many forward, one to the next, until calls come to the user. */
async function hopsBefore(userId: string, others: Others): Promise<number> {
	let [hops, next] = [0, [userId]];
	const seen = new Set(next);
	while (hops <= mostHops) {
		next = (await others.leadingTo(next)).filter((id) => !seen.has(id));
		if (next.length === 0) break;
		for (const id of next) seen.add(id);
		hops++;
	}
	return hops;
}

/** Other people of the organization whom the steps reach. */
export function reached(steps: readonly StoredRoute[], userId: string): string[] {
	const all = steps.flatMap((step) => step.targets.flatMap((target) => target.userId ?? []));
	return [...new Set(all)].filter((id) => id !== userId);
}

/** 409 `forwarding.loop`. @param reason for panels, which say it in the reader's language */
export function loop(reason: string, text: string, number = ""): ApiError {
	return new ApiError(409, "forwarding.loop", text, { params: { reason, number } });
}
