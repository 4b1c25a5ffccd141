import type { AttemptLimitsValue, Tries } from "./model.ts";

/** The zone in which days begin, where limits of attempts begin anew each day. */
export function resetZone(limits: AttemptLimitsValue | undefined): string | undefined {
	return limits?.resetPeriod === "TODAY" ? (limits.timeZoneId ?? "UTC") : undefined;
}

/** The day of a zone's calendar, `2026-11-26`. */
export function dayIn(zone: string, at: Date): string {
	return new Intl.DateTimeFormat("en-CA", { timeZone: zone, dateStyle: "short" }).format(at);
}

const minuteMs = 60_000;
/** A day has 25 hours when clocks are put back. */
const longestDay = 26 * 60;

/** When the next day of the zone begins; not always at midnight, as some countries put their clocks forward then. */
export function nextDay(zone: string, at: Date): Date {
	const today = dayIn(zone, at);
	const start = Math.floor(at.getTime() / minuteMs) * minuteMs;
	// Minutes after the start: the last one that is known to be today, and the first one that is not.
	let [same, other] = [0, longestDay];
	while (other - same > 1) {
		const middle = (same + other) >> 1;
		if (dayIn(zone, new Date(start + middle * minuteMs)) === today) same = middle;
		else other = middle;
	}
	return new Date(start + other * minuteMs);
}

/** The tries that count today: those of another day do not, where the limits say so. What a number's result has said stays. */
export function countedToday(tries: Tries, limits: AttemptLimitsValue | undefined, now: Date): Tries {
	const zone = resetZone(limits);
	if (zone === undefined || tries.day === undefined || tries.day === dayIn(zone, now)) return tries;
	const columns = Object.entries(tries.columns).map(([column, one]) => [column, { ...one, count: 0 }]);
	const { asked } = tries;
	return { attempts: 0, columns: Object.fromEntries(columns), ...(asked === undefined ? {} : { asked }) };
}
