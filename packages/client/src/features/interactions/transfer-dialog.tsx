import { Button, Dialog, IconButton, Select, TextField } from "@inlay/ui";
import type { LiveInteraction } from "../../session/interaction.ts";
import { TargetList } from "../../shell/target-list.tsx";
import type { Target } from "../../shell/target-search.ts";
import { useModel } from "../../shell/use-model.ts";
import type { Workspace } from "../../shell/workspace.ts";
import { t } from "./strings.ts";
import { TransferModel } from "./transfer-model.ts";

/** Blind transfer to a colleague, a queue, a contact or a number, as far as the agent's permissions go. */
export function TransferDialog({
	workspace,
	call,
	onClose,
}: {
	workspace: Workspace;
	call: LiveInteraction;
	onClose: () => void;
}) {
	const model = useModel(() => new TransferModel(workspace, call), call.id);
	const chosen = model.chosen.value;
	const transfer = async () => {
		const name = await model.transfer();
		if (name === undefined) return;
		// Whether it arrives is seen later, and told by the card: a transfer to somebody busy comes back.
		workspace.toasts.show({ tone: "info", text: t("transferring", { target: name }) });
		onClose();
	};
	return (
		<Dialog title={t("transferTitle")} closeLabel={t("close")} onClose={onClose}>
			<div class="ui-stack">
				{chosen ? (
					<Chosen target={chosen} onClear={() => model.choose(undefined)} />
				) : (
					<TextField
						label={t(model.search.offers ? "transferTo" : "transferNumber")}
						name="transferTo"
						value={model.text.value}
						error={model.problem.value}
						onInput={(text) => model.input(text)}
						onEnter={() => void transfer()}
					/>
				)}
				{!chosen && (
					<TargetList
						search={model.search}
						onChoose={(target) => model.choose(target)}
						show={(number) => workspace.numbers.show(number)}
						isCallable={workspace.numbers.read(model.text.value)?.kind === "number"}
					/>
				)}
				{!chosen && !model.text.value && <OwnQueues model={model} />}
				<Contexts model={model} />
				{model.refused.value ? (
					<p class="ui-error" role="alert" data-transfer-refused>
						{model.refused.value}
					</p>
				) : (
					<p class="ui-hint">{t("transferHint")}</p>
				)}
				<Button
					kind="primary"
					icon="transfer"
					disabled={!model.to.value}
					busy={workspace.busy.value.has(`transfer.${call.id}`)}
					data-transfer-now
					onClick={() => void transfer()}
				>
					{t("transferNow")}
				</Button>
			</div>
		</Dialog>
	);
}

function Chosen({ target, onClear }: { target: Target; onClear: () => void }) {
	return (
		<div class="target-chosen" role="status">
			<strong class="ui-grow">{t("to", { name: target.name })}</strong>
			<IconButton icon="close" kind="plain" label={t("chooseOther")} onClick={onClear} />
		</div>
	);
}

function OwnQueues({ model }: { model: TransferModel }) {
	const { queues } = model;
	if (queues.length === 0) return null;
	const choose = (id: string) => model.choose(queues.find((each) => each.kind === "queue" && each.id === id));
	return (
		<Select
			label={t("transferQueue")}
			value=""
			options={[
				{ value: "", text: t("chooseQueue") },
				...queues.flatMap((each) => (each.kind === "queue" ? { value: each.id, text: each.name } : [])),
			]}
			onChange={choose}
		/>
	);
}

function Contexts({ model }: { model: TransferModel }) {
	if (model.contexts.length === 0) return null;
	return (
		<Select
			label={t("transferWorkspace")}
			value={model.context.value}
			options={[
				{ value: "", text: t("noWorkspace") },
				...model.contexts.map(({ name }) => ({ value: name, text: name })),
			]}
			onChange={(name) => {
				model.context.value = name;
			}}
		/>
	);
}
