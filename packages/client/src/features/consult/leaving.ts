import { signal } from "@preact/signals";

/** The conference from which the agent wants to leave, and in which those outside would be left to each other. */
export const leaving = signal<string | undefined>(undefined);
