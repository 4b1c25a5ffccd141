import type { Interaction } from "@inlay/contract";
import { goesOut, isUncalled, mediumOf } from "./caller.ts";
import { stateNames, strings } from "./strings.ts";

/** Who calls or has written, or is called or written to; and the same where something is typed already. */
export function noticesOf(interaction: Interaction): readonly [string, string] {
	const isTo = goesOut(interaction);
	if (interaction.isEmail)
		return isTo ? [strings.emailToNotice, strings.emailToNoticeKept] : [strings.emailNotice, strings.emailNoticeKept];
	if (interaction.isMessage)
		return isTo
			? [strings.messageToNotice, strings.messageToNoticeKept]
			: [strings.messageNotice, strings.messageNoticeKept];
	if (!isUncalled(interaction))
		return isTo ? [strings.callToNotice, strings.callToNoticeKept] : [strings.callNotice, strings.callNoticeKept];
	if (interaction.isDialer) return [strings.previewNotice, strings.previewNoticeKept];
	return [strings.callbackNotice, strings.callbackNoticeKept];
}

/** A name that ends in a full stop ends the sentence, too. */
export function noticeText(sentence: string, who: string): string {
	return sentence.replace("{who}.", () => (who.endsWith(".") ? who : `${who}.`)).replace("{who}", () => who);
}

/** What they do now, behind their name. */
export function stateName(call: Interaction): string {
	const { state, remoteState } = call;
	if (isUncalled(call)) return stateNames[call.isDialer ? "PREVIEW" : "CALLBACK"] ?? "";
	if (mediumOf(call) === "message") return stateNames[state === "ALERTING" ? "WRITTEN" : "WRITING"] ?? "";
	// The campaign has called them, and they wait for the agent.
	if (state === "ALERTING" && goesOut(call)) return stateNames.CALLED ?? "";
	const isElsewhere = state === "CONNECTED" && remoteState !== undefined;
	return stateNames[isElsewhere ? `REMOTE_${remoteState}` : state] ?? "";
}
