import type { CallingRules } from "@inlay/contract";
import { isEmergencyNumber } from "@inlay/contract/emergency-numbers";
import { createPhoneNumbers } from "@inlay/contract/phone";
import { phoneMetadata } from "@inlay/contract/phone-metadata";
import { isZone, readWallTime, wallTimeAt } from "@inlay/contract/wall-time";
import { ApiError, badField } from "../../kernel/http/api-error.ts";
import { readInstant } from "../../kernel/time/times.ts";
import type { CallbackWish } from "./service.ts";

const phones = createPhoneNumbers(phoneMetadata);

/** How far ahead a callback may be agreed upon, in ms (agent-features 3). */
export const horizonMs = 30 * 86_400_000;
/** A time that has just gone by is taken for now: whoever chose it had to send it first, in ms. */
const justNowMs = 5_000;

/**
 * Numbers of the customer as people write them, in E.164. Short codes and extensions are nobody's outside.
 * @throws ApiError 400 `callback.number.invalid` naming the one that is none
 */
export function readNumbers(numbers: readonly string[], country: string): string[] {
	return numbers.map((number, index) => {
		const read = phones.read(number, { country });
		if (read.kind === "number" && read.dial.startsWith("+") && !read.after) return read.dial;
		throw badField(
			`callbackNumbers[${index}]`,
			`callbackNumbers[${index}] must be a phone number that can be called, such as +3173123456.`,
			"callback.number.invalid",
		);
	});
}

/** A number that was agreed upon, as it is called; undefined for what is none, or calls for help. */
export function dialableAgreed(number: string): string | undefined {
	const read = phones.read(number, { country: "" });
	if (read.kind !== "number" || read.after || isEmergencyNumber(read.dial, "")) return undefined;
	return read.dial.startsWith("+") ? read.dial : undefined;
}

/** @throws ApiError 400 `callback.time.past`, `callback.time.tooFar` */
export function readScheduled(text: string | undefined, now: Date, maxMs = horizonMs): Date {
	if (text === undefined) return now;
	const field = "callbackScheduledTime";
	const at = readInstant(field, text);
	const inMs = at.getTime() - now.getTime();
	if (inMs < -justNowMs) throw badField(field, "That time has gone by: choose a later one.", "callback.time.past");
	if (inMs > maxMs) {
		const days = Math.round((maxMs / 86_400_000) * 10) / 10;
		throw badField(field, `A callback can be agreed upon at most ${days} days ahead.`, "callback.time.tooFar");
	}
	return at;
}

/**
 * People are called back at times at which they like to be called, by the clocks of where they are: in the zone that was
 * chosen, else in any of the zones of their number's country.
 * @throws ApiError 400 `callback.time.outsideWindow`, where the organization enforces that
 */
export function requireCallable(
	at: Date,
	{ zone, number }: { zone?: string | undefined; number: string | undefined },
	rules: CallingRules | undefined,
): void {
	if (!rules?.windowEnforced) return;
	const zones = zone === undefined ? zonesOf(number) : [zone];
	const isWithin = (one: string) => {
		const clock = wallTimeAt(at.getTime(), one).slice(11, 16);
		return clock >= rules.windowStart && clock < rules.windowEnd;
	};
	if (zones.length === 0 || zones.some(isWithin)) return;
	const { windowStart: start, windowEnd: end } = rules;
	throw new ApiError(
		400,
		"callback.time.outsideWindow",
		"People are called back between {start} and {end}, by their clocks.",
		{
			params: { start, end },
			details: [{ errorCode: "callback.time.outsideWindow", fieldName: "callbackScheduledTime" }],
		},
	);
}

function zonesOf(number: string | undefined): readonly string[] {
	const read = number === undefined ? undefined : phones.read(number, { country: "" });
	if (read?.kind !== "number" || !read.country) return [];
	return (new Intl.Locale(`und-${read.country}`) as Intl.Locale & { getTimeZones?(): string[] }).getTimeZones?.() ?? [];
}

/** What the called are shown as who calls: a number that can be called back. @throws ApiError 400 naming the field */
export function readCallerId(callerId: string | undefined, country: string): string | undefined {
	if (callerId === undefined) return undefined;
	const read = phones.read(callerId, { country });
	if (read.kind === "number" && read.dial.startsWith("+") && !read.after) return read.dial;
	throw badField("callerId", `callerId must be a whole phone number, such as +3173123456.`);
}

/** @throws ApiError 400 for a zone that is none, and for a wall time that does not mean the instant there */
export function readZone(
	{ zone, wallTime }: Pick<CallbackWish, "zone" | "wallTime">,
	at: Date,
): { zone?: string; wallTime?: string } {
	if (zone === undefined) return {};
	if (!isZone(zone)) throw badField("inlay.zone", `${zone} is no time zone: send an IANA name such as Europe/Berlin.`);
	if (wallTime === undefined) return { zone };
	const minute = Math.floor(at.getTime() / 60_000) * 60_000;
	if (readWallTime(wallTime, zone)?.instants.includes(minute)) return { zone, wallTime };
	throw badField("inlay.wallTime", "inlay.wallTime is not what clocks in inlay.zone show at callbackScheduledTime.");
}
