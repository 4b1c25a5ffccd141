/** Who works in a queue, many in a request. */
import type { Platform, Thing } from "../../platform/platform.ts";
import { isRefusal, mayBeAboutOne, PlatformError } from "../../platform/platform-error.ts";
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
 * Takes members out of a queue, and does something to it then. Where that fails, those who had left come back to what they were: who
 * had left the queue for a while is not rung, and everybody rings when they did. One who may not come back, as somebody deactivated
 * meanwhile, keeps nobody else out.
 *
 * @param members as the listing told them
 * @param isDone whether it was done all the same, as where its answer was lost
 * @throws PlatformError that it failed by, which says who is not back
 */
export async function withoutMembers(
	platform: Platform,
	queueId: string,
	members: readonly Thing[],
	work: () => Promise<unknown>,
	isDone: () => Promise<boolean>,
): Promise<void> {
	const left: Thing[] = [];
	try {
		for (const some of slices(members, mostAtOnce)) await takeOut(platform, queueId, some, left);
		await work();
	} catch (error) {
		if (!(error instanceof PlatformError)) throw error;
		if (await isDone()) return;
		const reason = await putBack(platform, queueId, left);
		if (reason === undefined) throw error;
		const why = reason instanceof Error ? reason.message : String(reason);
		const text = `${error.message} Not all of its ${members.length} members could be put back: ${why}`;
		throw new PlatformError(error.status, error.code, text);
	}
}

/** @param left grows by those who have left, or may have, as where no answer came */
async function takeOut(platform: Platform, queueId: string, some: readonly Thing[], left: Thing[]): Promise<void> {
	try {
		await moveMembers(platform, queueId, some.map(refOf), "out");
	} catch (error) {
		if (!(error instanceof PlatformError && isRefusal(error))) left.push(...some);
		throw error;
	}
	left.push(...some);
}

/** @returns the first reason why somebody is not back as they were */
async function putBack(platform: Platform, queueId: string, members: readonly Thing[]): Promise<unknown> {
	const kept = new Map<Thing, unknown>();
	for (const some of slices(members, mostAtOnce)) await bringIn(platform, queueId, some, kept);
	// Who comes in is joined, and in the first ring: nothing else is to be said of them.
	const other = members.filter((one) => !kept.has(one) && (one.joined === false || Number(one.ringNumber ?? 1) > 1));
	const states = other.map((one) => said({ id: idOf(one), joined: one.joined, ringNumber: one.ringNumber }));
	try {
		for (const some of slices(states, mostAtOnce)) await platform.send("PATCH", pathOf(queueId), some);
	} catch (error) {
		return error;
	}
	return [...kept.values()][0];
}

/** @param kept grows by those who may not come in, with the reason */
async function bringIn(
	platform: Platform,
	queueId: string,
	members: readonly Thing[],
	kept: Map<Thing, unknown>,
): Promise<void> {
	try {
		await moveMembers(platform, queueId, members.map(refOf), "in");
	} catch (error) {
		if (members.length > 1 && mayBeAboutOne(error))
			for (const one of members) await bringIn(platform, queueId, [one], kept);
		else for (const one of members) kept.set(one, error);
	}
}

const refOf = (member: Thing) => ({ id: idOf(member) });
