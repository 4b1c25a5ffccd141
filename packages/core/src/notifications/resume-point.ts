import { comparePositions, type Position } from "../kernel/events/position.ts";

/**
 * Where a client stands, as text: a position of the log, `<xid>.<seq>`, or `<xid>.<seq>.<n>` where it has seen only the
 * first n notifications of that entry (one entry may be announced under several topics, and a socket may break between).
 */
export type ResumePoint = string;

/** A resume point, read. */
export interface ReadPoint {
	/** The entry of the log that was seen last. */
	position: Position;
	/** How many of its notifications were seen; Infinity for all. */
	seen: number;
}

const shape = /^(\d{1,20}\.\d{1,19})(?:\.(\d{1,6}))?$/;

/** The client has seen the entry whole. */
export function wholeEvent(position: Position): ResumePoint {
	return position;
}

/** Just before the notification with this place among those of an entry. */
export function pointBefore(position: Position, ordinal: number): ResumePoint {
	return ordinal === 0 ? positionBefore(position) : `${position}.${ordinal}`;
}

/** Undefined for anything that is no resume point. */
export function readPoint(text: string | null | undefined): ReadPoint | undefined {
	const match = shape.exec(text ?? "");
	if (!match?.[1]) return undefined;
	return { position: match[1], seen: match[2] === undefined ? Number.POSITIVE_INFINITY : Number(match[2]) };
}

export function writePoint({ position, seen }: ReadPoint): ResumePoint {
	return seen === Number.POSITIVE_INFINITY ? position : pointBefore(position, seen);
}

/** From where the log must be read to go on from a point: an entry seen in part is read again. */
export function readsAfter({ position, seen }: ReadPoint): Position {
	return seen === Number.POSITIVE_INFINITY ? position : positionBefore(position);
}

/** The later of two points. */
export function laterPoint(a: ReadPoint, b: ReadPoint): ReadPoint {
	const order = comparePositions(a.position, b.position) || a.seen - b.seen;
	return order < 0 ? b : a;
}

/** No entry lies between this and the given one: sequence numbers are whole and grow within a transaction. */
function positionBefore(position: Position): Position {
	const [xid = "0", seq = "0"] = position.split(".");
	return `${xid}.${seq === "0" ? "0" : BigInt(seq) - 1n}`;
}
