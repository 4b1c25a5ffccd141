import { Button, Dialog, Icon, IconButton, Select, TextField } from "@inlay/ui";
import { useLayoutEffect, useRef } from "preact/hooks";
import { isWritten, type LiveInteraction } from "../../session/interaction.ts";
import { arrowKeys } from "../../shell/arrow-keys.ts";
import { TargetList } from "../../shell/target-list.tsx";
import { type Target, targetKey } from "../../shell/target-search.ts";
import { t as ofTargets } from "../../shell/target-strings.ts";
import { useModel } from "../../shell/use-model.ts";
import type { Workspace } from "../../shell/workspace.ts";
import { t as ofMessages } from "./message-strings.ts";
import { openTools } from "./open-tools.ts";
import { t } from "./strings.ts";
import { type Handing, TransferModel } from "./transfer-model.ts";

/** Hands over to, asks or brings in a colleague, a queue, a contact or a number, as far as the agent's permissions go. */
export function TransferDialog({ workspace, call }: { workspace: Workspace; call: LiveInteraction }) {
	const onClose = () => {
		openTools(call.id).transfer.value = false;
	};
	const model = useModel(() => new TransferModel(workspace, call), call.id);
	const chosen = model.chosen.value;
	const hand = async (handing: Handing) => {
		const name = await model.transfer(handing);
		if (name === undefined) return;
		// Whether it arrives is seen later, and told by the card: a transfer to somebody busy comes back.
		if (handing === "blind")
			workspace.toasts.show({ tone: "info", text: t("transferring", { target: name }), about: call.id });
		onClose();
	};
	const [first] = model.offered;
	const isMessages = isWritten(call);
	const body = useRef<HTMLDivElement>(null);
	useLayoutEffect(() => {
		// The row that was chosen has gone, and the focus with it; so has what took the choice back.
		if (body.current?.contains(document.activeElement)) return;
		body.current?.querySelector<HTMLElement>(chosen ? "[data-hand]:not(:disabled)" : "input")?.focus();
	}, [chosen]);
	return (
		<Dialog
			title={isMessages ? ofMessages("transferMessages") : t("transferTitle")}
			closeLabel={t("close")}
			onClose={onClose}
		>
			{/* biome-ignore lint/a11y/noStaticElementInteractions: it acts on nothing, the buttons in it do */}
			<div class="ui-stack" ref={body} onKeyDown={arrowKeys}>
				{chosen ? (
					<Chosen target={chosen} onClear={() => model.choose(undefined)} />
				) : (
					<TextField
						label={isMessages ? ofMessages("transferWho") : t(model.search.offers ? "transferTo" : "transferNumber")}
						name="transferTo"
						value={model.text.value}
						error={model.problem.value}
						onInput={(text) => model.input(text)}
						onEnter={() => first && model.mayDo(first) && void hand(first)}
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
				{!chosen && <Amongs model={model} />}
				{!chosen && !model.text.value && <Recents model={model} />}
				{!chosen && !model.text.value && <OwnQueues model={model} />}
				<Contexts model={model} />
				{model.refused.value ? (
					<p class="ui-error" role="alert" data-transfer-refused>
						{model.refused.value}
					</p>
				) : (
					model.offered.includes("blind") && (
						<p class="ui-hint">{isMessages ? ofMessages("transferMessagesHint") : t("transferHint")}</p>
					)
				)}
				<div class="ui-stack">
					{model.offered.map((handing) => (
						<Button
							key={handing}
							kind={handing === first ? "primary" : "plain"}
							icon={handingIcons[handing]}
							disabled={!model.mayDo(handing)}
							busy={workspace.busy.value.has(`transfer.${call.id}`)}
							data-hand={handing}
							data-transfer-now={handing === "blind" ? true : undefined}
							onClick={() => void hand(handing)}
						>
							{t(handingTexts[handing])}
						</Button>
					))}
				</div>
			</div>
		</Dialog>
	);
}

const handingIcons = { blind: "transfer", consult: "headset", add: "plus" } as const;
const handingTexts = { blind: "transferNow", consult: "consultFirst", add: "addParty" } as const;

function Chosen({ target, onClear }: { target: Target; onClear: () => void }) {
	return (
		<div class="target-chosen" role="status">
			<span class="ui-grow">
				<strong>{t("to", { name: target.name })}</strong>
				{target.kind === "person" && target.forwards && (
					<span class="ui-hint" data-forwards>
						{ofTargets("forwards")}
					</span>
				)}
			</span>
			<IconButton icon="close" kind="plain" label={t("chooseOther")} onClick={onClear} />
		</div>
	);
}

function Amongs({ model }: { model: TransferModel }) {
	if (model.amongs.length === 0) return null;
	return (
		<Select
			label={t("transferAmong")}
			value={model.among.value}
			options={model.amongs.map((value) => ({ value, text: t(`among_${value}`) }))}
			onChange={(value) => model.lookAmong(model.amongs.find((one) => one === value) ?? "all")}
		/>
	);
}

function Recents({ model }: { model: TransferModel }) {
	const { recent } = model;
	if (recent.length === 0) return null;
	return (
		<section aria-label={t("transferRecent")}>
			<p class="ui-hint">{t("transferRecent")}</p>
			<ul class="targets" data-recent-targets>
				{recent.map((one) => (
					<li key={targetKey(one)}>
						<button type="button" class="target" onClick={() => model.choose(one)}>
							<Icon name={one.kind === "queue" ? "users" : "user"} size={16} />
							<strong class="ui-clip">
								<bdi>{one.name}</bdi>
							</strong>
						</button>
					</li>
				))}
			</ul>
		</section>
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
