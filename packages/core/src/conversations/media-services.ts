import { createCalls } from "./call/calls.ts";
import type { Calls } from "./call/service.ts";
import type { Frame } from "./frame.ts";

/** What each medium offers beside what all do: a medium's line here, as in `media.ts`. */
export interface MediaServices {
	calls: Calls;
}

export function createMediaServices(frame: Frame): MediaServices {
	return { calls: createCalls(frame) };
}
