import type { Panel } from "../boot/panel.ts";
import type { Phase } from "../boot/phase.ts";
import { AwayScreen, ChooseScreen, ProblemScreen, SignedOutScreen, StartScreen } from "./screens.tsx";
import { ToastList } from "./toast-list.tsx";
import { WorkFrame } from "./work-frame.tsx";

/** The panel: one screen per phase, and the notices over all of them. */
export function App({ panel }: { panel: Panel }) {
	const phase = panel.phase.value;
	const working = phase.kind === "ready" && !phase.away;
	return (
		<>
			<Screen panel={panel} />
			{!working && (
				<div class="page-toasts">
					<ToastList toasts={panel.toasts} />
				</div>
			)}
		</>
	);
}

function Screen({ panel }: { panel: Panel }) {
	const phase = panel.phase.value;
	switch (phase.kind) {
		case "starting":
			return <StartScreen />;
		case "problem":
			return <ProblemScreen panel={panel} phase={phase} />;
		case "choose":
			return <ChooseScreen panel={panel} choices={phase.choices} />;
		case "signed-out":
			return <SignedOutScreen panel={panel} phase={phase} />;
		case "ready":
			return <WorkScreen panel={panel} phase={phase} />;
	}
}

/** While nobody is signed in, the workspace stays as it is, out of sight: what was typed there is not lost. */
function WorkScreen({ panel, phase }: { panel: Panel; phase: Extract<Phase, { kind: "ready" }> }) {
	const { workspace, away } = phase;
	return (
		<>
			{away && <AwayScreen panel={panel} workspace={workspace} away={away} />}
			<div class="frame-keeper" hidden={away !== undefined}>
				<WorkFrame workspace={workspace} />
			</div>
		</>
	);
}
