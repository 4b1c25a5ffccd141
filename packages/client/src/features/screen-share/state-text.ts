import { oneLine } from "@inlay/ui";
import type { ScreenScene } from "./scene.ts";
import { t } from "./strings.ts";

type EndWord = `end${string}` & Parameters<typeof t>[0];

/** How a shared screen stands, in a sentence. @param name of the customer */
export function stateText({ share, isOwn }: ScreenScene, name: string): string {
	const { inlayState: state, inlayShows: shows, inlayEnd: end, inlaySurface: surface } = share;
	if (state === "ended") return endText(end ?? "agent.stopped", name);
	if (state === "requested") return t("requested", { name });
	if (shows === "customer" || !isOwn) {
		if (state === "choosing") return t("theyChoose", { name });
		return state === "paused" ? t("theyPaused", { name }) : t("theyShow", { name, what: t(surface ?? "something") });
	}
	if (state === "choosing") return t("youChoose");
	return state === "paused" ? t("youPaused", { name }) : t("youShow", { name, what: t(surface ?? "something") });
}

/** These say of what they are themselves: nothing was shown, or the right has gone. */
const whole: readonly string[] = ["declined", "cancelled", "unsupported", "unanswered", "rights.taken"];

/** Beside others, and read aloud, an end has to say what has ended. */
function endText(end: string, name: string): string {
	if (end === "agent.stopped") return t("ended");
	const why = t(endWord(end), { name });
	return whole.includes(end) ? why : oneLine([t("ended"), why]);
}

/** `customer.stopped` is `endCustomerStopped`. */
function endWord(end: string): EndWord {
	const parts = end.split(".").map((part) => `${part[0]?.toUpperCase()}${part.slice(1)}`);
	return `end${parts.join("")}` as EndWord;
}
