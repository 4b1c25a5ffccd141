import { needs } from "../../session/needs.ts";
import { type Kind, name } from "./kind.ts";

interface CallableTime {
	timeZoneId: string;
	timeSlots: Array<{ day: number; startTime: string; stopTime: string }>;
}

export const callabletimesets: Kind = {
	path: "/api/v2/outbound/callabletimesets",
	view: needs.viewTimeSets,
	add: needs.addTimeSet,
	edit: needs.editTimeSet,
	remove: needs.deleteTimeSet,
	title: "timeSets",
	fresh: "newTimeSet",
	fields: [name, { key: "times", type: "lines", label: "times", hint: "timesHint", needed: true }],
	formOf: (thing) => ({ name: thing.name, times: linesOf((thing.callableTimes ?? []) as CallableTime[]) }),
	bodyOf: (form) => ({ name: form.name, callableTimes: timesOf(form.times ?? "") ?? [] }),
};

/** One window a line: `Europe/Berlin 1-5 09:00-20:00`; days of the week, Monday is 1. */
export function linesOf(times: readonly CallableTime[]): string {
	return times
		.flatMap(({ timeZoneId, timeSlots }) => {
			const windows = new Map<string, number[]>();
			for (const { day, startTime, stopTime } of timeSlots) {
				const hours = `${startTime.slice(0, 5)}-${stopTime.slice(0, 5)}`;
				windows.set(hours, [...(windows.get(hours) ?? []), day]);
			}
			return [...windows].map(([hours, days]) => `${timeZoneId} ${rangeOf(days.toSorted())} ${hours}`);
		})
		.join("\n");
}

function rangeOf(days: readonly number[]): string {
	const [first = 1, last = 1] = [days[0], days.at(-1)];
	return days.length > 2 && last - first + 1 === days.length ? `${first}-${last}` : days.join(",");
}

/** @returns undefined where a line is none */
export function timesOf(lines: string): CallableTime[] | undefined {
	const byZone = new Map<string, CallableTime>();
	for (const line of lines.split("\n").filter((one) => one.trim() !== "")) {
		const parts = /^(\S+)\s+([1-7](?:[-,][1-7])*)\s+(\d\d:\d\d)-(\d\d:\d\d)$/.exec(line.trim());
		if (!parts) return undefined;
		const [, zone = "", days = "", startTime = "", stopTime = ""] = parts;
		const known = byZone.get(zone) ?? { timeZoneId: zone, timeSlots: [] };
		for (const day of daysOf(days)) known.timeSlots.push({ day, startTime, stopTime });
		byZone.set(zone, known);
	}
	return byZone.size > 0 ? [...byZone.values()] : undefined;
}

function daysOf(said: string): number[] {
	return said.split(",").flatMap((one) => {
		const [first = 1, last = first] = one.split("-").map(Number);
		return Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => first + index);
	});
}
