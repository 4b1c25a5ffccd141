import { signal } from "@preact/signals";

/** `bad`: a part of it was not done. */
type Tone = "good" | "info" | "bad";

/** What was last done, for all to see and for screen readers to say. It goes with the next, when it is dismissed, when something
 * is entered or fails after it, and with its screen. */
export const notice = signal<{ text: string; tone: Tone } | undefined>(undefined);

export function tell(text: string, tone: Tone = "good"): void {
	notice.value = { text, tone };
}
