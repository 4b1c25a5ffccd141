import "./timeline.css";
import { Button, Icon } from "@inlay/ui";
import type { LiveInteraction } from "../../session/interaction.ts";
import { useAgainWhenBack } from "../../shell/again-when-back.ts";
import { useModel } from "../../shell/use-model.ts";
import type { Workspace } from "../../shell/workspace.ts";
import { t } from "./strings.ts";
import { TimelineModel } from "./timeline-model.ts";

/** Says that there is something to read, and opens the window in which it stands. Where there is nothing, nothing is said. */
export function TimelineCard({ workspace, call }: { workspace: Workspace; call: LiveInteraction }) {
	const model = useModel(() => new TimelineModel(workspace, call, { isKept: true }), call.id);
	const earlier = model.earlier.value;
	useAgainWhenBack(workspace, model.why.value, () => model.load());
	if (typeof earlier === "string" || earlier.length === 0) return null;
	return (
		<section class="ui-row timeline-offer" aria-label={t("title")} data-earlier={earlier.length}>
			<Icon name="clock" size={16} />
			<span class="ui-grow ui-muted">{t("earlier", { count: model.count })}</span>
			<Button size="small" kind="quiet" icon="open" data-show-earlier onClick={() => workspace.window.open(call.id)}>
				{t("show")}
			</Button>
		</section>
	);
}
