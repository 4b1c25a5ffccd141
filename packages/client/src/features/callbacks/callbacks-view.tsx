import "./callbacks.css";
import type { CallbackView } from "@inlay/contract";
import { Button, EmptyState, IconButton, locale, Select, Spinner } from "@inlay/ui";
import { useState } from "preact/hooks";
import { useAgainWhenBack } from "../../shell/again-when-back.ts";
import { NotLoaded } from "../../shell/not-loaded.tsx";
import { useModel } from "../../shell/use-model.ts";
import type { Workspace } from "../../shell/workspace.ts";
import { AskToCancel } from "./ask-to-cancel.tsx";
import { Attempts } from "./attempts.tsx";
import { CallbacksModel } from "./callbacks-model.ts";
import { ScheduleForm } from "./schedule-form.tsx";
import type { Subject } from "./schedule-model.ts";
import { clockText, ownZone } from "./schedule-time.ts";
import { t } from "./strings.ts";

/** One's own callbacks, and the form in which one is agreed upon or moved. */
export function CallbacksView({ workspace }: { workspace: Workspace }) {
	const model = useModel(() => new CallbacksModel(workspace));
	const [chosen, setOpen] = useState<Subject | undefined>(() => takeWhom(workspace));
	const past = workspace.callingBack.value;
	const open = past ? { past } : chosen;
	if (open) {
		const done = (text?: string) => {
			if (text) workspace.toasts.show({ tone: "good", text }, 5000);
			workspace.callingBack.value = undefined;
			setOpen(undefined);
		};
		const name = open.moving?.name || (past && workspace.whoOf(past)) || t("unknown");
		return (
			<section class="callbacks ui-stack">
				<h2>{open.moving || open.past ? t("scheduleWith", { name }) : t("schedule")}</h2>
				<ScheduleForm workspace={workspace} subject={open} onDone={done} />
			</section>
		);
	}
	return (
		<div class="callbacks ui-stack">
			<Button icon="plus" onClick={() => setOpen({})} data-callback-new>
				{t("schedule")}
			</Button>
			<Select
				label={t("which")}
				labelHidden
				value={model.which.value}
				options={[
					{ value: "upcoming", text: t("upcoming") },
					{ value: "done", text: t("done") },
				]}
				onChange={(which) => model.choose(which === "done" ? "done" : "upcoming")}
			/>
			<List model={model} workspace={workspace} onMove={(moving) => setOpen({ moving })} />
		</div>
	);
}

/** Another view wants a callback with somebody: once. */
function takeWhom({ calledBackLater }: Workspace): Subject | undefined {
	const whom = calledBackLater.peek();
	calledBackLater.value = undefined;
	return whom && { whom };
}

function List({
	model,
	workspace,
	onMove,
}: {
	model: CallbacksModel;
	workspace: Workspace;
	onMove: (callback: CallbackView) => void;
}) {
	const list = model.list.value;
	const state = model.state.value;
	useAgainWhenBack(workspace, model.why.value, () => model.load());
	if (state === "failed") {
		return <NotLoaded text={t("failed")} load={() => model.load()} />;
	}
	if (list.length === 0 && state === "loading") return <Spinner label={t("loading")} />;
	if (list.length === 0) {
		return (
			<EmptyState icon="clock" title={t("empty")}>
				<p>{t("emptyText")}</p>
			</EmptyState>
		);
	}
	return (
		<>
			<ul class="callback-list">
				{list.map((callback) => (
					<Row key={callback.id} {...{ callback, model, workspace, onMove }} />
				))}
			</ul>
			{model.more.value && (
				<Button busy={state === "loading"} onClick={() => void model.load(true)}>
					{t("more")}
				</Button>
			)}
		</>
	);
}

const movable: ReadonlySet<string> = new Set(["scheduled", "waiting", "alerting"]);

function Row({
	callback,
	model,
	workspace,
	onMove,
}: {
	callback: CallbackView;
	model: CallbacksModel;
	workspace: Workspace;
	onMove: (callback: CallbackView) => void;
}) {
	const number = workspace.numbers.show(callback.numbers[0] ?? "");
	const name = callback.name || number || t("unknown");
	const at = Date.parse(callback.scheduledAt);
	const now = workspace.session.now.value;
	const [asking, setAsking] = useState(false);
	const zone = callback.zone && callback.zone !== ownZone() ? callback.zone : undefined;
	return (
		<li data-callback={callback.id} data-state={callback.state}>
			<div class="ui-grow">
				<strong>
					<bdi>{name}</bdi>
				</strong>
				<span class="callback-line">
					<span>{clockText(at, ownZone(), locale.value, now)}</span>
					{zone && <span class="ui-muted">{t("clocks", clocksOf(at, zone, now))}</span>}
				</span>
				<span class="callback-line ui-muted">
					<span>{t(`state_${callback.state}`)}</span>
					{name !== number && <bdi>{number}</bdi>}
					<bdi>{workspace.ui.queueName(callback)}</bdi>
				</span>
				{callback.movedFrom && (
					<span class="ui-muted" data-moved>
						{t("movedFrom", { time: clockText(Date.parse(callback.movedFrom), ownZone(), locale.value, now) })}
					</span>
				)}
				{callback.note && <p class="callback-note">{callback.note}</p>}
				<Attempts attempts={callback.attempts} workspace={workspace} />
			</div>
			{movable.has(callback.state) && (
				<div class="callback-row-actions">
					<IconButton icon="edit" label={t("moveOf", { name })} data-callback-move onClick={() => onMove(callback)} />
					<IconButton
						icon="trash"
						label={t("cancelOf", { name })}
						data-callback-cancel
						aria-expanded={asking}
						onClick={() => setAsking(!asking)}
					/>
				</div>
			)}
			{asking && (
				<AskToCancel
					name={name}
					busy={workspace.busy.value.has(`callback.${callback.id}`)}
					onYes={() => void workspace.attempt(`callback.${callback.id}`, () => model.cancel(callback))}
					onNo={() => setAsking(false)}
				/>
			)}
		</li>
	);
}

function clocksOf(at: number, zone: string, now: number) {
	return {
		theirs: clockText(at, zone, locale.value, now),
		zone: zone.split("/").at(-1)?.replaceAll("_", " ") ?? zone,
		yours: clockText(at, ownZone(), locale.value, now),
	};
}
