import type { OutboundPreview } from "@inlay/contract";
import { Button } from "@inlay/ui";
import type { LiveInteraction } from "../../session/interaction.ts";
import type { Workspace } from "../../shell/workspace.ts";
import { attempt } from "./attempt.ts";
import { t } from "./strings.ts";

interface Props {
	workspace: Workspace;
	call: LiveInteraction;
	preview: OutboundPreview;
	/** What is shown is another than before. */
	reload: () => void;
}

/** Nobody calls the number, or the contact, any more: one press, also while one talks (agent-features 18). */
export function Deeds({ workspace, call, preview: { actions, numbers }, reload }: Props) {
	const { api } = workspace.session;
	const isForbidden = numbers.length > 0 && numbers.every((one) => one.isForbidden);
	const offered = actions.filter((one) => one !== "doNotCall" || !isForbidden);
	if (offered.length === 0) return null;
	const act = async (action: (typeof offered)[number]) => {
		const work = () =>
			action === "doNotCall"
				? api.post<void>(`/outbound/conversations/${call.id}/dnc`, {})
				: api.post<void>(`/inlay/outbound/interactions/${call.id}/remove`, {});
		if (!(await attempt(workspace, call, work))) return;
		workspace.toasts.show({ tone: "good", text: t(`${action}Done`) }, 5000);
		reload();
	};
	return (
		<div class="outbound-deeds">
			{offered.map((action) => (
				<Button
					key={action}
					size="small"
					data-outbound-deed={action}
					busy={workspace.busy.value.has(`call-back.${call.id}`)}
					onClick={() => void act(action)}
				>
					{t(action)}
				</Button>
			))}
		</div>
	);
}
