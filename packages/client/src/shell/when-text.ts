import { locale } from "@inlay/ui";

const time = { hour: "numeric", minute: "2-digit" } as const;

/** When something was, as one says it: today by its time alone, then “yesterday 16:03”, before that with its date. */
export function whenText(iso: string, now: number, language = locale.value): string {
	const at = new Date(iso);
	const days = daysBetween(at, new Date(now));
	const text = (format: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(language, format).format(at);
	if (days === 0) return text(time);
	if (days === 1)
		return `${new Intl.RelativeTimeFormat(language, { numeric: "auto" }).format(-1, "day")} ${text(time)}`;
	const isOtherYear = at.getFullYear() !== new Date(now).getFullYear();
	const year = isOtherYear ? ({ year: "numeric" } as const) : {};
	return text({ weekday: "short", day: "numeric", month: "short", ...year, ...time });
}

/** By the days of the calendar here; a day of 23 or 25 hours is one. */
function daysBetween(before: Date, after: Date): number {
	const day = (date: Date) => Date.UTC(date.getFullYear(), date.getMonth(), date.getDate());
	return Math.round((day(after) - day(before)) / 86_400_000);
}
