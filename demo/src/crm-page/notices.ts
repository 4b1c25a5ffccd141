import type { Interaction } from "@inlay/contract";
import { goesOut, isUncalled } from "./caller.ts";
import { strings } from "./strings.ts";

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
