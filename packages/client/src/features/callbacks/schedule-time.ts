import { offsetMs, type ReadWallTime, readWallTime, wallTimeAt } from "@inlay/contract/wall-time";
import { timeFormat } from "../../shell/when-text.ts";

/** What the form proposes: in half an hour, at the next five minutes, in ms. */
const proposedInMs = 30 * 60_000;
const stepMs = 5 * 60_000;
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

/** Between these people like to be called, by the clocks of where they are. */
export interface CallingWindow {
	windowStart: string;
	windowEnd: string;
}

/** Where the customer is: by the zone, as far as that is known; else in any of these zones, or nobody knows where. */
export interface Whereabouts {
	zone: string;
	isKnown: boolean;
	/** Of their number's country. */
	zones: readonly string[];
}

/** Whether it is then a time at which people do not like to be called: said as a fact only where it is one. */
export function outsideWindow(
	at: number,
	{ zone, isKnown, zones }: Whereabouts,
	{ windowStart, windowEnd }: CallingWindow,
): "no" | "maybe" | "yes" {
	const isOutside = (one: string) => {
		const clock = wallTimeAt(at, one).slice(11, 16);
		return clock < windowStart || clock >= windowEnd;
	};
	if (isKnown) return isOutside(zone) ? "yes" : "no";
	const possible = zones.length > 0 ? zones : [zone];
	if (!possible.some(isOutside)) return "no";
	return zones.length > 0 && zones.every(isOutside) ? "yes" : "maybe";
}

/** Weekday and time there, as `Thu 15:00`. */
export function clockText(at: number, zone: string, locale: string, now: number): string {
	const isSoon = Math.abs(at - now) < 6 * 86_400_000;
	const day = isSoon ? {} : ({ day: "numeric", month: "short" } as const);
	return timeFormat({ timeZone: zone, weekday: "short", ...day }, locale).format(at);
}

/** How far ahead of UTC, as `UTC+01:00`. */
export function offsetText(at: number, zone: string): string {
	const minutes = Math.round(offsetMs(at, zone) / 60_000);
	const two = (value: number) => String(value).padStart(2, "0");
	const ahead = Math.abs(minutes);
	return `UTC${minutes < 0 ? "-" : "+"}${two(Math.floor(ahead / 60))}:${two(ahead % 60)}`;
}

/** The zones of a country; none where the code is none. @param country ISO 3166 code */
export function zonesOf(country: string | undefined): readonly string[] {
	if (!country) return [];
	try {
		const region = new Intl.Locale(`und-${country}`) as Intl.Locale & { getTimeZones?(): string[] };
		return region.getTimeZones?.() ?? [];
	} catch {
		return [];
	}
}

/** In winter and summer, on either half of the earth. */
const seasons = [Date.UTC(2026, 0, 15), Date.UTC(2026, 6, 15)];

/** The zone of a country whose clocks all show the same, as Germany's two zones do. @param country ISO 3166 code */
export function zoneOfCountry(country: string | undefined): string | undefined {
	const zones = zonesOf(country);
	const [first = ""] = zones;
	const isSame = zones.every((one) => seasons.every((at) => wallTimeAt(at, one) === wallTimeAt(at, first)));
	return isSame ? zones[0] : undefined;
}

export interface ZoneChoice {
	zone: string;
	/** The countries whose clocks it has, in the reader's language; empty where that is not known. */
	countries: string;
}

/** Every zone, with where it is. */
export function zoneChoices(locale: string): readonly ZoneChoice[] {
	const names = new Intl.DisplayNames(locale, { type: "region" });
	const where = new Map<string, string[]>();
	for (const country of countries()) {
		const name = names.of(country) ?? country;
		for (const zone of zonesOf(country)) where.set(zone, [...(where.get(zone) ?? []), name]);
	}
	return Intl.supportedValuesOf("timeZone").map((zone) => ({ zone, countries: where.get(zone)?.join(", ") ?? "" }));
}

/** Codes of two letters that are countries. */
function countries(): string[] {
	const letters = [..."ABCDEFGHIJKLMNOPQRSTUVWXYZ"];
	const names = new Intl.DisplayNames("en", { type: "region", fallback: "none" });
	return letters.flatMap((one) => letters.map((two) => one + two)).filter((code) => names.of(code) !== undefined);
}

/** The one zone that somebody means who types part of its name, its city or its country; undefined for none or several. */
export function zoneMeant(text: string, choices: readonly ZoneChoice[]): string | undefined {
	const plain = (one: string) =>
		one
			.toLowerCase()
			.replaceAll(/[\s_]+/g, " ")
			.trim();
	const wanted = plain(text);
	if (wanted === "") return undefined;
	const only = (matches: (choice: ZoneChoice) => boolean) => {
		const found = choices.filter(matches);
		return found.length === 1 ? found[0]?.zone : undefined;
	};
	return (
		only(({ zone }) => plain(zone) === wanted) ??
		only(({ zone }) => plain(zone.split("/").at(-1) ?? "") === wanted) ??
		only((one) => plain(one.countries).split(", ").includes(wanted)) ??
		only((one) => plain(`${one.zone} ${one.countries}`).includes(wanted))
	);
}
