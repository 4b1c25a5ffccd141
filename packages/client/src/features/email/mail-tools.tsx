import { Button } from "@inlay/ui";
import { useState } from "preact/hooks";
import type { LiveInteraction } from "../../session/interaction.ts";
import type { Workspace } from "../../shell/workspace.ts";
import { pathOf } from "./mail.ts";
import { t } from "./strings.ts";

interface ToolsProps {
	workspace: Workspace;
	call: LiveInteraction;
	/** The agent has it in hand. */
	writes: boolean;
}

/** What is done with a thread beside answering it (agent-features 8.2). */
export function MailTools({ workspace, call, writes }: ToolsProps) {
	const [asks, ask] = useState(false);
	const key = `mail.${call.id}.tools`;
	const isBusy = workspace.busy.value.has(key);
	const print = () =>
		workspace.attempt(key, async () => {
			const { printThread } = await import("./print.ts");
			await printThread(workspace.session.api, call.id);
		});
	if (asks && writes)
		return (
			<div
				class="ui-stack"
				role="alertdialog"
				aria-label={t("spamAsk", { address: call.remoteAddress })}
				data-spam-asks
			>
				<p>{t("spamAsk", { address: call.remoteAddress })}</p>
				<div class="ui-row">
					<Button
						size="small"
						kind="bad"
						busy={isBusy}
						data-spam-yes
						onClick={() =>
							void workspace
								.attempt(key, () => workspace.session.api.post(`${pathOf(call.id)}/spam`))
								.then(() => ask(false))
						}
					>
						{t("spam")}
					</Button>
					<Button size="small" data-spam-no onClick={() => ask(false)}>
						{t("spamNo")}
					</Button>
				</div>
			</div>
		);
	return (
		<div class="ui-row mail-tools">
			<Button size="small" busy={isBusy} data-print onClick={() => void print()}>
				{t("print")}
			</Button>
			{writes && (
				<Button size="small" data-spam onClick={() => ask(true)}>
					{t("spam")}
				</Button>
			)}
		</div>
	);
}
