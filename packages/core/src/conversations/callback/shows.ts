import type { MediumShows } from "../medium.ts";
import type { Callback } from "./model.ts";

/** What clients see of a callback beyond what they see of every communication. */
export const callbackShows: MediumShows<Callback> = {
	fields: [
		"callbackNumbers",
		"callbackUserName",
		"callbackScheduledTime",
		"voicemail",
		"scriptId",
		"callerId",
		"callerIdName",
		"dialerPreview",
		"timeoutSeconds",
		"skipEnabled",
	],
	facts: ({ skipEnabled = false }) => ({ externalCampaign: false, skipEnabled }),
	notInEvents: [],
};
