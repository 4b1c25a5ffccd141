/** Who works in a queue, many in a request. */
import type { Platform, Thing } from "../../platform/platform.ts";
import { isRefusal, PlatformError } from "../../platform/platform-error.ts";
import { idOf, said } from "./kind.ts";
import { slices } from "./people.ts";

/** `WritableEntity` lists (platform-api 5.2). */
const mostAtOnce = 100;

const pathOf = (queueId: string) => `/api/v2/routing/queues/${queueId}/members`;

/** @param where whether they come or go */
export async function moveMembers(
	platform: Platform,
	queueId: string,
	members: readonly { id: string }[],
	where: "in" | "out",
): Promise<void> {
	const query = where === "out" ? "?delete=true" : "";
	for (const some of slices(members, mostAtOnce)) await platform.send("POST", `${pathOf(queueId)}${query}`, some);
}

/**
 * Members who were taken out come back to what they were: who had left the queue for a while is not rung, and everybody rings
 * when they did. One who may not come back, as somebody deactivated meanwhile, keeps nobody else out.
 *
 * @param members as the listing told them
 * @throws the first reason why somebody did not come back
 */
export async function putBack(platform: Platform, queueId: string, members: readonly Thing[]): Promise<void> {
	const reasons: unknown[] = [];
	for (const some of slices(members, mostAtOnce)) reasons.push(...(await bringIn(platform, queueId, some)));
	const other = members.filter(({ joined, ringNumber }) => joined === false || Number(ringNumber ?? 1) > 1);
	const states = other.map((one) => said({ id: idOf(one), joined: one.joined, ringNumber: one.ringNumber }));
	for (const some of slices(states, mostAtOnce)) await platform.send("PATCH", pathOf(queueId), some);
	if (reasons.length > 0) throw reasons[0];
}

async function bringIn(platform: Platform, queueId: string, members: readonly Thing[]): Promise<unknown[]> {
	const ids = members.map((one) => ({ id: idOf(one) }));
	try {
		await moveMembers(platform, queueId, ids, "in");
		return [];
	} catch (error) {
		if (members.length === 1 || !(error instanceof PlatformError && isRefusal(error))) return [error];
		const reasons: unknown[] = [];
		for (const one of members) reasons.push(...(await bringIn(platform, queueId, [one])));
		return reasons;
	}
}
