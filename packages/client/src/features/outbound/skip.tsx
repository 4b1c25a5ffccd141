import { Button, Menu } from "@inlay/ui";
import type { LiveInteraction } from "../../session/interaction.ts";
import type { Workspace } from "../../shell/workspace.ts";
import { attempt } from "./attempt.ts";
import { t } from "./strings.ts";

interface Props {
	workspace: Workspace;
	call: LiveInteraction;
	/** Of the campaign; where there are some, one of them is said, or none. */
	reasons: readonly string[];
}

/** Passes the contact over, at once or with a reason. */
export function Skip({ workspace, call, reasons }: Props) {
	const skip = (reason?: string) =>
		attempt(workspace, call, () =>
			workspace.session.api.post<void>(`/inlay/outbound/interactions/${call.id}/skip`, reason ? { reason } : {}),
		);
	if (reasons.length === 0)
		return (
			<Button data-outbound-skip busy={workspace.busy.value.has(`call-back.${call.id}`)} onClick={() => void skip()}>
				{t("skip")}
			</Button>
		);
	const items = [
		...reasons.map((text) => ({ id: text, text, onSelect: () => void skip(text) })),
		{ id: "", text: t("skipNoReason"), line: true, onSelect: () => void skip() },
	];
	return (
		<span data-outbound-skip>
			<Menu label={t("skip")} items={items} namedByContent>
				{t("skip")}
			</Menu>
		</span>
	);
}
