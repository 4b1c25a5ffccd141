import type { OutboundPreview } from "@inlay/contract";
import { Button, locale } from "@inlay/ui";
import { useEffect, useState } from "preact/hooks";
import type { LiveInteraction } from "../../session/interaction.ts";
import type { Workspace } from "../../shell/workspace.ts";
import { attempt } from "./attempt.ts";
import { clockIn, leftUntil } from "./countdown.ts";
import { Skip } from "./skip.tsx";
import { t } from "./strings.ts";

interface Props {
	workspace: Workspace;
	call: LiveInteraction;
	preview: OutboundPreview;
}

/** When the first number is called by itself. */
export function Countdown({ workspace, preview }: Omit<Props, "call">) {
	const now = useNow();
	const [first] = preview.numbers;
	if (!preview.callsAt || !first) return null;
	const time = leftUntil(preview.callsAt, now);
	return (
		<p class="outbound-countdown" role="timer" data-outbound-countdown={time}>
			{t("callsIn", { number: workspace.numbers.show(first.number), time })}
		</p>
	);
}

/** The numbers that may be called, and the button that passes the contact over, where its campaign lets it. */
export function Numbers({ workspace, call, preview }: Props) {
	const now = useNow();
	const busy = workspace.busy.value.has(`call-back.${call.id}`);
	return (
		<ul class="outbound-numbers">
			{preview.numbers.map(({ number, type, zone, isForbidden }) => (
				<li key={number}>
					<Button
						kind="good"
						icon="phone"
						data-outbound-call={number}
						busy={busy}
						disabled={isForbidden === true}
						onClick={() => void attempt(workspace, call, () => workspace.session.actions.callBack(call, number))}
					>
						{t("call", { number: workspace.numbers.show(number) })}
					</Button>
					<span class="ui-hint">
						{isForbidden
							? t("forbidden")
							: [type, t("theirTime", { time: clockIn(zone, now, locale.value) })].filter(Boolean).join(" · ")}
					</span>
				</li>
			))}
			{preview.skipEnabled && call.isUntouched && (
				<li>
					<Skip workspace={workspace} call={call} reasons={preview.skipReasons} />
				</li>
			)}
		</ul>
	);
}

/** The time, anew each half second. */
function useNow(): number {
	const [now, setNow] = useState(() => Date.now());
	useEffect(() => {
		const timer = setInterval(() => setNow(Date.now()), 500);
		return () => clearInterval(timer);
	}, []);
	return now;
}
