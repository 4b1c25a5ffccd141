import { useEffect, useState } from "preact/hooks";
import type { LiveInteraction } from "../session/interaction.ts";
import type { CardView } from "./feature.ts";
import { allFeatures } from "./features.ts";
import type { Workspace } from "./workspace.ts";

/** What a feature shows in the card of an interaction of its medium: whoever has one may act on it, whatever else they may. */
export function LazyCard({ workspace, call }: { workspace: Workspace; call: LiveInteraction }) {
	const card = allFeatures.find((feature) => feature.card?.media === call.media)?.card;
	const [View, setView] = useState<CardView>();
	useEffect(() => {
		if (card) void card.load().then((view) => setView(() => view));
	}, [card]);
	return View ? <View workspace={workspace} call={call} /> : null;
}
