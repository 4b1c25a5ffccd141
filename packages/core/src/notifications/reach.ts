import type { Announcement } from "../kernel/events/event-log.ts";
import type { DivisionSet } from "../kernel/principal.ts";

/** How much of what is told on a topic somebody is told: all, or what is told in these divisions or to this user. */
export type Reach = "all" | { divisions: ReadonlySet<string>; userId?: string };

/** Worked out when a topic is judged, so that a frame costs a look-up and no question to anybody. */
export function reachOf(divisions: DivisionSet, userId: string | undefined): Reach {
	return divisions === "all" ? "all" : { divisions, ...(userId === undefined ? {} : { userId }) };
}

/** Whether an announcement may be told; one that names nobody is told to those alone who may be told everything. */
export function reaches(reach: Reach, { visibleTo }: Announcement): boolean {
	if (reach === "all") return true;
	if (!visibleTo) return false;
	const { divisions, userId } = reach;
	return visibleTo.divisionIds.some((id) => divisions.has(id)) || (userId !== undefined && isNamed(visibleTo, userId));
}

function isNamed({ userIds = [] }: NonNullable<Announcement["visibleTo"]>, userId: string): boolean {
	return userIds.includes(userId);
}
