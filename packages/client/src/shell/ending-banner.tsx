import { Banner, Button, formatDuration } from "@inlay/ui";
import { steadyClock } from "../session/steady-clock.ts";
import { t } from "./strings.ts";
import type { Workspace } from "./workspace.ts";

/** The sign-in is about to end, or has ended while a call keeps it open; everything else goes on beneath. */
export function EndingBanner({ workspace }: { workspace: Workspace }) {
	const { life, session } = workspace;
	const ending = life.ending.value;
	if (!ending) return null;
	// Read so that it counts down; the span itself is on a clock that nobody sets.
	void session.now.value;
	const leftMs = ending.at - steadyClock.now();
	const time = formatDuration(Math.max(0, leftMs));
	if (ending.kind === "idle") {
		return (
			<Banner
				tone="warn"
				urgent
				action={
					<Button size="small" kind="primary" data-stay onClick={() => life.used()}>
						{t("stay")}
					</Button>
				}
			>
				{t("idleIn", { time })}
			</Banner>
		);
	}
	return (
		<Banner
			tone="warn"
			urgent
			action={
				<Button size="small" kind="primary" data-sign-in-again onClick={() => life.signInAgain()}>
					{t("signInAgain")}
				</Button>
			}
		>
			{leftMs > 0 ? t("endsIn", { time }) : t("endedInCall")}
		</Banner>
	);
}
