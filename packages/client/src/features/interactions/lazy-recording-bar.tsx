import { lackingConsent } from "../../session/consent.ts";
import type { LiveInteraction } from "../../session/interaction.ts";
import { useLoaded } from "../../shell/lazy.tsx";
import type { Workspace } from "../../shell/workspace.ts";

const load = () => import("./recording-bar.tsx").then(({ RecordingBar }) => RecordingBar);

/** Most calls are recorded, or not, without a word. */
export function LazyRecordingBar(props: { workspace: Workspace; call: LiveInteraction }) {
	return (props.call.securePause || lackingConsent(props.call)) && <Loaded {...props} />;
}

function Loaded(props: { workspace: Workspace; call: LiveInteraction }) {
	const [Bar, orWhy] = useLoaded(load, load, props.workspace);
	return Bar ? <Bar {...props} /> : <>{orWhy}</>;
}
