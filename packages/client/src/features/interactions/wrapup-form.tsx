import { Badge, Button, formatDuration, Select, Spinner, TextArea } from "@inlay/ui";
import type { LiveInteraction } from "../../session/interaction.ts";
import { useModel } from "../../shell/use-model.ts";
import type { Workspace } from "../../shell/workspace.ts";
import { AfterCallWork } from "./after-call-work.ts";
import { t } from "./strings.ts";

/** The form of after-call work. */
export function WrapupForm({ workspace, call }: { workspace: Workspace; call: LiveInteraction }) {
	const model = useModel(() => new AfterCallWork(workspace, call), call.id);
	const remaining = model.remaining.value;
	const busy = workspace.busy.value.has(`wrapup.${call.id}`);
	return (
		<form
			class="wrapup ui-stack"
			onSubmit={(event) => {
				event.preventDefault();
				void model.finish();
			}}
		>
			<div class="ui-row">
				<h3 class="ui-grow">{t("wrapup")}</h3>
				{remaining !== undefined && (
					<Badge tone={remaining < 15_000 ? "bad" : "warn"}>
						{t("remaining", { time: formatDuration(remaining) })}
					</Badge>
				)}
			</div>
			<Codes model={model} />
			<TextArea label={t("notes")} value={model.notes.value} rows={3} onInput={(notes) => model.write(notes)} />
			<div class="ui-row">
				{model.optional && <Button onClick={() => void model.skip()}>{t("skip")}</Button>}
				<Button kind="primary" type="submit" icon="check" block busy={busy} data-wrapup-done>
					{t("done")}
				</Button>
			</div>
		</form>
	);
}

function Codes({ model }: { model: AfterCallWork }) {
	if (model.failed.value) {
		return (
			<div class="ui-row" role="alert">
				<span class="ui-error ui-grow">{t("noCodes")}</span>
				<Button size="small" onClick={() => model.load()}>
					{t("reload")}
				</Button>
			</div>
		);
	}
	const codes = model.codes.value;
	if (!codes) return <Spinner label={t("wrapupCode")} />;
	return (
		<Select
			label={t("wrapupCode")}
			name="wrapupCode"
			value={model.code.value}
			error={model.codeMissing.value ? t("codeNeeded") : undefined}
			options={[
				{ value: "", text: t("chooseCode"), disabled: true },
				...codes.map((code) => ({ value: code.id, text: code.name ?? code.id })),
			]}
			onChange={(code) => model.choose(code)}
		/>
	);
}
