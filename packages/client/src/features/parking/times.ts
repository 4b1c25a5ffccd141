/** For how long something is put aside. */
export const choices = ["hour", "hours", "tomorrow", "days"] as const;
export type Choice = (typeof choices)[number];

const hourMs = 3_600_000;

/** Who works before that speaks of the morning that comes as of tomorrow's. */
const nightEndsAt = 6;

/** When it comes back by itself; days and mornings are by the clock of whoever parks it. */
export function resumeTimeOf(choice: Choice, now: Date): Date {
	if (choice === "hour") return new Date(now.getTime() + hourMs);
	if (choice === "hours") return new Date(now.getTime() + 4 * hourMs);
	const then = new Date(now);
	if (choice === "days") {
		then.setDate(then.getDate() + 3);
		return then;
	}
	if (now.getHours() >= nightEndsAt) then.setDate(then.getDate() + 1);
	then.setHours(9, 0, 0, 0);
	return then;
}
