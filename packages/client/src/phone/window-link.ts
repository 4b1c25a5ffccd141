/** Name by which the phone's window is found again. */
export const phoneWindowName = "inlay-phone";

/** What the phone's window asks whoever opened it: does anybody here work with me? */
export const askMessage = "inlay.phone-window.ask";
/** The panel's answer. */
export const hereMessage = "inlay.phone-window.here";

/** Unanswered questions after which nobody is expected any more: about a minute, longer than any reload. */
const patience = 60;

export interface WindowLinkParts {
	ask: () => void;
	close: () => void;
	/** Runs a task every second or so; gives the way to stop. */
	every: (task: () => void) => () => void;
}

/** The phone's window keeps asking for its panel, which may be loaded anew; with nobody to work with it closes. */
export function keepAsking({ ask, close, every }: WindowLinkParts): { answered: () => void } {
	let unanswered = 0;
	const stop = every(() => {
		if (unanswered >= patience) {
			stop();
			return close();
		}
		unanswered++;
		ask();
	});
	ask();
	return {
		answered() {
			unanswered = 0;
		},
	};
}
