import { isZone } from "@inlay/contract/wall-time";

/** `CallableTime` of the platform: when people in one time zone may be called. */
export interface CallableTime {
	/** IANA name. */
	timeZoneId: string;
	/** `HH:MM[:SS]` of the zone's clocks; day 1 is Monday, as `CampaignTimeSlot` has it. */
	timeSlots: ReadonlyArray<{ day: number; startTime: string; stopTime: string }>;
}

const minuteMs = 60_000;
/** A window that does not open within this time does not open, in days: the week, and a day for the clock's change. */
const horizonDays = 8;

/**
 * Whether somebody in the zone may be called at that moment. By the zone's own clocks, so that a change to or from summer
 * time moves the window with them. A zone of which the set says nothing is not called.
 */
export function isCallable(times: readonly CallableTime[], zone: string, at: Date): boolean {
	const own = times.filter((one) => one.timeZoneId === zone);
	const { day, minutes } = wallOf(zone, at);
	return own.some((one) =>
		one.timeSlots.some(
			(slot) => slot.day === day && minutes >= minutesOf(slot.startTime) && minutes < minutesOf(slot.stopTime),
		),
	);
}

/** When the next window opens; undefined where none does. Now, where one is open. */
export function nextCallable(times: readonly CallableTime[], zone: string, from: Date): Date | undefined {
	if (isCallable(times, zone, from)) return from;
	const slots = times.filter((one) => one.timeZoneId === zone).flatMap((one) => one.timeSlots);
	const starts = new Set(slots.map((slot) => minutesOf(slot.startTime)));
	if (starts.size === 0) return undefined;
	const first = Math.ceil((from.getTime() + 1) / minuteMs) * minuteMs;
	let at = first;
	const last = from.getTime() + horizonDays * 86_400_000;
	while (at <= last) {
		const { minutes } = wallOf(zone, new Date(at));
		if (isCallable(times, zone, new Date(at))) return new Date(at);
		// To the next start of a window by the clock of that day; where the clock is set in between, a little earlier.
		const ahead = [...starts].map((start) => (start - minutes + 1440) % 1440 || 1440);
		const step = Math.min(...ahead);
		at += (step > 60 ? step - 60 : Math.min(step, 1)) * minuteMs;
	}
	return undefined;
}

/** The zone of a contact: what its column says, else the one for all others. A text that names none is as good as none. */
export function zoneOf(said: string | undefined, otherwise: string): string {
	const zone = said?.trim();
	return zone && isZone(zone) ? zone : otherwise;
}

const weekdays = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
const clocks = new Map<string, Intl.DateTimeFormat>();

function wallOf(zone: string, at: Date): { day: number; minutes: number } {
	const known = clocks.get(zone);
	const clock =
		known ??
		new Intl.DateTimeFormat("en-US", {
			timeZone: zone,
			weekday: "short",
			hour: "2-digit",
			minute: "2-digit",
			hourCycle: "h23",
		});
	if (!known) clocks.set(zone, clock);
	const parts = Object.fromEntries(clock.formatToParts(at).map(({ type, value }) => [type, value]));
	return {
		day: weekdays.indexOf(parts.weekday ?? "") + 1,
		minutes: Number(parts.hour) * 60 + Number(parts.minute),
	};
}

/** Minutes since midnight; `24:00` ends a day. */
export function minutesOf(time: string): number {
	const [hours = "0", minutes = "0"] = time.split(":");
	return Number(hours) * 60 + Number(minutes);
}
