import { signal } from "@preact/signals";

/** What was last done, for all to see and for screen readers to say. It stays until the next or until it is dismissed. */
export const notice = signal<{ text: string; tone: "good" | "info" } | undefined>(undefined);

export function tell(text: string, tone: "good" | "info" = "good"): void {
	notice.value = { text, tone };
}
