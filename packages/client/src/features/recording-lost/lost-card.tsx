import type { LiveInteraction } from "../../session/interaction.ts";
import { isRecordingLost } from "./lost.ts";
import { t } from "./strings.ts";

export function LostCard() {
	return (
		<p class="ui-error" data-recording-lost>
			{t("lost")}
		</p>
	);
}

/** Said once, as it happens. */
export function newsOfRecording(before: LiveInteraction | undefined, call: LiveInteraction): string | undefined {
	return isRecordingLost(call) && !(before && isRecordingLost(before)) ? t("lost") : undefined;
}
