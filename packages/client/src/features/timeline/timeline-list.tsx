import "./timeline.css";
import { Icon, type IconName, oneLine, Spinner } from "@inlay/ui";
import type { LiveInteraction } from "../../session/interaction.ts";
import { useAgainWhenBack } from "../../shell/again-when-back.ts";
import { NotLoaded } from "../../shell/not-loaded.tsx";
import { useModel } from "../../shell/use-model.ts";
import { whenText } from "../../shell/when-text.ts";
import type { Workspace } from "../../shell/workspace.ts";
import { t } from "./strings.ts";
import { type TimelineEntry, TimelineModel } from "./timeline-model.ts";

const icons: Readonly<Record<TimelineEntry["mediaType"], IconName>> = {
	call: "phone",
	callback: "clock",
	email: "inbox",
	message: "message",
	webchat: "message",
};

/** All that there was with the customer, newest first. */
export function TimelineList({ workspace, call }: { workspace: Workspace; call: LiveInteraction }) {
	const model = useModel(() => new TimelineModel(workspace, call), call.id);
	useAgainWhenBack(workspace, model.why.value, () => model.load());
	return (
		<section class="timeline ui-stack" aria-labelledby="timeline">
			<h2 id="timeline">{t("title")}</h2>
			<Entries model={model} now={workspace.session.time.now()} />
		</section>
	);
}

function Entries({ model, now }: { model: TimelineModel; now: number }) {
	const earlier = model.earlier.value;
	if (earlier === "loading") return <Spinner label={t("loading")} />;
	if (earlier === "failed") return <NotLoaded text={t("failed")} load={() => model.load()} />;
	if (earlier.length === 0) return <p class="ui-hint">{t("none")}</p>;
	return (
		<ul>
			{earlier.map((entry) => (
				<Entry key={entry.id} entry={entry} now={now} />
			))}
		</ul>
	);
}

function Entry({ entry, now }: { entry: TimelineEntry; now: number }) {
	const { id, mediaType, direction, startTime, endTime, subject, queue, users, wrapup } = entry;
	const way = t(direction === "inbound" ? "incoming" : "outgoing");
	const how = endTime && users.length === 0 ? t("notTaken") : endTime ? "" : t("goesOn");
	const names = users.flatMap(({ name }) => name ?? []).join(", ");
	return (
		<li data-entry={id} data-media={mediaType}>
			<Icon name={icons[mediaType]} size={16} />
			<span class="ui-grow">
				<strong>
					<bdi>{subject ?? t(mediaType)}</bdi>
				</strong>
				<span class="ui-muted timeline-facts">
					{oneLine([whenText(startTime, now), way, how, queue?.name ?? "", names, wrapup?.name ?? ""])}
				</span>
				{wrapup?.notes && <span class="timeline-note">{wrapup.notes}</span>}
			</span>
		</li>
	);
}
