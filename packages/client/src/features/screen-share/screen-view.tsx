import "./screen-share.css";
import { screenSharePermission } from "@inlay/contract/screen-share";
import { Button } from "@inlay/ui";
import { useEffect, useRef } from "preact/hooks";
import { rightsThere } from "../../session/rights-there.ts";
import type { WindowPartView } from "../../shell/feature.ts";
import { useModel } from "../../shell/use-model.ts";
import { type ScreenScene, screenOf } from "./scene.ts";
import { ScreenModel } from "./screen-model.ts";
import { stateText } from "./state-text.ts";
import { t } from "./strings.ts";

/** The shared screen in the interaction window: the customer's to see, or the agent's own to show. */
export function ScreenView(view: WindowPartView) {
	const scene = screenOf(view.call);
	const rights = useModel(() => rightsThere(view.workspace.session));
	// A colleague's, which is shown to who might ask for it here.
	if (!scene?.isLive || (!scene.isOwn && !rights.may(view.call, screenSharePermission))) return null;
	return <Screen key={scene.share.context} {...view} scene={scene} />;
}

function Screen({ workspace, call, page, scene }: WindowPartView & { scene: ScreenScene }) {
	const { share } = scene;
	const model = useModel(() => new ScreenModel(workspace, call, share.context, page), share.context);
	const isShowing = share.inlayShows === "agent" && scene.isOwn;
	const isSeen = !isShowing && (share.inlayState === "sharing" || share.inlayState === "paused");
	const name = workspace.nameOf(call) || t("they");
	useEffect(() => {
		if (isSeen) void model.see();
	}, [isSeen]);
	useEffect(() => () => endWithWindow(model, page), [model]);
	return (
		<section class="screen-view" aria-label={t("title")} data-screen-view={share.inlayState}>
			<p role="status">
				<bdi>{stateText(scene, name)}</bdi>{" "}
				{model.size.value && (
					<span class="ui-hint" data-screen-size>
						{t("size", texts(model.size.value))}
					</span>
				)}
			</p>
			{model.isAway.value && (
				<p class="ui-hint" role="status">
					{t("away")}
				</p>
			)}
			{model.isRefused.value && (
				<p class="ui-error" role="alert">
					{t("refused")}
				</p>
			)}
			{isSeen && !model.stream.value && !model.isAway.value && <p class="ui-hint">{t("connecting")}</p>}
			<Picture
				model={model}
				label={isShowing ? t("own") : t("picture", { name })}
				isPaused={share.inlayState === "paused" || model.isAway.value}
			/>
			<div class="screen-share-acts">
				{isShowing && <Showing model={model} state={share.inlayState} />}
				{scene.isOwn && (
					<Button icon="close" onClick={() => void model.end()} data-screen-end>
						{t("stop")}
					</Button>
				)}
			</div>
		</section>
	);
}

function Showing({ model, state }: { model: ScreenModel; state: string }) {
	if (state === "choosing")
		return (
			<Button kind="primary" icon="outgoing" onClick={() => void model.choose()} data-screen-choose>
				{t("choose")}
			</Button>
		);
	const isPaused = state === "paused";
	return (
		<>
			<Button icon={isPaused ? "play" : "hold"} onClick={() => void model.pause(!isPaused)} data-screen-pause>
				{t(isPaused ? "goOn" : "pause")}
			</Button>
			<Button icon="refresh" onClick={() => void model.choose()}>
				{t("another")}
			</Button>
		</>
	);
}

function Picture({ model, label, isPaused }: { model: ScreenModel; label: string; isPaused: boolean }) {
	const video = useRef<HTMLVideoElement>(null);
	const stream = model.stream.value;
	useEffect(() => {
		const element = video.current;
		if (!element || !stream) return;
		element.srcObject = stream;
		void element.play().catch(() => {});
	}, [stream]);
	if (!stream) return null;
	return (
		<video
			ref={video}
			class={isPaused ? "screen-picture screen-paused" : "screen-picture"}
			aria-label={label}
			muted
			playsInline
			onResize={({ currentTarget: { videoWidth: width, videoHeight: height } }) => {
				model.size.value = width ? { width, height } : undefined;
			}}
		/>
	);
}

/** A window that is closed ends what was shown in it; one that only shows something else leaves it ten seconds (SS-7). */
function endWithWindow(model: ScreenModel, page: Window): void {
	setTimeout(() => page.closed && void model.end(), 300);
}

function texts({ width, height }: { width: number; height: number }) {
	return { width: String(width), height: String(height) };
}
