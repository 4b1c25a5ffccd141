import { Button, Spinner } from "@inlay/ui";
import type { ComponentType } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import type { LiveInteraction } from "../session/interaction.ts";
import { useOnceBack } from "../shell/again-when-back.ts";
import type { FeatureManifest, WindowPartView } from "../shell/feature.ts";
import { allFeatures } from "../shell/features.ts";
import type { Workspace } from "../shell/workspace.ts";
import { isPanel } from "./address.ts";
import { t } from "./strings.ts";
import type { WindowPlace } from "./window-place.ts";

interface PartsProps {
	workspace: Workspace;
	place: WindowPlace;
	call: LiveInteraction;
}

interface Part {
	feature: FeatureManifest;
	kind: "card" | "view";
}

/** The parts of an interaction's work: viewers across the whole width, cards beside each other. */
export function Parts({ workspace, place, call }: PartsProps) {
	const parts = allFeatures.flatMap((feature): Part[] => [
		...(feature.window?.shows(call, workspace) ? [{ feature, kind: "view" as const }] : []),
		...(feature.card?.inWindow && feature.card.shows(call, workspace) ? [{ feature, kind: "card" as const }] : []),
	]);
	if (parts.length === 0) return null;
	return (
		<div class="window-parts">
			{parts.map(({ feature, kind }) => (
				<PartPlace key={`${call.id} ${feature.id} ${kind}`} {...{ workspace, place, call, feature, kind }} />
			))}
		</div>
	);
}

function PartPlace({ workspace, place, call, feature, kind }: PartsProps & Part) {
	const own = useRef<HTMLElement>(null);
	useComingForward(own, workspace, call, feature);
	const mustBeOnTop = kind === "view" && feature.window?.isOnTop && !place.isPopup;
	return (
		<section ref={own} class="window-part" tabIndex={-1} data-window-part={feature.id} data-kind={kind}>
			{mustBeOnTop ? (
				<Button icon="open" onClick={() => workspace.window.open(call.id, feature.id)}>
					{t("open")}
				</Button>
			) : (
				<LoadedPart {...{ workspace, place, call, feature, kind }} />
			)}
		</section>
	);
}

function LoadedPart({ workspace, place, call, feature, kind }: PartsProps & Part) {
	const [View, setView] = useState<ComponentType<WindowPartView>>();
	const [hasFailed, setFailed] = useState(false);
	const load = () => {
		setFailed(false);
		const loading = kind === "view" ? feature.window?.load() : feature.card?.load();
		loading?.then(
			(view) => setView(() => view as ComponentType<WindowPartView>),
			() => setFailed(true),
		);
	};
	useEffect(load, [feature]);
	useOnceBack(workspace, hasFailed, load);
	if (View) return <View workspace={workspace} call={call} page={place.page} />;
	if (!hasFailed) return <Spinner label={t("loading")} />;
	return (
		<div class="ui-row" role="alert">
			<span class="ui-error ui-grow">{t("failed")}</span>
			<Button size="small" onClick={load}>
				{t("again")}
			</Button>
		</div>
	);
}

/** What was asked for is scrolled to and has the focus, so that the keyboard goes on from there. */
function useComingForward(
	own: { current: HTMLElement | null },
	{ window: shared }: Workspace,
	call: LiveInteraction,
	{ id }: FeatureManifest,
): void {
	const wanted = shared.forward.value;
	useEffect(() => {
		if (wanted?.callId !== call.id || !wanted.panels.some((name) => isPanel(name, id))) return;
		shared.forward.value = undefined;
		// To its start: what it shows may be on its way, and grow.
		own.current?.scrollIntoView({ block: "start" });
		own.current?.focus({ preventScroll: true });
	}, [wanted, call.id]);
}
