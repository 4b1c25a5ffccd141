/** For how long something is put aside. */
export const choices = ["hour", "hours", "tomorrow", "days"] as const;
export type Choice = (typeof choices)[number];

const hourMs = 3_600_000;

/** When it comes back by itself; mornings are by the clock of whoever parks it. */
export function resumeTimeOf(choice: Choice, now: Date): Date {
	if (choice === "hour") return new Date(now.getTime() + hourMs);
	if (choice === "hours") return new Date(now.getTime() + 4 * hourMs);
	const morning = new Date(now);
	morning.setDate(morning.getDate() + (choice === "tomorrow" ? 1 : 3));
	morning.setHours(9, 0, 0, 0);
	return morning;
}
