import "./interactions.css";
import { Button, EmptyState } from "@inlay/ui";
import { isOver, type LiveInteraction } from "../../session/interaction.ts";
import type { Workspace } from "../../shell/workspace.ts";
import { CallControls } from "./call-controls.tsx";
import { InteractionCard } from "./interaction-card.tsx";
import { t } from "./strings.ts";
import { WrapupForm } from "./wrapup-form.tsx";

/** Everything the agent has going on; the selected interaction opens in place with its controls. */
export function InteractionsView({ workspace }: { workspace: Workspace }) {
	const list = workspace.session.conversations.listed.value;
	if (list.length === 0) return <NothingGoingOn workspace={workspace} />;
	return (
		<ul class="interaction-list" aria-label={t("list")}>
			{list.map((call) => (
				<Entry key={call.id} workspace={workspace} call={call} open={call.id === workspace.selectedId.value} />
			))}
		</ul>
	);
}

function Entry({ workspace, call, open }: { workspace: Workspace; call: LiveInteraction; open: boolean }) {
	return (
		<li class="interaction" data-interaction={call.id} data-state={call.state} data-open={open}>
			<InteractionCard workspace={workspace} call={call} open={open} />
			{open && (
				<div class="interaction-body">
					<SoundState workspace={workspace} call={call} />
					{!isOver(call) && <CallControls workspace={workspace} call={call} />}
					{call.needsWrapup && <WrapupForm workspace={workspace} call={call} />}
				</div>
			)}
		</li>
	);
}

/** Says what the agent cannot hear: that the sound is not there yet, or has gone. */
function SoundState({ workspace, call }: { workspace: Workspace; call: LiveInteraction }) {
	const state = workspace.phone.states.value.get(call.id);
	if (state === "failed") {
		return (
			<p class="sound-state" data-tone="bad" role="alert">
				{t("soundFailed")}
			</p>
		);
	}
	if (state !== "connecting" || call.state !== "connected") return null;
	return (
		<p class="sound-state" role="status">
			{t("soundConnecting")}
		</p>
	);
}

function NothingGoingOn({ workspace }: { workspace: Workspace }) {
	const { presence, conversations } = workspace.session;
	if (!conversations.loaded.value) return null;
	const mayQueue = workspace.can("routing:agent:onqueue");
	const onQueue = presence.onQueue.value;
	const choice = presence.find("ON_QUEUE");
	return (
		<EmptyState icon="headset" title={t("empty")}>
			<p>{t(onQueue ? "emptyOnQueue" : mayQueue ? "emptyOffQueue" : "emptyNoQueue")}</p>
			<div class="empty-actions">
				{mayQueue && !onQueue && choice && (
					<Button
						kind="primary"
						data-go-on-queue
						busy={workspace.busy.value.has("status")}
						onClick={() => void workspace.attempt("status", () => presence.choose(choice))}
					>
						{t("goOnQueue")}
					</Button>
				)}
				<Button
					icon="keypad"
					onClick={() => {
						workspace.view.value = "new-interaction";
					}}
				>
					{t("dial")}
				</Button>
			</div>
		</EmptyState>
	);
}
