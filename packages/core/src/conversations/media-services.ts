import { createCalls } from "./call/calls.ts";
import type { Calls } from "./call/service.ts";
import { createCallbacks } from "./callback/callbacks.ts";
import type { Callbacks } from "./callback/service.ts";
import { type Campaigns, createCampaigns } from "./campaign/campaigns.ts";
import { createEmails } from "./email/emails.ts";
import type { Emails } from "./email/service.ts";
import type { Frame } from "./frame.ts";
import { createMessages } from "./message/messages.ts";
import type { Messages } from "./message/service.ts";

/** What each medium offers beside what all do: a medium's line here, as in `media.ts`. */
export interface MediaServices {
	calls: Calls;
	callbacks: Callbacks;
	messages: Messages;
	emails: Emails;
	/** Of no medium of its own: previews are callbacks, what is dialled by itself is calls. */
	campaigns: Campaigns;
}

export function createMediaServices(frame: Frame): MediaServices {
	return {
		calls: createCalls(frame),
		callbacks: createCallbacks(frame),
		messages: createMessages(frame),
		emails: createEmails(frame),
		campaigns: createCampaigns(frame),
	};
}
