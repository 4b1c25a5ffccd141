import { timeFormat } from "../../shell/when-text.ts";

/** What is left until an instant, as `0:18`; zero once it is over. */
export function leftUntil(at: string, now: number): string {
	const seconds = Math.max(0, Math.ceil((Date.parse(at) - now) / 1000));
	return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}

/** What clocks show in the zone; empty for one that this browser does not know. */
export function clockIn(zone: string, now: number, language: string): string {
	try {
		return timeFormat({ timeZone: zone }, language).format(now);
	} catch {
		return "";
	}
}
