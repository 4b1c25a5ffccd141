import { offsetMs, readWallTime, wallTimeAt } from "@inlay/contract/wall-time";
import { badField } from "../../kernel/http/api-error.ts";

const minuteMs = 60_000;
const dayMs = 86_400_000;
/** Steps of less than a day that divide one evenly, by their names. */
const clockSteps: Readonly<Record<string, number>> = {
	PT15M: 15 * minuteMs,
	PT30M: 30 * minuteMs,
	PT1H: 60 * minuteMs,
	PT2H: 120 * minuteMs,
	PT3H: 180 * minuteMs,
	PT4H: 240 * minuteMs,
	PT6H: 360 * minuteMs,
	PT8H: 480 * minuteMs,
	PT12H: 720 * minuteMs,
};
const calendarSteps = ["P1D", "P1W", "P1M"];

/**
 * Where the parts of an interval begin, the first with the interval itself: at full steps of the clocks in the zone, so a day has
 * 23 or 25 hours when they are set.
 * @param granularity such as `PT30M`; absent: the whole is one part
 * @param zone an IANA name that is known
 * @throws ApiError 400 naming `granularity`
 */
export function bucketStarts(from: Date, to: Date, granularity: string | undefined, zone: string): Date[] {
	const next = granularity === undefined ? undefined : stepOf(granularity, zone);
	const starts = [from];
	for (let at = next?.(from.getTime()); at !== undefined && at < to.getTime(); at = next?.(at))
		starts.push(new Date(at));
	return starts;
}

function stepOf(granularity: string, zone: string): (at: number) => number {
	const ms = Object.hasOwn(clockSteps, granularity) ? clockSteps[granularity] : undefined;
	if (ms !== undefined) return (at) => nextOfClock(at, ms, zone);
	if (calendarSteps.includes(granularity)) return (at) => nextOfCalendar(at, granularity, zone);
	const known = [...Object.keys(clockSteps), ...calendarSteps].join(", ");
	throw badField("granularity", `granularity must be one of ${known}.`);
}

function nextOfClock(at: number, ms: number, zone: string): number {
	const offset = offsetMs(at, zone);
	return (Math.floor((at + offset) / ms) + 1) * ms - offset;
}

function nextOfCalendar(at: number, granularity: string, zone: string): number {
	const day = Date.parse(`${wallTimeAt(at, zone).slice(0, 10)}T00:00:00Z`);
	const shown = new Date(nextDay(day, granularity)).toISOString().slice(0, 10);
	return readWallTime(`${shown}T00:00`, zone)?.instants[0] ?? nextDay(day, granularity);
}

/** @param day midnight, as if the zone were UTC */
function nextDay(day: number, granularity: string): number {
	if (granularity === "P1D") return day + dayMs;
	const date = new Date(day);
	if (granularity === "P1M") return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 1);
	// Weeks begin on Monday (ISO 8601).
	return day + ((8 - date.getUTCDay()) % 7 || 7) * dayMs;
}
