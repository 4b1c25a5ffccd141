import { nextCallable } from "./callable-times.ts";
import type { AttemptLimitsValue, Tries } from "./model.ts";

/** The zone in which days begin, where limits of attempts begin anew each day. */
export function resetZone(limits: AttemptLimitsValue | undefined): string | undefined {
	return limits?.resetPeriod === "TODAY" ? (limits.timeZoneId ?? "UTC") : undefined;
}

/** The day of a zone's calendar, `2026-11-26`. */
export function dayIn(zone: string, at: Date): string {
	return new Intl.DateTimeFormat("en-CA", { timeZone: zone, dateStyle: "short" }).format(at);
}

/** When the next day of the zone begins. */
export function nextDay(zone: string, at: Date): Date {
	const midnights = [1, 2, 3, 4, 5, 6, 7].map((day) => ({ day, startTime: "00:00", stopTime: "00:01" }));
	const soon = new Date(at.getTime() + 60_000);
	return nextCallable([{ timeZoneId: zone, timeSlots: midnights }], zone, soon) ?? new Date(at.getTime() + 86_400_000);
}

/** The tries that count today: those of another day do not, where the limits say so. What a number's result has said stays. */
export function countedToday(tries: Tries, limits: AttemptLimitsValue | undefined, now: Date): Tries {
	const zone = resetZone(limits);
	if (zone === undefined || tries.day === undefined || tries.day === dayIn(zone, now)) return tries;
	const columns = Object.entries(tries.columns).map(([column, one]) => [column, { ...one, count: 0 }]);
	const { asked } = tries;
	return { attempts: 0, columns: Object.fromEntries(columns), ...(asked === undefined ? {} : { asked }) };
}
