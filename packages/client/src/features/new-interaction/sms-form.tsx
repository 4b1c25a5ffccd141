import "./dial.css";
import { Button, Select, Spinner, TextField } from "@inlay/ui";
import { useAgainWhenBack } from "../../shell/again-when-back.ts";
import { NotLoaded } from "../../shell/not-loaded.tsx";
import { dateText } from "../../shell/refusal-text.ts";
import type { Workspace } from "../../shell/workspace.ts";
import type { SmsModel } from "./sms-model.ts";
import { t } from "./sms-strings.ts";

/** To whom, and on whose behalf; what is written comes with the conversation. */
export function SmsForm({ workspace, model }: { workspace: Workspace; model: SmsModel }) {
	const queues = model.queues.value;
	useAgainWhenBack(workspace, model.why.value, () => model.load());
	if (model.failed.value) {
		return <NotLoaded text={t("smsFailed")} load={() => model.load()} place="dial" />;
	}
	if (!queues) return <Spinner label={t("sms")} />;
	if (queues.length === 0) return <p class="dial ui-hint">{t("smsNone")}</p>;
	const number = model.number.value;
	const shown = number && workspace.numbers.show(number);
	return (
		<form
			class="dial ui-stack"
			onSubmit={(event) => {
				event.preventDefault();
				void model.compose();
			}}
		>
			<TextField
				label={t("smsTo")}
				type="tel"
				name="smsTo"
				value={model.text.value}
				hint={shown && shown !== model.text.value.trim() ? <bdi>{shown}</bdi> : undefined}
				onInput={(text) => model.input(text)}
			/>
			<Select
				label={t("smsQueue")}
				name="smsQueue"
				value={model.queueId.value}
				options={[
					{ value: "", text: t("smsChoose"), disabled: true },
					...queues.map(({ id, name, address, addresses }) => ({
						value: id,
						text: addresses ? name : `${name} · ${workspace.numbers.show(address)}`,
					})),
				]}
				onChange={(id) => model.choose(id)}
			/>
			{model.numbers.length > 0 && (
				<Select
					label={t("smsFrom")}
					name="smsFrom"
					value={model.from.value || (model.numbers[0] ?? "")}
					options={model.numbers.map((value) => ({ value, text: workspace.numbers.show(value) }))}
					onChange={(address) => model.chooseFrom(address)}
				/>
			)}
			{model.refused.value && (
				<p class="ui-error" role="alert" data-refused>
					{model.refused.value}
				</p>
			)}
			{model.openSince.value !== undefined ? (
				<GoOn workspace={workspace} model={model} since={model.openSince.value} />
			) : (
				<Button
					kind="good"
					icon="message"
					type="submit"
					block
					busy={workspace.busy.value.has("compose")}
					disabled={!model.isReady}
					data-compose
				>
					{t("smsCompose")}
				</Button>
			)}
		</form>
	);
}

function GoOn({ workspace, model, since }: { workspace: Workspace; model: SmsModel; since: string }) {
	return (
		<fieldset class="dial-go-on ui-stack" aria-live="assertive" data-go-on>
			<legend>{t("smsGoOn", { date: dateText(since) })}</legend>
			<div class="ui-row">
				<Button
					kind="good"
					autofocus
					busy={workspace.busy.value.has("compose")}
					data-go-on-yes
					onClick={() => void model.compose(true)}
				>
					{t("smsYes")}
				</Button>
				<Button
					onClick={() => {
						model.openSince.value = undefined;
					}}
				>
					{t("smsNo")}
				</Button>
			</div>
		</fieldset>
	);
}
