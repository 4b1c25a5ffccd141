import type { ComponentType } from "preact";
import { useEffect, useState } from "preact/hooks";
import { checkFreshness, outdated } from "./freshness.ts";
import { StartScreen } from "./screens.tsx";
import type { Workspace } from "./workspace.ts";

type Frame = ComponentType<{ workspace: Workspace }>;

const retryMs = 1_000;
let frame: Frame | undefined;
let loading: Promise<Frame> | undefined;

/** Loads what the signed-in panel shows, while the sign-in goes on: it is no part of what a sign-in waits for. */
export function loadWorkFrame(): Promise<Frame> {
	loading ??= import("./workspace-frame.tsx").then(
		(module) => {
			frame = module.WorkspaceFrame;
			return frame;
		},
		(error: unknown) => {
			loading = undefined;
			throw error;
		},
	);
	return loading;
}

/** The signed-in panel, as soon as its code is there. */
export function WorkFrame({ workspace }: { workspace: Workspace }) {
	const [View, setView] = useState(() => frame);
	useEffect(() => {
		let timer: ReturnType<typeof setTimeout> | undefined;
		let isGone = false;
		const load = () => {
			loadWorkFrame().then(
				(loaded) => isGone || setView(() => loaded),
				async () => {
					await checkFreshness();
					// Nothing is shown yet that could be lost.
					if (outdated.peek()) location.reload();
					else if (!isGone) timer = setTimeout(load, retryMs);
				},
			);
		};
		if (!View) load();
		return () => {
			isGone = true;
			clearTimeout(timer);
		};
	}, []);
	return View ? <View workspace={workspace} /> : <StartScreen />;
}
