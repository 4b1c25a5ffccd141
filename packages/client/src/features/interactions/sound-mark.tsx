import "./sound-mark.css";
import { locale } from "@inlay/ui";
import type { SoundState } from "../../phone/quality/call-quality.ts";
import { t } from "../../phone/quality/strings.ts";
import type { LiveInteraction } from "../../session/interaction.ts";
import type { Workspace } from "../../shell/workspace.ts";

const bars = { poor: 1, fair: 2, good: 3 };

/** How the call sounds: as bars, in a word, and in figures for who points at it or listens to it. */
export function SoundMark({ workspace, call }: { workspace: Workspace; call: LiveInteraction }) {
	if (call.otherInterrupted && call.state === "connected") return <Interrupted />;
	const state = workspace.extras.value?.quality.states.value.get(call.id);
	if (!state || call.state !== "connected" || call.held) return null;
	// However well they are heard: nobody hears the agent, and the banner says so.
	if (workspace.phone.problem.value && !call.muted) return null;
	return (
		<span class="sound-mark" data-grade={state.grade} title={figures(state)}>
			<Bars lit={bars[state.grade]} />
			{t(state.grade)}
			<span class="ui-hidden">{figures(state)}</span>
		</span>
	);
}

/** Whatever this panel measures is between it and the server: good, and of no use. */
function Interrupted() {
	return (
		<span class="sound-mark" data-grade="interrupted">
			<Bars lit={0} />
			{t("interrupted")}
		</span>
	);
}

function Bars({ lit }: { lit: number }) {
	return (
		<svg width="14" height="12" viewBox="0 0 14 12" aria-hidden="true">
			{[1, 2, 3].map((bar) => (
				<rect
					key={bar}
					x={(bar - 1) * 5}
					y={12 - bar * 4}
					width="3"
					height={bar * 4}
					rx="1"
					fill="currentColor"
					opacity={bar <= lit ? 1 : 0.25}
				/>
			))}
		</svg>
	);
}

function figures({ lostPercent, jitterMs, roundTripMs }: SoundState): string {
	const lost = lostPercent.toLocaleString(locale.value, { maximumFractionDigits: 1 });
	const known = { lost, jitter: jitterMs };
	return roundTripMs === undefined ? t("figures", known) : t("figuresDelay", { ...known, delay: roundTripMs });
}
