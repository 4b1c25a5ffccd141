import { Banner, Button, Checkbox, IconButton, Select, Spinner, TextField } from "@inlay/ui";
import { useLayoutEffect, useState } from "preact/hooks";
import { useAgainWhenBack } from "../../shell/again-when-back.ts";
import { NotLoaded } from "../../shell/not-loaded.tsx";
import type { Workspace } from "../../shell/workspace.ts";
import { ForwardingForm, mostSteps, mostTargets, type StepFields } from "./forwarding-form.ts";
import { type After, forwardingOf } from "./forwarding-state.ts";
import { refusalOf } from "./refusal.ts";
import { t } from "./strings.ts";

/** Above the work while calls go elsewhere. */
export function ForwardingStrip({ workspace }: { workspace: Workspace }) {
	const state = forwardingOf(workspace);
	const value = state.value.value;
	if (!value?.enabled) return null;
	const off = (
		<Button
			size="small"
			busy={workspace.busy.value.has("forwarding.off")}
			data-forwarding-off
			onClick={() => void workspace.attempt("forwarding.off", () => state.switchOff())}
		>
			{t("off")}
		</Button>
	);
	const where = state.summary(value, { myPhone: t("myPhone") });
	return (
		<Banner tone="info" icon="outgoing" action={off}>
			<bdi data-forwarding-strip>{where ? t("goTo", { where }) : t("goNowhere")}</bdi>
			<NotCalled workspace={workspace} />
		</Banner>
	);
}

/** What stood there before the organization narrowed its limits. */
function NotCalled({ workspace }: { workspace: Workspace }) {
	const numbers = forwardingOf(workspace).value.value?.inlayNotCalled ?? [];
	if (numbers.length === 0) return null;
	const shown = numbers.map((number) => workspace.numbers.show(number)).join(", ");
	return (
		<span class="forwarding-not-called" data-not-called>
			{t("notCalled", { number: shown })}
		</span>
	);
}

/** Where direct calls go: a switch, steps, and what comes after them. */
export function ForwardingSection({ workspace }: { workspace: Workspace }) {
	const state = forwardingOf(workspace);
	const [form] = useState(() => new ForwardingForm(() => workspace.session.station.associated.peek()?.id));
	const value = state.value.value;
	// Before anybody can have pressed anything: what is pressed while it loads would be taken back.
	useLayoutEffect(() => value && form.take(value), [value, form]);
	useAgainWhenBack(workspace, state.why.value, () => state.load());
	if (!state.mayView) return null;
	return (
		<section class="settings-section ui-stack" data-forwarding>
			<h2>{t("title")}</h2>
			{value ? (
				<Form workspace={workspace} form={form} />
			) : state.failed.value ? (
				<NotLoaded text={t("failed")} load={() => state.load()} />
			) : (
				<Spinner label={t("loading")} />
			)}
		</section>
	);
}

function Form({ workspace, form }: { workspace: Workspace; form: ForwardingForm }) {
	const state = forwardingOf(workspace);
	const readOnly = !state.mayEdit;
	const steps = form.steps.value;
	const problem = form.problem.value;
	const save = async () => {
		if (!(await form.save((wish) => state.save(wish)))) return;
		const saved = state.value.value;
		const where = saved ? state.summary(saved, { myPhone: t("myPhone") }) : "";
		const text = saved?.enabled ? t("saved", { where }) : t("savedOff");
		workspace.toasts.show({ tone: "good", text }, 4000);
	};
	return (
		<form
			class="ui-stack"
			onSubmit={(event) => {
				event.preventDefault();
				void workspace.attempt("forwarding.save", save);
			}}
		>
			<p class="ui-hint">{t(readOnly ? "readOnly" : "hint")}</p>
			<Checkbox
				label={t("forward")}
				checked={form.enabled.value}
				disabled={readOnly}
				onChange={(on) => {
					form.touch();
					form.enabled.value = on;
				}}
			/>
			{steps.map((step, index) => (
				<Step key={index} {...{ workspace, form, step, index, readOnly }} />
			))}
			{steps.length > 1 && <p class="ui-hint">{t("together")}</p>}
			{!readOnly && steps.length < mostSteps && (
				<Button size="small" icon="plus" onClick={() => form.addStep()}>
					{t("addStep")}
				</Button>
			)}
			<Select
				label={t("after")}
				value={form.after.value}
				disabled={readOnly}
				options={(["PURECLOUD", "LASTCALL", "NONE"] as const).map((value) => ({ value, text: t(`after_${value}`) }))}
				onChange={(value) => {
					form.touch();
					form.after.value = value as After;
				}}
			/>
			<NotCalled workspace={workspace} />
			{problem && (
				<p class="ui-error" role="alert" data-problem={problem.code}>
					{refusalOf(problem, (number) => workspace.numbers.show(number))}
				</p>
			)}
			{!readOnly && (
				<Button kind="primary" type="submit" busy={workspace.busy.value.has("forwarding.save")} data-forwarding-save>
					{t("save")}
				</Button>
			)}
		</form>
	);
}

interface StepProps {
	workspace: Workspace;
	form: ForwardingForm;
	step: StepFields;
	index: number;
	readOnly: boolean;
}

function Step({ workspace, form, step, index, readOnly }: StepProps) {
	const hasPhone = workspace.session.station.associated.value !== undefined;
	const targets = step.numbers.length + step.others.length + (step.own ? 1 : 0);
	const set = (at: number, text: string) =>
		form.change(index, { numbers: step.numbers.map((one, place) => (place === at ? text : one)) });
	return (
		<fieldset class="ui-stack" data-forwarding-step={index}>
			<legend>{t("step", { number: index + 1 })}</legend>
			<Checkbox
				label={t("myPhone")}
				checked={step.own}
				disabled={readOnly || !hasPhone}
				onChange={(own) => form.change(index, { own })}
			/>
			{step.others.map((one) => (
				<p key={one.value}>{t("otherPhone")}</p>
			))}
			{step.numbers.map((number, at) => (
				<div class="ui-row" key={at}>
					<div class="ui-grow">
						<TextField
							label={t("number")}
							type="tel"
							name={`forwarding-${index}-${at}`}
							value={number}
							readOnly={readOnly}
							onInput={(text) => set(at, text)}
						/>
					</div>
					{!readOnly && step.numbers.length > 1 && (
						<IconButton
							icon="trash"
							label={t("removeNumber", { number: number || at + 1 })}
							onClick={() => form.change(index, { numbers: step.numbers.filter((_one, place) => place !== at) })}
						/>
					)}
				</div>
			))}
			{!readOnly && (
				<div class="ui-row">
					{targets < mostTargets && (
						<Button size="small" icon="plus" onClick={() => form.change(index, { numbers: [...step.numbers, ""] })}>
							{t("addNumber")}
						</Button>
					)}
					{form.steps.value.length > 1 && (
						<IconButton
							icon="trash"
							label={t("removeStep", { number: index + 1 })}
							onClick={() => form.removeStep(index)}
						/>
					)}
				</div>
			)}
		</fieldset>
	);
}
