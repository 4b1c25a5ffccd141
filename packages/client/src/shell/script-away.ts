import { signal } from "@preact/signals";

/** The panel works without its script, which has held it up, or was taken away. */
export const scriptAway = signal(false);
