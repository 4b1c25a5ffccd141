import "./call-log.css";
import type { Association } from "@inlay/contract";
import { Button, EmptyState, Icon, IconButton, Select, TextArea, TextField } from "@inlay/ui";
import type { CallLogState } from "../../framework/call-log/store.ts";
import { useModel } from "../../shell/use-model.ts";
import type { Workspace } from "../../shell/workspace.ts";
import { CallLogModel, saveStateOf } from "./call-log-model.ts";
import { t } from "./strings.ts";

/** Subject, name, relation and notes of an interaction, kept in the CRM by the customer's script. */
export function CallLogView({ workspace }: { workspace: Workspace }) {
	const model = useModel(() => new CallLogModel(workspace));
	const log = model.current.value;
	if (!log) {
		return (
			<EmptyState icon="log" title={t("empty")}>
				<p>{t("emptyText")}</p>
			</EmptyState>
		);
	}
	return (
		<div class="call-log ui-stack">
			<div class="call-log-head">
				{model.logs.value.length > 1 ? (
					<Select
						label={t("which")}
						value={log.interactionId}
						options={model.newestFirst.map((each) => ({ value: each.interactionId, text: model.lineOf(each) }))}
						onChange={(id) => {
							model.chosenId.value = id;
						}}
					/>
				) : (
					<h2>
						<bdi>{model.titleOf(log)}</bdi>
					</h2>
				)}
				{model.canOpen && (
					<IconButton icon="right" kind="plain" label={t("open")} data-open-call-log onClick={() => model.open(log)} />
				)}
			</div>
			<LogFacts model={model} log={log} />
			<LogForm key={log.interactionId} workspace={workspace} model={model} log={log} />
		</div>
	);
}

/** Missed, abandoned, busy, or how long it was. */
function LogFacts({ model, log }: { model: CallLogModel; log: CallLogState }) {
	const facts = model.factsOf(log);
	return facts ? (
		<p class="ui-muted" data-log-facts>
			{facts}
		</p>
	) : null;
}

function LogForm({ workspace, model, log }: { workspace: Workspace; model: CallLogModel; log: CallLogState }) {
	const { hideCallLogSubject, hideCallLogContact, hideCallLogRelation } = workspace.config.value.settings;
	return (
		<>
			{!hideCallLogSubject && (
				<TextField
					label={t("subject")}
					name="subject"
					value={log.subject ?? ""}
					onInput={(subject) => model.setSubject(log, subject)}
				/>
			)}
			{!hideCallLogContact && (
				<Choice
					label={t("name")}
					chosen={log.selectedContact}
					list={log.contacts}
					onChange={(id) => model.select(log, "contact", id)}
				/>
			)}
			{!hideCallLogRelation && (
				<Choice
					label={t("relation")}
					chosen={log.selectedRelation}
					list={log.relations}
					onChange={(id) => model.select(log, "relation", id)}
				/>
			)}
			<TextArea
				label={t("notes")}
				name="notes"
				rows={5}
				hint={model.areSaved ? t("notesHint") : t("notesHere")}
				value={log.notes ?? ""}
				onInput={(notes) => model.setNotes(log, notes)}
			/>
			<Attributes log={log} />
			{model.areSaved && <SaveLine model={model} log={log} />}
		</>
	);
}

function Choice({
	label,
	chosen,
	list,
	onChange,
}: {
	label: string;
	chosen: Association | undefined;
	list: readonly Association[];
	onChange: (id: string) => void;
}) {
	const none = { value: "", text: t("none"), disabled: chosen !== undefined };
	return (
		<Select
			label={label}
			value={String(chosen?.id ?? "")}
			disabled={list.length === 0}
			options={[none, ...list.map((each) => ({ value: String(each.id), text: each.text }))]}
			onChange={onChange}
		/>
	);
}

function Attributes({ log }: { log: CallLogState }) {
	const entries = Object.entries(log.attributes);
	if (entries.length === 0) return null;
	return (
		<details class="call-log-attributes">
			<summary>{t("attributes")}</summary>
			<dl>
				{entries.map(([name, value]) => (
					<div key={name}>
						<dt>
							<bdi>{name}</bdi>
						</dt>
						<dd>
							<bdi>{value}</bdi>
						</dd>
					</div>
				))}
			</dl>
		</details>
	);
}

function SaveLine({ model, log }: { model: CallLogModel; log: CallLogState }) {
	const state = saveStateOf(log);
	return (
		<div class="call-log-save" data-save-state={state}>
			<span class="ui-row ui-grow" role="status">
				<Icon name={state === "saved" ? "check" : state === "failed" ? "warning" : "clock"} size={16} />
				{t(state)}
			</span>
			{state !== "saved" && (
				<Button size="small" kind="primary" busy={state === "saving"} onClick={() => model.save(log)}>
					{t(state === "failed" ? "retry" : "save")}
				</Button>
			)}
		</div>
	);
}
