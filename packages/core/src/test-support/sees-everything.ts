import type { Sight } from "../kernel/sight.ts";

/** For tests of routes in which nobody lacks a division. */
export const seesEverything: Sight = { async requireNew() {} };
