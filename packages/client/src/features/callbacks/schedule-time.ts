import { offsetMs, type ReadWallTime, readWallTime, wallTimeAt } from "@inlay/contract/wall-time";

/** What the form proposes: in half an hour, at the next five minutes, in ms. */
const proposedInMs = 30 * 60_000;
const stepMs = 5 * 60_000;
/** Hours between which people like to be called (agent-features 3, calling window). */
const callableFrom = 8;
const callableTo = 20;

/** The agent's own zone. */
export function ownZone(): string {
	return Intl.DateTimeFormat().resolvedOptions().timeZone;
}

/** Date and time as the form's fields have them. */
export interface Wall {
	date: string;
	time: string;
}

/** Half an hour from now, rounded up to five minutes, by the clocks of a zone. */
export function proposed(now: number, zone: string): Wall {
	return wallOf(Math.ceil((now + proposedInMs) / stepMs) * stepMs, zone);
}

export function wallOf(at: number, zone: string): Wall {
	const [date = "", time = ""] = wallTimeAt(at, zone).split("T");
	return { date, time };
}

export function readWall({ date, time }: Wall, zone: string): ReadWallTime | undefined {
	return readWallTime(`${date}T${time}`, zone);
}

/** Whether it is then a time at which people like to be called. */
export function isCallable(at: number, zone: string): boolean {
	const hour = Number(wallTimeAt(at, zone).slice(11, 13));
	return hour >= callableFrom && hour < callableTo;
}

/** Weekday and time there, as `Thu 15:00`. */
export function clockText(at: number, zone: string, locale: string, now: number): string {
	const isSoon = Math.abs(at - now) < 6 * 86_400_000;
	return new Intl.DateTimeFormat(locale, {
		timeZone: zone,
		weekday: "short",
		...(isSoon ? {} : { day: "numeric", month: "short" }),
		hour: "2-digit",
		minute: "2-digit",
	}).format(at);
}

/** How far ahead of UTC, as `UTC+01:00`. */
export function offsetText(at: number, zone: string): string {
	const minutes = Math.round(offsetMs(at, zone) / 60_000);
	const two = (value: number) => String(value).padStart(2, "0");
	const ahead = Math.abs(minutes);
	return `UTC${minutes < 0 ? "-" : "+"}${two(Math.floor(ahead / 60))}:${two(ahead % 60)}`;
}

/** The zone of a country that has only one. @param country ISO 3166 code */
export function zoneOfCountry(country: string | undefined): string | undefined {
	if (!country) return undefined;
	try {
		const region = new Intl.Locale(`und-${country}`) as Intl.Locale & { getTimeZones?(): string[] };
		const zones = region.getTimeZones?.() ?? [];
		return zones.length === 1 ? zones[0] : undefined;
	} catch {
		return undefined;
	}
}
