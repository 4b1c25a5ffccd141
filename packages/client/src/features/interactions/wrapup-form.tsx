import "./wrapup-form.css";
import { Badge, Button, formatDuration, Select, type SelectOption, TextArea } from "@inlay/ui";
import type { LiveInteraction } from "../../session/interaction.ts";
import { ReadinessLine } from "../../shell/readiness-line.tsx";
import { useModel } from "../../shell/use-model.ts";
import type { Workspace } from "../../shell/workspace.ts";
import { AfterCallWork } from "./after-call-work.ts";
import { t } from "./strings.ts";
import { isTalkedIn } from "./talked-in.ts";

/**
 * Code and notes from the first word of the call to Done; a call of no queue has notes only.
 * @param typed somebody types the note of a call that is over
 */
export function WrapupForm({
	workspace,
	call,
	typed,
}: {
	workspace: Workspace;
	call: LiveInteraction;
	typed: boolean;
}) {
	if (!call.needsWrapup && !isTalkedIn(call) && !typed) return null;
	return <Form workspace={workspace} call={call} typed={typed} />;
}

function Form({ workspace, call, typed }: { workspace: Workspace; call: LiveInteraction; typed: boolean }) {
	// Whoever takes a customer over after a consult works for a queue from then on, by its codes.
	const work = `${call.participantId} ${call.wrapupPrompt ?? ""}`;
	const model = useModel(() => new AfterCallWork(workspace, call), work);
	const remaining = model.remaining.value;
	const busy = workspace.busy.value.has(`wrapup.${call.id}`);
	return (
		<form
			class="wrapup ui-stack"
			data-now={call.needsWrapup ? "work" : "call"}
			onSubmit={(event) => {
				event.preventDefault();
				if (call.needsWrapup && !model.forced) void model.finish();
			}}
		>
			{call.needsWrapup && (
				<div class="ui-row">
					<h3 class="ui-grow">{t("wrapup")}</h3>
					{remaining === undefined ? (
						<Elapsed workspace={workspace} call={call} />
					) : (
						<Badge tone={remaining < 15_000 ? "bad" : "warn"}>
							{t("remaining", { time: formatDuration(remaining) })}
						</Badge>
					)}
				</div>
			)}
			{call.needsWrapup && workspace.phone.readiness.value === "wrappingUp" && <ReadinessLine workspace={workspace} />}
			{/* What is over is not changed any more: its note alone goes on, to the log. */}
			{(call.needsWrapup || (call.worksForQueue && !typed)) && <Codes model={model} />}
			<TextArea label={t("notes")} value={model.notes.value} rows={3} onInput={(notes) => model.write(notes)} />
			{call.needsWrapup && (
				<div class="ui-row">
					{/* What is chosen is kept however the work is left: Done says so. */}
					{model.optional && !model.chosen.value && <Button onClick={() => void model.skip()}>{t("skip")}</Button>}
					{remaining !== undefined && !model.noMoreTime.value && (
						<Button onClick={() => void model.extend()}>{t("moreTime")}</Button>
					)}
					<Button kind="primary" type="submit" icon="check" block busy={busy} disabled={model.forced} data-wrapup-done>
						{t(model.forced ? "doneLater" : "done")}
					</Button>
				</div>
			)}
		</form>
	);
}

/** How long the work after the call has taken; the call's own length stands above. */
function Elapsed({ workspace, call }: { workspace: Workspace; call: LiveInteraction }) {
	if (!call.acwStartTime) return null;
	const time = workspace.session.now.value - Date.parse(call.acwStartTime);
	return <span class="acw-clock ui-number ui-muted">{formatDuration(time)}</span>;
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
	// No news: it comes with every card.
	if (!model.codes.value) return <span class="ui-spinner" aria-hidden="true" />;
	return (
		<Select
			label={t("wrapupCode")}
			name="wrapupCode"
			value={model.chosen.value}
			error={model.codeMissing.value ? t("codeNeeded") : undefined}
			options={[{ value: "", text: placeholderOf(model), disabled: true }, ...codeOptions(model)]}
			onChange={(code) => model.choose(code)}
		/>
	);
}

function placeholderOf({ only }: AfterCallWork): string {
	return only === undefined ? t("chooseCode") : t("onlyCode", { code: only });
}

/** The codes used last come first. */
function codeOptions(model: AfterCallWork): SelectOption[] {
	const first = model.lastUsed;
	const others = (model.codes.value ?? []).filter((each) => !first.includes(each));
	return [...first, ...others].map((code) => ({ value: code.id, text: code.name ?? code.id }));
}
