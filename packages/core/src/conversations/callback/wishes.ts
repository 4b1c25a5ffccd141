import { createPhoneNumbers } from "@inlay/contract/phone";
import { phoneMetadata } from "@inlay/contract/phone-metadata";
import { isZone, readWallTime } from "@inlay/contract/wall-time";
import { badField } from "../../kernel/http/api-error.ts";
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
