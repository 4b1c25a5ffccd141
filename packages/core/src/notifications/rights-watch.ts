import type { LoggedEvent } from "../kernel/events/event-log.ts";
import { thingKey } from "./judge.ts";
import type { ChannelSession } from "./session.ts";

/** Event types after which somebody may hold something else, by whom they concern. */
const ofEverybody = new Set(["role.changed", "role.deleted", "division.deleted", "group.deleted"]);
const ofSubject = new Set(["grant.added", "grant.removed"]);

/** The sessions whose topics would perhaps be judged otherwise after an event. */
export function sessionsToJudge(event: LoggedEvent, sessions: () => ChannelSession[]): ChannelSession[] {
	const thing = movedThing(event);
	if (thing !== undefined) return sessions().filter((one) => !one.isKnown || one.following.things.has(thing));
	if (!mayChangeRights(event)) return [];
	const depending = sessions().filter((one) => !one.isKnown || one.following.byGrants);
	const users = usersOf(event);
	if (users) return depending.filter(({ userId }) => users.includes(userId));
	if (!ofSubject.has(event.type)) return depending;
	const own = depending.filter(({ userId }) => userId === event.entityId);
	// Nobody's id: it may be that of a group.
	return own.length > 0 ? own : depending;
}

/** Whether what somebody holds, or where something is, may be another after the event. */
export function mayChangeRights(event: LoggedEvent): boolean {
	return ofEverybody.has(event.type) || ofSubject.has(event.type) || event.type === "group.members.changed";
}

/** What has perhaps another division. */
export function movedThing({ type, entityId }: LoggedEvent): string | undefined {
	if (type === "queue.changed") return thingKey({ kind: "queue", id: entityId });
	if (type === "user.changed" || type === "user.deleted") return thingKey({ kind: "user", id: entityId });
	return undefined;
}

function usersOf({ type, data }: LoggedEvent): string[] | undefined {
	if (type !== "group.members.changed") return undefined;
	const { added = [], removed = [] } = data as { added?: string[]; removed?: string[] };
	return [...added, ...removed];
}
