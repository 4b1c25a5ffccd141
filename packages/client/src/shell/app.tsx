import type { Panel } from "../boot/panel.ts";
import { ChooseScreen, ProblemScreen, SignedOutScreen, StartScreen } from "./screens.tsx";
import { ToastList } from "./toast-list.tsx";
import { WorkspaceFrame } from "./workspace-frame.tsx";

/** The panel: one screen per phase, and the notices over all of them. */
export function App({ panel }: { panel: Panel }) {
	const working = panel.phase.value.kind === "ready";
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
			return <WorkspaceFrame workspace={phase.workspace} />;
	}
}
