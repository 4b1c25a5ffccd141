import { useEffect, useState } from "preact/hooks";
import type { LiveInteraction } from "../session/interaction.ts";
import type { CardView, FeatureManifest } from "./feature.ts";
import { allFeatures } from "./features.ts";
import type { Workspace } from "./workspace.ts";

/** What features show in the card of this interaction: whoever has one may act on it, whatever else they may. */
export function LazyCard({ workspace, call }: { workspace: Workspace; call: LiveInteraction }) {
	return (
		<>
			{allFeatures.map(
				({ id, card }) =>
					card?.shows(call, workspace) && <LazyPart key={id} card={card} workspace={workspace} call={call} />,
			)}
		</>
	);
}

/** A feature asks something before the agent hangs up, on the card. */
export function isAskedFirst(workspace: Workspace, call: LiveInteraction): boolean {
	return allFeatures.some((feature) => feature.asksBeforeHangUp?.(call, workspace) ?? false);
}

function LazyPart({
	card,
	workspace,
	call,
}: {
	card: NonNullable<FeatureManifest["card"]>;
	workspace: Workspace;
	call: LiveInteraction;
}) {
	const [View, setView] = useState<CardView>();
	useEffect(() => void card.load().then((view) => setView(() => view)), [card]);
	return View ? <View workspace={workspace} call={call} /> : null;
}
