/**
 * How long a test waits for a condition unless it says otherwise, ms: Vitest's own second is less than what two busy cores may
 * take for anything. A wait ends with its condition, so patience costs nothing where all is well.
 */
export const patienceMs = 20_000;
