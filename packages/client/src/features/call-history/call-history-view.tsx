import "./call-history.css";
import { Button, EmptyState, Icon, IconButton, oneLine, Select, TextField } from "@inlay/ui";
import { useState } from "preact/hooks";
import { callerNow, type RecentCall } from "../../session/recent-calls.ts";
import { useAgainWhenBack } from "../../shell/again-when-back.ts";
import { LeftMessage } from "../../shell/left-message.tsx";
import { NotLoaded } from "../../shell/not-loaded.tsx";
import { outcomeWord } from "../../shell/outcome-text.ts";
import { talkedText } from "../../shell/talked-text.ts";
import { useModel } from "../../shell/use-model.ts";
import { timeFormat } from "../../shell/when-text.ts";
import type { Workspace } from "../../shell/workspace.ts";
import { CallHistoryModel } from "./call-history-model.ts";
import { t } from "./strings.ts";

/** The agent's past calls by day: who, when, how long, what became of them, and the way to call again. */
export function CallHistoryView({ workspace }: { workspace: Workspace }) {
	const model = useModel(() => new CallHistoryModel(workspace));
	const { recent } = workspace.session;
	useAgainWhenBack(workspace, model.why.value, () => model.load(false));
	if (recent.all.value.length === 0 && !model.loading.value && !model.failed.value) {
		return (
			<EmptyState icon="clock" title={t("empty")}>
				<p>{t("emptyText")}</p>
			</EmptyState>
		);
	}
	return (
		<div class="call-history ui-stack">
			<TextField
				label={t("find")}
				type="search"
				value={model.text.value}
				onInput={(text) => (model.text.value = text)}
			/>
			<Select
				label={t("which")}
				value={model.onlyMissed.value ? "missed" : "all"}
				options={[
					{ value: "all", text: t("all") },
					{ value: "missed", text: t("missed") },
				]}
				onChange={(which) => {
					model.onlyMissed.value = which === "missed";
				}}
			/>
			{model.failed.value && <NotLoaded text={t("failed")} load={() => model.load(false)} />}
			{model.days.value.length === 0 && !model.loading.value && <p class="ui-hint">{t("nothing")}</p>}
			{model.days.value.map(({ label, calls }) => (
				<section key={label}>
					<h2>{label}</h2>
					<ul>
						{calls.map((call) => (
							<PastCall key={call.key} workspace={workspace} call={call} />
						))}
					</ul>
				</section>
			))}
			{recent.more.value && (
				<Button busy={model.loading.value} onClick={() => void model.load(true)}>
					{t("more")}
				</Button>
			)}
		</div>
	);
}

/** What was recorded of the call: asked for, and its player loaded, when somebody wants to hear it. */
function Recordings({ workspace, call, name }: { workspace: Workspace; call: RecentCall; name: string }) {
	const [shown, setShown] = useState<"no" | "loading" | RecordingsOfCall>("no");
	const toggle = async () => {
		if (shown !== "no") return setShown("no");
		setShown("loading");
		const { RecordingsOfCall } = await import("./recordings-of-call.tsx");
		// As a function it would be called for the next state.
		setShown(() => RecordingsOfCall);
	};
	const List = typeof shown === "function" ? shown : undefined;
	return (
		<>
			<IconButton
				icon="play"
				label={t("recordings", { name })}
				aria-expanded={shown !== "no"}
				data-recordings={call.id}
				onClick={() => void toggle()}
			/>
			{List && <List workspace={workspace} conversationId={call.id} />}
		</>
	);
}

type RecordingsOfCall = typeof import("./recordings-of-call.tsx").RecordingsOfCall;

function PastCall({ workspace, call }: { workspace: Workspace; call: RecentCall }) {
	const name = workspace.whoOf(call) || t(call.address ? "unknown" : "private");
	const outbound = call.direction === "outbound";
	return (
		<li data-past={call.id} data-outcome={call.outcome}>
			<Icon name={outbound ? "outgoing" : "incoming"} size={16} />
			<span class="ui-grow">
				<span class="ui-hidden">{t(outbound ? "outgoing" : "incoming")} </span>
				<bdi class="past-who">{name}</bdi>
				<Facts workspace={workspace} call={call} />
			</span>
			<Actions workspace={workspace} call={call} name={name} />
			<LeftMessage workspace={workspace} id={call.id} text={t("leftMessage")} />
			{call.recorded && <Recordings workspace={workspace} call={call} name={name} />}
		</li>
	);
}

/** When, how it ended, and which way it took. */
function Facts({ workspace, call }: { workspace: Workspace; call: RecentCall }) {
	const time = timeFormat();
	const notes = workspace.runtime.callLogs.store.get(call.id)?.notes;
	const where = call.forwardedTo?.map((to) => workspace.numbers.show(to)).join(", ");
	return (
		<>
			<span class="ui-muted past-facts">
				{oneLine([time.format(new Date(call.startTime)), outcomeWord(call, workspace.numbers), talkedText(call)])}
				{call.rings && <span data-rings={call.rings}> · {t("rings", { count: call.rings })}</span>}
				{call.queueName && (
					<>
						{" · "}
						<bdi>{workspace.ui.queueName(call)}</bdi>
					</>
				)}
				{call.transferredBy && <> · {t("transferredBy", { name: call.transferredBy })}</>}
				{where && <> · {t("forwardedTo", { where })}</>}
				{call.wentToVoicemail && <> · {t("voicemail")}</>}
			</span>
			{notes && <span class="past-note">{notes}</span>}
		</>
	);
}

function Actions({ workspace, call, name }: { workspace: Workspace; call: RecentCall; name: string }) {
	const mayCall = workspace.can("conversation:call:add") || workspace.can("conversation:conference:add");
	const isThere = callerNow(call, workspace.session.conversations.sources.value) !== undefined;
	const { callLogs } = workspace.runtime;
	const openLog = () => {
		if (callLogs.opens(call.id)) return void callLogs.open(call.id);
		workspace.selectedId.value = call.id;
		workspace.view.value = "call-log";
	};
	const write = () => {
		workspace.draft.value = { type: "sms", address: workspace.numbers.show(call.address ?? ""), attributes: {} };
		workspace.view.value = "new-interaction";
	};
	const agree = () => {
		workspace.callingBack.value = call;
		workspace.view.value = "callbacks";
	};
	return (
		<>
			{(call.address || call.colleagueId) && mayCall && !isThere && (
				<IconButton
					icon="phone"
					label={call.colleagueId ? t("callColleague", { name }) : t("call", { name })}
					data-call-again={call.id}
					onClick={() => (call.colleagueId ? void workspace.calls.callAgain(call) : workspace.calls.prepareCall(call))}
				/>
			)}
			{call.address && !call.colleagueId && workspace.can("conversation:message:create") && (
				<IconButton icon="message" label={t("sendText", { name })} data-text={call.id} onClick={write} />
			)}
			{call.address && workspace.can("conversation:callback:create") && (
				<IconButton icon="clock" label={t("callback", { name })} data-call-later={call.id} onClick={agree} />
			)}
			{callLogs.store.get(call.id) && (
				<IconButton icon="open" label={t("log", { name })} data-open-log={call.id} onClick={openLog} />
			)}
		</>
	);
}
