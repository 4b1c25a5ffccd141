import { createCalls } from "./call/calls.ts";
import type { Calls } from "./call/service.ts";
import { createCallbacks } from "./callback/callbacks.ts";
import type { Callbacks } from "./callback/service.ts";
import { type Campaigns, createCampaigns } from "./campaign/campaigns.ts";
import type { Frame } from "./frame.ts";
import { createMessages } from "./message/messages.ts";
import type { Messages } from "./message/service.ts";

/** What each medium offers beside what all do: a medium's line here, as in `media.ts`. */
export interface MediaServices {
	calls: Calls;
	callbacks: Callbacks;
	messages: Messages;
	/** Of no medium of its own: previews are callbacks, what is dialled by itself is calls. */
	campaigns: Campaigns;
}

export function createMediaServices(frame: Frame): MediaServices {
	return {
		calls: createCalls(frame),
		callbacks: createCallbacks(frame),
		messages: createMessages(frame),
		campaigns: createCampaigns(frame),
	};
}
