import type { Db } from "../../kernel/database/database.ts";
import { mayView } from "../authority.ts";
import { givenWrapup } from "../communication.ts";
import { mediumOf } from "../media.ts";
import { type Conversation, communicationOf, isStaff, type Participant } from "../model.ts";
import type { ContactDirectory } from "../ports.ts";
import type { Controller } from "../service.ts";
import { addressesOf, contactKey, contactsOf } from "./addresses.ts";
import { latestWith } from "./store.ts";

/** Conversations that are told; of a customer with more of them the oldest stay out. */
const mostTold = 100;
/** Conversations that are looked at for those that the reader may view. */
const mostRead = 1_000;

/** One conversation with the customer, of whatever medium. */
export interface TimelineEntry {
	id: string;
	mediaType: string;
	direction: "inbound" | "outbound";
	startTime: string;
	endTime?: string;
	/** Of an email. */
	subject?: string;
	queue?: { id: string; name?: string };
	/** Who of the organization took it. */
	users: Array<{ id: string; name?: string }>;
	/** The last one. */
	wrapup?: { name?: string; notes?: string };
}

export interface Timeline {
	entities: TimelineEntry[];
	/** There are no others that the reader might view. */
	isAll: boolean;
}

/**
 * All conversations with this one's customer up to it, newest first, it among them: of each one as much as its
 * reader might read of it anyway (agent-features 5, "timeline … each row as the viewer may see it").
 */
export async function timelineOf(
	db: Db,
	conversation: Conversation,
	{ by, since, contacts }: { by: Controller; since: Date; contacts: Pick<ContactDirectory, "everyIdOf"> | undefined },
): Promise<Timeline> {
	const known = contactsOf(conversation);
	// Whoever was made one with them is them.
	const ids = known.length > 0 ? ((await contacts?.everyIdOf(known)) ?? known) : [];
	const addresses = [...addressesOf(conversation), ...ids.map(contactKey)];
	if (addresses.length === 0)
		return { entities: mayView(conversation, by) ? [entryOf(conversation)] : [], isAll: true };
	const until = new Date(conversation.startTime);
	const told: Conversation[] = [];
	let after: Awaited<ReturnType<typeof latestWith>>[number] | undefined;
	for (let read = 0; read < mostRead; read += mostTold) {
		const found = await latestWith(db, { addresses, since, until, after, limit: mostTold });
		told.push(...found.map((one) => one.conversation).filter((one) => mayView(one, by)));
		after = found.at(-1);
		const isAll = found.length < mostTold && told.length <= mostTold;
		if (isAll || told.length > mostTold || !after) return { entities: told.slice(0, mostTold).map(entryOf), isAll };
	}
	return { entities: told.map(entryOf), isAll: false };
}

function entryOf(conversation: Conversation): TimelineEntry {
	const { id, startTime, endTime, internal, participants } = conversation;
	const queue = participants.findLast((one) => one.queueId !== undefined);
	const wrapup = participants.findLast((one) => givenWrapup(one.wrapup))?.wrapup;
	const subject = internal.medium === "emails" ? subjectOf(participants) : undefined;
	return {
		id,
		mediaType: mediumOf(conversation).words.inText,
		direction: internal.direction,
		startTime,
		...(endTime ? { endTime } : {}),
		...(subject ? { subject } : {}),
		...(queue?.queueId ? { queue: { id: queue.queueId, ...(queue.queueName ? { name: queue.queueName } : {}) } } : {}),
		users: takers(participants),
		...(wrapup ? { wrapup: shownWrapup(wrapup) } : {}),
	};
}

function shownWrapup({ name, notes }: NonNullable<Participant["wrapup"]>): NonNullable<TimelineEntry["wrapup"]> {
	return { ...(name ? { name } : {}), ...(notes ? { notes } : {}) };
}

function takers(participants: readonly Participant[]): TimelineEntry["users"] {
	const took = participants.filter((one) => isStaff(one) && communicationOf(one).connectedTime !== undefined);
	const names = new Map(took.flatMap(({ userId, name }) => (userId ? [[userId, name] as const] : [])));
	return [...names].map(([id, name]) => ({ id, ...(name ? { name } : {}) }));
}

function subjectOf(participants: readonly Participant[]): string | undefined {
	return participants.flatMap((one) => one.emails ?? []).find((one) => one.subject)?.subject;
}
