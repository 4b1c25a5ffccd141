import type { ScreenScene } from "./scene.ts";
import { t } from "./strings.ts";

type EndWord = `end${string}` & Parameters<typeof t>[0];

/** How a shared screen stands, in a sentence. @param name of the customer */
export function stateText({ share, isOwn }: ScreenScene, name: string): string {
	const { inlayState: state, inlayShows: shows, inlayEnd: end, inlaySurface: surface } = share;
	if (state === "ended") return t(endWord(end ?? "agent.stopped"), { name });
	if (state === "requested") return t("requested", { name });
	if (shows === "customer" || !isOwn) {
		if (state === "choosing") return t("theyChoose", { name });
		return state === "paused" ? t("theyPaused", { name }) : t("theyShow", { name, what: t(surface ?? "something") });
	}
	if (state === "choosing") return t("youChoose");
	return state === "paused" ? t("youPaused", { name }) : t("youShow", { name, what: t(surface ?? "something") });
}

/** `customer.stopped` is `endCustomerStopped`. */
function endWord(end: string): EndWord {
	const parts = end.split(".").map((part) => `${part[0]?.toUpperCase()}${part.slice(1)}`);
	return `end${parts.join("")}` as EndWord;
}
