import "./screen-share.css";
import { screenSharePermission } from "@inlay/contract/screen-share";
import { Button } from "@inlay/ui";
import type { LiveInteraction } from "../../session/interaction.ts";
import { rightsThere } from "../../session/rights-there.ts";
import { useModel } from "../../shell/use-model.ts";
import type { Workspace } from "../../shell/workspace.ts";
import { isAtPage, screenOf } from "./scene.ts";
import { screenPath } from "./screen-model.ts";
import { stateText } from "./state-text.ts";
import { t } from "./strings.ts";

/** What the agent does with screens from the card; the picture itself is in the interaction window. */
export function ScreenCard({ workspace, call }: { workspace: Workspace; call: LiveInteraction }) {
	const scene = screenOf(call);
	const may = useModel(() => rightsThere(workspace.session)).may(call, screenSharePermission);
	const name = workspace.nameOf(call) || t("they");
	const { api } = workspace.session;
	const key = `screen.${call.id}`;
	const begin = (shows: "customer" | "agent") => {
		// In the click itself: later the browser would block the window.
		workspace.window.open(call.id, "screen-share");
		void workspace.attempt(key, () => api.post(`/inlay/conversations/${call.id}/screenshares`, { shows }));
	};
	const stop = (shareId: string) =>
		void workspace.attempt(key, () => api.patch(screenPath(call.id, shareId), { state: "ended" }));
	if (!may && !scene) return null;
	return (
		<section class="screen-share" aria-label={t("title")} data-screen={scene?.share.inlayState ?? "none"}>
			{scene && (
				<p class="ui-hint" role="status" data-screen-text>
					<bdi>{stateText(scene, name)}</bdi>
				</p>
			)}
			<div class="screen-share-acts">
				{scene?.isLive ? (
					<>
						{may && (
							<Button size="small" icon="open" onClick={() => workspace.window.open(call.id, "screen-share")}>
								{t("open")}
							</Button>
						)}
						{scene.isOwn && (
							<Button
								size="small"
								icon="close"
								busy={workspace.busy.value.has(key)}
								data-screen-stop
								onClick={() => stop(scene.share.context)}
							>
								{t("stop")}
							</Button>
						)}
					</>
				) : (
					may &&
					isAtPage(call) && (
						<>
							<Button
								size="small"
								icon="incoming"
								busy={workspace.busy.value.has(key)}
								data-screen-ask
								onClick={() => begin("customer")}
							>
								{t("ask")}
							</Button>
							<Button size="small" icon="outgoing" data-screen-show onClick={() => begin("agent")}>
								{t("show")}
							</Button>
						</>
					)
				)}
			</div>
		</section>
	);
}
