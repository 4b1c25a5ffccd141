import "./window.css";
import { Button, EmptyState } from "@inlay/ui";
import { useEffect, useState } from "preact/hooks";
import type { LiveInteraction } from "../session/interaction.ts";
import { allFeatures } from "../shell/features.ts";
import { keepFocus } from "../shell/kept-focus.ts";
import { LazyPart } from "../shell/lazy-card.tsx";
import { Spoken } from "../shell/spoken-news.tsx";
import { ToastList } from "../shell/toast-list.tsx";
import type { Workspace } from "../shell/workspace.ts";
import { Facts } from "./facts.tsx";
import { hasWindowWork } from "./has-work.ts";
import { Parts } from "./parts.tsx";
import { t } from "./strings.ts";
import type { WindowPlace } from "./window-place.ts";

export interface WindowProps {
	workspace: Workspace;
	place: WindowPlace;
}

/** All that the window shows: which interaction, its facts and notes, and its work, side by side where there is room. */
export function WindowView({ workspace, place }: WindowProps) {
	const [typedId, setTypedId] = useState<string>();
	const { call: shown } = workspace.window;
	// Its call is over and done: it stays for as long as somebody types its note.
	const call = workspace.session.conversations.find(typedId) ?? shown.value;
	const name = call && workspace.nameOf(call);
	useEffect(() => {
		place.document.title = name ? t("windowTitle", { name }) : "Inlay";
	}, [name]);
	useEffect(() => keepFocus(place.document), [place]);
	if (workspace.session.isAway.value) return <p class="window-away">{t("away")}</p>;
	return (
		<div class="interaction-window" data-interaction-window={call?.id ?? ""} data-popup={place.isPopup}>
			{call ? (
				<>
					<Bar {...{ workspace, place, call }} />
					<div class="window-work">
						<div class="window-about">
							<Facts {...{ workspace, call }} onTyping={(isTyping) => setTypedId(isTyping ? call.id : undefined)} />
							<MoreFacts {...{ workspace, call }} />
						</div>
						<Work {...{ workspace, place, call }} />
					</div>
				</>
			) : (
				<EmptyState icon="headset" title={t("title")}>
					<p>{t("text")}</p>
				</EmptyState>
			)}
			{/* A screen reader reads what changes in the window that it is in; a frame's page has the panel's own. */}
			{place.isPopup && <Spoken workspace={workspace} />}
			<ToastList toasts={workspace.toasts} />
		</div>
	);
}

/** What features tell of the interaction. */
function MoreFacts({ workspace, call }: Omit<WindowProps, "place"> & { call: LiveInteraction }) {
	return (
		<>
			{allFeatures.map(({ id, facts }) =>
				facts?.shows(call, workspace) ? <LazyPart key={id} card={facts} workspace={workspace} call={call} /> : null,
			)}
		</>
	);
}

/** What there is to do is shown in one place. */
function Work({ workspace, place, call }: WindowProps & { call: LiveInteraction }) {
	const { window: shared } = workspace;
	if (shared.place.value === place) return <Parts {...{ workspace, place, call }} />;
	if (!hasWindowWork(workspace, call)) return null;
	const isElsewhere = shared.place.value !== undefined;
	return (
		<div class="ui-row window-elsewhere">
			<p class="ui-grow">{t(isElsewhere ? "inPopup" : "inPanel")}</p>
			<Button size="small" data-show-here onClick={() => (isElsewhere ? shared.bringBack() : shared.open(call.id))}>
				{t(isElsewhere ? "bringBack" : "showHere")}
			</Button>
		</div>
	);
}

/** The agent's interactions, and whether the window goes with what is selected. */
function Bar({ workspace, place, call }: WindowProps & { call: LiveInteraction }) {
	const { window: shared } = workspace;
	const listed = workspace.session.conversations.listed.value;
	const isPinned = shared.pinnedId.value === call.id;
	const choose = (id: string) => {
		if (shared.pinnedId.peek() !== undefined) shared.pinnedId.value = id;
		workspace.selectedId.value = id;
	};
	return (
		<header class="window-bar">
			{listed.length > 1 && (
				<nav aria-label={t("interactions")}>
					{listed.map((each) => (
						<button
							key={each.id}
							type="button"
							class="window-choice"
							data-choose={each.id}
							aria-current={each.id === call.id ? "true" : undefined}
							onClick={() => choose(each.id)}
						>
							<bdi>{workspace.nameOf(each) || t("unknown")}</bdi>
						</button>
					))}
				</nav>
			)}
			<div class="window-tools">
				<Button
					size="small"
					aria-pressed={isPinned}
					title={t("pinHint")}
					data-pin={isPinned}
					onClick={() => {
						shared.pinnedId.value = isPinned ? undefined : call.id;
					}}
				>
					{t("pin")}
				</Button>
				{shared.place.value === place && (
					<Button size="small" data-bring-back onClick={() => shared.bringBack()}>
						{t("bringBack")}
					</Button>
				)}
			</div>
		</header>
	);
}
