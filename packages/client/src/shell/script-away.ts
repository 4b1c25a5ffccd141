import { signal } from "@preact/signals";

/** Why the panel works without its script: that has held it up, or left its page. Undefined while it has its script. */
export const scriptAway = signal<"scriptAway" | "scriptLeft" | undefined>(undefined);
