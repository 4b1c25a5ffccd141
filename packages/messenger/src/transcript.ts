import type { ServerMessage } from "./protocol.ts";
import { t } from "./words.ts";

/** Who wrote a message, as the customer reads it. */
export function whoseIs({ direction, isAutomatic, name }: ServerMessage): string {
	if (direction === "inbound") return t("you");
	return isAutomatic ? t("automatic") : (name ?? t("team"));
}

/** The conversation as a text, for the customer to keep. */
export function transcriptOf(messages: readonly ServerMessage[]): string {
	return messages.map((one) => `${new Date(one.at).toLocaleString()} ${whoseIs(one)}: ${one.text}\n`).join("");
}
