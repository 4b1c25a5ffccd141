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
	// Who is kept off the server says: in what was never answered to us there is nobody.
	const mark = () =>
		workspace.attempt(key, async () => {
			const { blocked } = await workspace.session.api.post<{ blocked?: string }>(`${pathOf(call.id)}/spam`);
			const text = blocked === undefined ? t("spamNobody") : t("spamBlocked", { address: blocked });
			workspace.toasts.show({ tone: "good", text }, 8000);
		});
	if (asks && writes)
		return (
			<div class="ui-stack" role="alertdialog" aria-label={t("spamAsk")} data-spam-asks>
				<p>{t("spamAsk")}</p>
				<div class="ui-row">
					<Button
						size="small"
						kind="bad"
						busy={isBusy}
						data-spam-yes
						onClick={() => void mark().then(() => ask(false))}
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
