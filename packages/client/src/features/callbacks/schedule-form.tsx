import { Button, Checkbox, locale, Select, TextArea, TextField } from "@inlay/ui";
import { useEffect, useMemo, useRef } from "preact/hooks";
import { useFocusBack } from "../../shell/focus-back.ts";
import { useModel } from "../../shell/use-model.ts";
import type { Workspace } from "../../shell/workspace.ts";
import { countryText } from "./country-text.ts";
import { queuesToChoose } from "./queue-choice.ts";
import { ScheduleModel, type Subject } from "./schedule-model.ts";
import { clockText, offsetText, ownZone, zoneChoices, zoneMeant } from "./schedule-time.ts";
import { callbackTexts, t } from "./strings.ts";

/** Date, time and zone of a callback, whom it reaches, and who takes it. */
export function ScheduleForm({
	workspace,
	subject,
	onDone,
}: {
	workspace: Workspace;
	subject: Subject;
	/** @param text what was saved, in words; undefined where the agent went back */
	onDone: (text?: string) => void;
}) {
	const model = useModel(
		() => new ScheduleModel(workspace, subject),
		subject.moving?.id ?? subject.call?.id ?? subject.past?.key,
	);
	const { moving } = subject;
	const form = useRef<HTMLFormElement>(null);
	useFocusBack(form, "[data-callback-later]");
	useEffect(() => form.current?.querySelector("input")?.focus(), []);
	const problem = model.problem.value;
	const save = async () => {
		const isSaved = await model.save();
		if (isSaved && model.at.value !== undefined) {
			const time = clockText(model.at.value, ownZone(), locale.value, workspace.session.now.value);
			onDone(t("saved", { time }));
		}
	};
	const goBack = () => {
		model.giveUp();
		onDone();
	};
	const isNumber = problem?.code === "callback.number.invalid";
	return (
		<form
			class="callback-form ui-stack"
			ref={form}
			onKeyDown={(event) => {
				if (event.key === "Escape") goBack();
			}}
			data-callback-form
			onSubmit={(event) => {
				event.preventDefault();
				void workspace.attempt("callback.save", save);
			}}
		>
			<When model={model} workspace={workspace} />
			<TextField
				label={t("number")}
				type="tel"
				name="callback-number"
				required
				value={model.number.value}
				hint={countryText(model.country.value, locale.value) || undefined}
				error={isNumber ? t("callback.number.invalid") : undefined}
				onInput={(text) => (model.number.value = text)}
			/>
			{!moving && <Whom model={model} workspace={workspace} />}
			{problem && !isNumber && (
				<p class="ui-error" role="alert" data-problem={problem.code}>
					{problem.code in callbackTexts.en
						? t(problem.code as keyof typeof callbackTexts.en, {
								from: model.rules.value.windowStart,
								to: model.rules.value.windowEnd,
							})
						: problem.text}
				</p>
			)}
			<div class="ui-row">
				<Button kind="primary" type="submit" busy={workspace.busy.value.has("callback.save")} data-callback-save>
					{t(moving ? "move" : "save")}
				</Button>
				<Button onClick={goBack}>{t("back")}</Button>
			</div>
		</form>
	);
}

function When({ model, workspace }: { model: ScheduleModel; workspace: Workspace }) {
	const read = model.read.value;
	const zones = useMemo(() => zoneChoices(locale.value), [locale.value]);
	const zoneIsWrong = model.date.value !== "" && model.time.value !== "" && !read;
	return (
		<>
			<div class="callback-when">
				<TextField
					label={t("date")}
					type="date"
					name="callback-date"
					required
					value={model.date.value}
					onInput={(text) => (model.date.value = text)}
				/>
				<TextField
					label={t("time")}
					type="time"
					name="callback-time"
					required
					value={model.time.value}
					onInput={(text) => (model.time.value = text)}
				/>
			</div>
			<TextField
				label={t(model.zoneKnown.value ? "zone" : "zoneUnknown")}
				name="callback-zone"
				list="callback-zones"
				value={model.zone.value}
				error={zoneIsWrong ? t("zoneWrong") : undefined}
				onInput={(text) => model.chooseZone(text)}
				onBlur={() => {
					const meant = zoneMeant(model.zone.value, zones);
					if (meant && meant !== model.zone.value) model.chooseZone(meant);
				}}
			/>
			<datalist id="callback-zones">
				{zones.map(({ zone, countries }) => (
					<option key={zone} value={zone} label={countries ? `${zone} · ${countries}` : zone} />
				))}
			</datalist>
			{read?.kind === "twice" && (
				<Select
					label={t("twice")}
					value={model.second.value ? "1" : "0"}
					options={read.instants.map((at, index) => ({ value: String(index), text: offsetText(at, model.zone.value) }))}
					onChange={(which) => {
						model.second.value = which === "1";
					}}
				/>
			)}
			<Clocks model={model} workspace={workspace} />
		</>
	);
}

/** The same instant by the customer's clocks and the agent's, and what is odd about it. */
function Clocks({ model, workspace }: { model: ScheduleModel; workspace: Workspace }) {
	const at = model.at.value;
	if (at === undefined) return null;
	const zone = model.zone.value;
	const [rules, outside] = [model.rules.value, model.outside.value];
	const now = workspace.session.now.value;
	const yours = clockText(at, ownZone(), locale.value, now);
	const theirs = clockText(at, zone, locale.value, now);
	const place = zone.split("/").at(-1)?.replaceAll("_", " ") ?? zone;
	return (
		<div role="status" class="callback-clocks">
			<p data-clocks>{zone === ownZone() ? t("clock", { yours }) : t("clocks", { theirs, zone: place, yours })}</p>
			{model.read.value?.kind === "gap" && <p class="ui-hint">{t("gap", { time: theirs })}</p>}
			{outside !== "no" && (
				<p class="ui-hint" data-outside={outside}>
					{t(outside === "yes" ? "outside" : "maybeOutside", { from: rules.windowStart, to: rules.windowEnd })}
				</p>
			)}
		</div>
	);
}

function Whom({ model, workspace }: { model: ScheduleModel; workspace: Workspace }) {
	const queues = workspace.session.queues.mine.value;
	const queue = queues.find(({ id }) => id === model.queueId.value);
	const { call, past } = model.subject;
	const interactionQueue = (call ?? past)?.queueId;
	const offered = call || interactionQueue ? queuesToChoose(queues, interactionQueue) : queues;
	const mayOwn = queue?.agentOwnedRouting?.enableAgentOwnedCallbacks === true;
	return (
		<>
			<TextField label={t("name")} value={model.name.value} onInput={(text) => (model.name.value = text)} />
			{offered.length > 1 && (
				<Select
					label={t("queue")}
					value={model.queueId.value}
					options={offered.map(({ id, name }) => ({ value: id, text: name ?? id }))}
					onChange={(id) => {
						model.queueId.value = id;
					}}
				/>
			)}
			<TextArea
				label={t("note")}
				rows={2}
				maxLength={2000}
				value={model.note.value}
				onInput={(text) => (model.note.value = text)}
			/>
			<Checkbox
				label={t("routeToMe")}
				checked={model.toMe.value || model.owned.value}
				disabled={model.owned.value}
				onChange={(on) => (model.toMe.value = on)}
			/>
			{mayOwn && <Checkbox label={t("own")} checked={model.owned.value} onChange={(on) => (model.owned.value = on)} />}
		</>
	);
}
