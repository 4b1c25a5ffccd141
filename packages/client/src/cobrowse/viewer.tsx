import "./viewer.css";
import { render } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import type { ViewerText } from "../features/cobrowse/viewer-texts.ts";
import { Glass } from "./glass.tsx";
import { Stage } from "./stage.ts";
import { ViewerModel } from "./viewer-model.ts";

/** The viewer: a document of its own, in which nothing runs but this (agent-features 12). */
function Viewer({ model }: { model: ViewerModel }) {
	const root = useRef<HTMLDivElement>(null);
	const [stage, setStage] = useState<Stage>();
	const [isDrawing, setDrawing] = useState(false);
	useEffect(() => {
		if (!root.current) return;
		const made = new Stage(root.current);
		setStage(made);
		model.onEvents = (events) => made.take(events);
		model.start();
	}, []);
	const cover = coverOf(model);
	return (
		<div class="viewer" data-viewer={model.state.value}>
			<Bar model={model} isDrawing={isDrawing} draw={setDrawing} />
			<div class="viewer-stage">
				<div class="viewer-root" ref={root} inert />
				{stage && !cover && <Glass model={model} stage={stage} isDrawing={isDrawing} />}
				{cover && (
					<div class="viewer-cover" role="status" data-viewer-cover>
						<p>{model.t(cover)}</p>
						{cover === "viewElsewhere" && (
							<button type="button" data-viewer-here onClick={() => model.takeHere()}>
								{model.t("viewHere")}
							</button>
						)}
					</div>
				)}
			</div>
		</div>
	);
}

/** What stands before the page, where it is not to be seen. */
function coverOf(model: ViewerModel): ViewerText | undefined {
	if (model.state.value === "ended") return "viewEnded";
	if (model.state.value === "asking") return "viewAsking";
	if (model.state.value === "elsewhere") return "viewElsewhere";
	if (model.state.value === "away") return "viewAway";
	if (model.pause.value !== "no") return model.pause.value === "rule" ? "viewRulePaused" : "viewPaused";
	if (model.pace.value === "tooBig") return "viewTooBig";
	return model.state.value === "waiting" ? "viewWaiting" : undefined;
}

function Bar({ model, isDrawing, draw }: { model: ViewerModel; isDrawing: boolean; draw: (is: boolean) => void }) {
	const isOver = ["ended", "asking", "elsewhere"].includes(model.state.value);
	const isOffline = !model.isOnline.value;
	const { control, navigation } = model.allowed.value;
	const may = model.may.value;
	const isLive = model.state.value === "live" && model.pause.value === "no" && !isOffline;
	return (
		<div class="viewer-bar" role="toolbar" aria-label={model.t("viewTitle")}>
			<p>
				<bdi data-viewer-address>{model.address.value}</bdi> <span role="status">{noteOf(model)}</span>
			</p>
			{!isOver && (
				<>
					{may.control && isLive && (
						<Ask model={model} what="control" isAllowed={control} text={control ? "viewRelease" : "viewAskControl"} />
					)}
					{may.navigation && isLive && !navigation && (
						<Ask model={model} what="navigation" isAllowed={false} text="viewAskNavigation" />
					)}
					{navigation &&
						(["back", "forward", "reload"] as const).map((to) => (
							<button key={to} type="button" onClick={() => model.send({ type: "navigate", to })}>
								{model.t(to === "back" ? "viewBack" : to === "forward" ? "viewForward" : "viewReload")}
							</button>
						))}
					{may.draw && isLive && (
						<button type="button" aria-pressed={isDrawing} onClick={() => draw(!isDrawing)}>
							{model.t("viewDraw")}
						</button>
					)}
					<button type="button" disabled={isOffline} onClick={() => model.send({ type: "again" })}>
						{model.t("viewAgain")}
					</button>
					<button type="button" class="viewer-end" disabled={isOffline} onClick={() => model.send({ type: "end" })}>
						{model.t("viewEnd")}
					</button>
				</>
			)}
		</div>
	);
}

function Ask(props: { model: ViewerModel; what: "control" | "navigation"; isAllowed: boolean; text: ViewerText }) {
	const { model, what, isAllowed, text } = props;
	return (
		<button
			type="button"
			disabled={model.asked.value === what}
			onClick={() => (isAllowed ? model.send({ type: "release", what }) : model.ask(what))}
		>
			{model.t(text)}
		</button>
	);
}

/** How things stand, in one sentence. */
function noteOf(model: ViewerModel): string {
	if (model.refused.value) return model.t(model.refused.value);
	if (!model.isOnline.value) return model.t("viewOffline");
	if (model.state.value !== "live" || model.pause.value !== "no") return "";
	if (model.asked.value) return model.t("viewAsked");
	if (model.isControlling.value) return model.t("viewControl");
	return model.t(model.pace.value === "stills" ? "viewStills" : "viewHidden");
}

const conversationId = decodeURIComponent(location.hash.slice(1));
const place = document.getElementById("inlay");
if (place) render(<Viewer model={new ViewerModel(conversationId)} />, place);
