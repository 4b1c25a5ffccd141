import { locale } from "@inlay/ui";

/** Times of day stood as “09:59 AM” beside “9:50 AM”: whatever stands beside them, their hours are written as this language does. */
export function timeFormat(more: Intl.DateTimeFormatOptions = {}, language = locale.value): Intl.DateTimeFormat {
	const parts = new Intl.DateTimeFormat(language, { timeStyle: "short" }).formatToParts(new Date(2026, 0, 1, 8, 5));
	const isLong = parts.find(({ type }) => type === "hour")?.value.length === 2;
	return new Intl.DateTimeFormat(language, { ...more, hour: isLong ? "2-digit" : "numeric", minute: "2-digit" });
}

/** When something was, as one says it: today by its time alone, then “yesterday 16:03”, before that with its date. */
export function whenText(iso: string, now: number, language = locale.value): string {
	const at = new Date(iso);
	const days = daysBetween(at, new Date(now));
	const text = (more: Intl.DateTimeFormatOptions) => timeFormat(more, language).format(at);
	if (days === 0) return text({});
	if (days === 1) return `${new Intl.RelativeTimeFormat(language, { numeric: "auto" }).format(-1, "day")} ${text({})}`;
	const isOtherYear = at.getFullYear() !== new Date(now).getFullYear();
	const year = isOtherYear ? ({ year: "numeric" } as const) : {};
	return text({ weekday: "short", day: "numeric", month: "short", ...year });
}

/** By the days of the calendar here; a day of 23 or 25 hours is one. */
function daysBetween(before: Date, after: Date): number {
	const day = (date: Date) => Date.UTC(date.getFullYear(), date.getMonth(), date.getDate());
	return Math.round((day(after) - day(before)) / 86_400_000);
}
