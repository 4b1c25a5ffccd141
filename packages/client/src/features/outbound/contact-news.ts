import { signal } from "@preact/signals";

/** Grows when the agent has corrected the contact of an interaction, wherever in the panel: what shows it reads it anew. */
export const contactsCorrected = signal(0);
