import { signal } from "@preact/signals";

/** A page's own things: its devices, connections and players. */
export type SoundPlace = typeof globalThis;

/**
 * The window whose microphone, speakers and connections carry the sound: the panel's own, or the phone's where that has a
 * window of its own. Both are of one origin, so that the panel works with either.
 */
export const soundPlace = signal<SoundPlace>(globalThis);
