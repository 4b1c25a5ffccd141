import { effect } from "@preact/signals";
import { browserClock } from "../session/clock.ts";
import type { Session } from "../session/session.ts";
import { t } from "../shell/strings.ts";
import type { Toasts } from "../shell/toasts.ts";
import { clockFinding, type Finding } from "./findings.ts";

/** The clocks are compared once the first answers are there; milliseconds. */
const clockLookMs = 3000;

/** A session that works in part: told once, to the agent and to the operator. @returns stops watching */
export function watchTrouble(session: Session, toasts: Toasts, tell: (finding: Finding) => void): () => void {
	const stop = effect(() => {
		const found = session.trouble.value;
		if (found) tell(found);
	});
	const cancel = browserClock.after(clockLookMs, () => {
		const found = clockFinding(session.time.offsetMs);
		if (!found) return;
		tell(found);
		toasts.show({ tone: "warn", text: t("clock.off", { detail: found.text }) }, 15_000);
	});
	return () => {
		stop();
		cancel();
	};
}
