import { hasWindowWork } from "../interaction-window/has-work.ts";
import { WindowLine } from "../interaction-window/window-line.tsx";
import type { LiveInteraction } from "../session/interaction.ts";
import type { FeatureManifest } from "./feature.ts";
import { allFeatures } from "./features.ts";
import { useLoaded } from "./lazy.tsx";
import type { Workspace } from "./workspace.ts";

/**
 * What features show in the card of this interaction: whoever has one may act on it, whatever else they may. What is open in
 * the interaction window is not open here too: nobody has two editors of one draft.
 */
export function LazyCard({ workspace, call }: { workspace: Workspace; call: LiveInteraction }) {
	const isThere = workspace.window.holds(call);
	return (
		<>
			{hasWindowWork(workspace, call) && <WindowLine workspace={workspace} call={call} />}
			{cardsFor(workspace, call).map(({ id, card }) =>
				isThere && card.inWindow ? null : <LazyPart key={id} card={card} workspace={workspace} call={call} />,
			)}
		</>
	);
}

/** The features that have something to show of it, from the top of its card down. */
export function cardsFor(workspace: Workspace, call: LiveInteraction) {
	const all = allFeatures.flatMap(({ id, card }) => (card?.shows(call, workspace) ? [{ id, card }] : []));
	const isFirst = ({ card }: (typeof all)[number]) => card.goesFirst?.(call) ?? false;
	return [...all.filter(isFirst), ...all.filter((one) => !isFirst(one))];
}

/** A feature asks something before the agent hangs up, on the card. */
export function isAskedFirst(workspace: Workspace, call: LiveInteraction): boolean {
	return allFeatures.some((feature) => feature.asksBeforeHangUp?.(call, workspace) ?? false);
}

/** A part of a feature, loaded when it is first shown. */
export function LazyPart({
	card,
	workspace,
	call,
}: {
	card: Pick<NonNullable<FeatureManifest["card"]>, "load">;
	workspace: Workspace;
	call: LiveInteraction;
}) {
	const [View, orWhy] = useLoaded(card.load, card, workspace);
	return View ? <View workspace={workspace} call={call} /> : orWhy;
}
