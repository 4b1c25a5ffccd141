import { signal } from "@preact/signals";

/** What came of something that ended one's own session: it is read where one signs in again, as its screen is gone. */
export const farewell = signal<readonly string[]>([]);
