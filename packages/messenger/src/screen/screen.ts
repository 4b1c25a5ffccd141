import { Box } from "./box.ts";
import { Sharing } from "./sharing.ts";
import { wordsFor } from "./words.ts";

/** What a page's socket told: a screen is to be shared with it. */
export interface Invitation {
	/** Base address of the API. */
	api: string;
	shareId: string;
	secret: string;
	/** BCP 47. */
	language?: string;
}

declare global {
	interface Window {
		/** Loaded when a screen is shared with the page; each screen once, however often the page is told of it. */
		InlayScreen?: { join(invitation: Invitation): void };
	}
}

let joined: { shareId: string; box: Box } | undefined;

function join({ api, shareId, secret, language = "en" }: Invitation): void {
	if (joined?.shareId === shareId) return;
	joined?.box.remove();
	const sharing: Sharing = new Sharing(
		{ api, shareId, secret },
		{
			shown: (standing, isAway) => {
				if (standing) box.show(standing, isAway);
				else box.remove();
			},
			picture: (stream) => box.picture(stream),
		},
	);
	const box = new Box(language, wordsFor(language), {
		accept: () => void sharing.accept(),
		decline: () => sharing.end("declined"),
		pause: (paused) => sharing.pause(paused),
		another: () => void sharing.chooseAnother(),
		stop: () => sharing.end("customer.stopped"),
	});
	joined = { shareId, box };
}

window.InlayScreen = { join };
