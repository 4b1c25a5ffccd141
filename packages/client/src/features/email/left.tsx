import { Button } from "@inlay/ui";
import { useAgainWhenBack } from "../../shell/again-when-back.ts";
import { ThrowAway } from "../../shell/throw-away.tsx";
import type { Workspace } from "../../shell/workspace.ts";
import type { LeftModel } from "./left-model.ts";
import { t } from "./strings.ts";

/** What was written and not sent when it ended: not lost, and not taken for sent (agent-features 0.1-5). */
export function Left({ workspace, model }: { workspace: Workspace; model: LeftModel }) {
	const draft = model.draft.value;
	useAgainWhenBack(workspace, model.why.value, () => model.load());
	if (!draft) return null;
	const isBusy = workspace.busy.value.has(model.busyKey);
	return (
		<div class="ui-stack" role="note" data-left-draft>
			<p class="ui-hint">{t("unsent")}</p>
			<p class="mail-text">{draft.text}</p>
			{draft.attachments.length > 0 && <p class="ui-hint">{draft.attachments.map(({ name }) => name).join(", ")}</p>}
			<div class="ui-row">
				{workspace.can("conversation:email:create") && (
					<Button size="small" kind="primary" busy={isBusy} data-go-on onClick={() => void model.goOn()}>
						{t("goOn")}
					</Button>
				)}
				<ThrowAway busy={isBusy} onYes={() => void model.discard()} />
			</div>
		</div>
	);
}
