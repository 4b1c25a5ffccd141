/** `RegionTimeZone`: offsets are minutes from UTC at the given time. */
export interface TimeZone {
	id: string;
	name: string;
	offset: number;
	canonicalId: string;
	selfUri: string;
}

/** The time zones that the runtime knows, by name. */
export function timeZones(at: Date): TimeZone[] {
	return Intl.supportedValuesOf("timeZone").map((id) => ({
		id,
		name: id.replaceAll("_", " "),
		offset: offsetMinutes(id, at),
		canonicalId: id,
		selfUri: `/api/v2/timezones/${encodeURIComponent(id)}`,
	}));
}

const formats = new Map<string, Intl.DateTimeFormat>();

function offsetMinutes(id: string, at: Date): number {
	const format = formats.get(id) ?? new Intl.DateTimeFormat("en-US", { timeZone: id, timeZoneName: "longOffset" });
	formats.set(id, format);
	const name = format.formatToParts(at).find((part) => part.type === "timeZoneName")?.value ?? "GMT";
	const [, sign = "+", hours = "0", minutes = "0"] = /GMT([+-])(\d{2}):(\d{2})/.exec(name) ?? [];
	return (sign === "-" ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) || 0;
}
