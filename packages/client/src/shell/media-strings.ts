import { catalogue, textOf } from "@inlay/ui";

/** What media are called, in panel and features. */
const mediaTexts = catalogue("media", {
	medium_call: "Call",
	medium_callback: "Callback",
	medium_chat: "Chat",
	medium_email: "Email",
	medium_message: "Message",
});

export const t = textOf(mediaTexts);
