import { Button, Dialog, Select, TextField } from "@inlay/ui";
import { useState } from "preact/hooks";
import type { TransferTo } from "../../session/call-actions.ts";
import type { LiveInteraction } from "../../session/interaction.ts";
import type { Workspace } from "../../shell/workspace.ts";
import { t } from "./strings.ts";

/** Blind transfer to a number or a queue, as far as the agent's permissions go. */
export function TransferDialog({
	workspace,
	call,
	onClose,
}: {
	workspace: Workspace;
	call: LiveInteraction;
	onClose: () => void;
}) {
	const [number, setNumber] = useState("");
	const [queueId, setQueueId] = useState("");
	const [contextName, setContextName] = useState("");
	const may = (kind: string) =>
		workspace.can("conversation:communication:blindTransfer") ||
		workspace.can(`conversation:communication:blindTransfer${kind}`);
	const queues = workspace.session.queues.mine.value.filter((queue) => queue.id !== call.queueId);
	const contexts = workspace.config.value.settings.enableTransferContext ? workspace.transferContexts.value : [];
	const target: TransferTo | undefined = queueId ? { queueId } : number.trim() ? { address: number.trim() } : undefined;
	const transfer = async () => {
		if (!target) return;
		const context = contexts.find((each) => each.name === contextName);
		const done = await workspace.attempt(`transfer.${call.id}`, async () => {
			if (context) await workspace.session.actions.setAttributes(call, context.attributes);
			await workspace.session.actions.transfer(call, target);
			workspace.runtime.transferred("blindTransfer", call.id);
		});
		if (!done) return;
		const name = "address" in target ? target.address : (workspace.session.queues.nameOf(queueId) ?? "");
		workspace.toasts.show({ tone: "good", text: t("transferDone", { target: name }) });
		onClose();
	};
	return (
		<Dialog title={t("transferTitle")} closeLabel={t("close")} onClose={onClose}>
			<div class="ui-stack">
				{may("External") && (
					<TextField
						label={t("transferTo")}
						type="tel"
						value={number}
						disabled={queueId !== ""}
						onInput={setNumber}
						onEnter={() => void transfer()}
					/>
				)}
				{may("Queue") && queues.length > 0 && (
					<Select
						label={t("transferQueue")}
						value={queueId}
						options={[
							{ value: "", text: t("chooseQueue") },
							...queues.map((queue) => ({ value: queue.id, text: queue.name ?? queue.id })),
						]}
						onChange={setQueueId}
					/>
				)}
				{contexts.length > 0 && (
					<Select
						label={t("transferWorkspace")}
						value={contextName}
						options={[
							{ value: "", text: t("noWorkspace") },
							...contexts.map(({ name }) => ({ value: name, text: name })),
						]}
						onChange={setContextName}
					/>
				)}
				<p class="ui-hint">{t("transferHint")}</p>
				<Button
					kind="primary"
					icon="transfer"
					disabled={!target}
					busy={workspace.busy.value.has(`transfer.${call.id}`)}
					onClick={() => void transfer()}
				>
					{t("transferNow")}
				</Button>
			</div>
		</Dialog>
	);
}
