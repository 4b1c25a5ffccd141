import { Banner, Button, formatDuration } from "@inlay/ui";
import { useRef } from "preact/hooks";
import { steadyClock } from "../session/steady-clock.ts";
import { spokenLeft } from "./away-text.ts";
import { bannerText } from "./banner-strings.ts";
import { t } from "./strings.ts";
import type { Workspace } from "./workspace.ts";

/** The sign-in is about to end, or has ended while a call keeps it open; everything else goes on beneath. */
export function EndingBanner({ workspace }: { workspace: Workspace }) {
	const { life, session } = workspace;
	const ending = life.ending.value;
	const first = useRef({ kind: "", leftMs: 0 });
	if (!ending) {
		first.current.kind = "";
		return null;
	}
	// Read so that it counts down; the span itself is on a clock that nobody sets.
	void session.now.value;
	const leftMs = ending.at - steadyClock.now();
	if (first.current.kind !== ending.kind) first.current = { kind: ending.kind, leftMs };
	const say = (ms: number) => {
		const time = formatDuration(Math.max(0, ms));
		if (ending.kind === "idle") return bannerText("idleIn", { time });
		return ms > 0 ? t("endsIn", { time }) : bannerText("endedInCall");
	};
	const action =
		ending.kind === "idle" ? (
			<Button size="small" kind="primary" data-stay onClick={() => life.used()}>
				{t("stay")}
			</Button>
		) : (
			<Button size="small" kind="primary" data-sign-in-again onClick={() => life.signInAgain()}>
				{bannerText("signInAgain")}
			</Button>
		);
	return (
		<Banner tone="warn" urgent action={action}>
			<span class="ui-hidden" data-spoken>
				{say(spokenLeft(leftMs, first.current.leftMs))}
			</span>
			{/* What counts down is for the eyes: it interrupted screen readers each second. */}
			<span aria-hidden="true">{say(leftMs)}</span>
		</Banner>
	);
}
