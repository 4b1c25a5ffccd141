import { type Conversation, howGone, isLive } from "../model.ts";
import { afterCallWorkTimedOut } from "./after-call-work.ts";
import type { Life } from "./context.ts";
import { leave } from "./leave.ts";

/**
 * A user who was deactivated or deleted is in no call any more: what came from a queue waits there again, ahead of who came
 * later; what rings them rings the next agent; anything else ends. Nobody is left who could do their after-call work.
 */
export function endUser(draft: Conversation, userId: string, context: Life): void {
	for (const one of draft.participants.filter((one) => one.userId === userId)) {
		if (isLive(one)) leave(draft, one, howGone(one), context);
		afterCallWorkTimedOut(one, context);
	}
}
