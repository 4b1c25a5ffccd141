/**
 * Wall time in a zone and the instant that it means (agent-features 0.1-8). A time that the spring gap leaves out moves
 * forward by the gap; one that the autumn has twice means two instants, of which the earlier is the default.
 */

/** What a wall time means. */
export interface ReadWallTime {
	/** One instant, or two in order; in ms since 1970. */
	instants: readonly [number, ...number[]];
	/** What clocks there show at the first, as `2027-03-14T03:30`. */
	shown: string;
	/** `gap`: there was no such time, and `shown` is later; `twice`: there are two. */
	kind: "plain" | "gap" | "twice";
}

const wallTime = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2})$/;
const dayMs = 86_400_000;

/** Whether the runtime knows the zone, an IANA name such as `Europe/Berlin`. */
export function isZone(zone: string): boolean {
	try {
		new Intl.DateTimeFormat("en", { timeZone: zone });
		return true;
	} catch {
		return false;
	}
}

/**
 * @param wall date and time as `2027-03-14T02:30`
 * @param zone IANA name
 * @returns undefined where `wall` is no time or `zone` no zone
 */
export function readWallTime(wall: string, zone: string): ReadWallTime | undefined {
	const utc = utcOf(wall);
	if (utc === undefined || !isZone(zone)) return undefined;
	const before = offsetMs(utc - dayMs, zone);
	const after = offsetMs(utc + dayMs, zone);
	const found = [...new Set([utc - before, utc - after])].filter((at) => wallTimeAt(at, zone) === wall);
	const [first, second] = found.toSorted((a, b) => a - b);
	if (first === undefined) {
		const moved = utc - before;
		return { instants: [moved], shown: wallTimeAt(moved, zone), kind: "gap" };
	}
	if (second === undefined) return { instants: [first], shown: wall, kind: "plain" };
	return { instants: [first, second], shown: wall, kind: "twice" };
}

/** What clocks in the zone show at an instant, as `2027-03-14T03:30`. */
export function wallTimeAt(at: number, zone: string): string {
	return new Date(Math.floor(at / 60_000) * 60_000 + offsetMs(at, zone)).toISOString().slice(0, 16);
}

/** How far the zone is ahead of UTC at an instant, in ms. */
export function offsetMs(at: number, zone: string): number {
	const second = Math.floor(at / 1000) * 1000;
	const parts = formatOf(zone).formatToParts(second);
	const part = (type: string) => Number(parts.find((one) => one.type === type)?.value);
	const shown = Date.UTC(part("year"), part("month") - 1, part("day"), part("hour"), part("minute"), part("second"));
	return shown - second;
}

const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(zone: string): Intl.DateTimeFormat {
	const known = formats.get(zone);
	if (known) return known;
	const made = new Intl.DateTimeFormat("en-US", {
		timeZone: zone,
		hourCycle: "h23",
		year: "numeric",
		month: "numeric",
		day: "numeric",
		hour: "numeric",
		minute: "numeric",
		second: "numeric",
	});
	formats.set(zone, made);
	return made;
}

/** The wall time as if it were UTC; undefined for what is no time, as the 30th of February. */
function utcOf(wall: string): number | undefined {
	if (!wallTime.test(wall)) return undefined;
	const at = Date.parse(`${wall}:00Z`);
	return Number.isNaN(at) || new Date(at).toISOString().slice(0, 16) !== wall ? undefined : at;
}
