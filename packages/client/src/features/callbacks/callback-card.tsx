import "./callbacks.css";
import type { CallbackView } from "@inlay/contract";
import { Button, formatDuration, locale } from "@inlay/ui";
import { useEffect, useState } from "preact/hooks";
import { isOnlyAsked, isOver, type LiveInteraction } from "../../session/interaction.ts";
import { type RightsThereUse, rightsThere } from "../../session/rights-there.ts";
import { useAgainWhenBack } from "../../shell/again-when-back.ts";
import { useModel } from "../../shell/use-model.ts";
import type { Workspace } from "../../shell/workspace.ts";
import { Attempts } from "./attempts.tsx";
import { Expected } from "./expected.tsx";
import { ScheduleForm } from "./schedule-form.tsx";
import { canBeMade } from "./schedule-model.ts";
import { clockText, ownZone } from "./schedule-time.ts";
import { t } from "./strings.ts";

/** What the agent does with a callback that they have: call one of its numbers, see who was called, move it. */
export function CallbackCard({ workspace, call }: { workspace: Workspace; call: LiveInteraction }) {
	return (
		<>
			{call.media === "callback" && <Callback workspace={workspace} call={call} />}
			{call.media === "call" && !isOnlyAsked(call) && <Expected workspace={workspace} call={call} />}
			{workspace.agreeing.value === call.id ? (
				<Agreeing workspace={workspace} call={call} />
			) : (
				<Afterwards workspace={workspace} call={call} />
			)}
		</>
	);
}

const create = "conversation:callback:create";

/** The server judges where the interaction is. */
function mayAgree(workspace: Workspace, rights: RightsThereUse, call: LiveInteraction): boolean {
	return workspace.can(create) && rights.mayAsFarAsKnown(call, create);
}

/** The control goes with the call; in the work after it a callback can be agreed upon still. */
function Afterwards({ workspace, call }: { workspace: Workspace; call: LiveInteraction }) {
	const rights = useModel(() => rightsThere(workspace.session));
	const isWork = isOver(call) && call.needsWrapup && call.queueId !== undefined;
	if (!isWork || !mayAgree(workspace, rights, call) || !canBeMade(call, workspace.session.now.value)) return null;
	const made = workspace.session.callbacksMade.value.get(call.id);
	const at = made && clockText(Date.parse(made.scheduledAt), ownZone(), locale.value, workspace.session.now.value);
	return (
		<Button
			icon="clock"
			size="small"
			data-callback-afterwards
			onClick={() => {
				if (made) workspace.view.value = "callbacks";
				else workspace.agreeing.value = call.id;
			}}
		>
			{at ? t("saved", { time: at }) : t("schedule")}
		</Button>
	);
}

/** The form within the card: whoever fills it in talks meanwhile, and keeps the call's controls. */
function Agreeing({ workspace, call }: { workspace: Workspace; call: LiveInteraction }) {
	const rights = useModel(() => rightsThere(workspace.session));
	if (!mayAgree(workspace, rights, call))
		return (
			<p class="ui-hint" role="status" data-callback-closed>
				{t("rightGone")}
			</p>
		);
	const close = (text?: string) => {
		workspace.agreeing.value = undefined;
		if (text) workspace.toasts.show({ tone: "good", text }, 5000);
		document.querySelector<HTMLElement>('[data-call-control="scheduleCallback"]')?.focus();
	};
	return (
		<section class="callbacks ui-stack" aria-label={t("schedule")}>
			<h3>{t("schedule")}</h3>
			<ScheduleForm workspace={workspace} subject={{ call }} onDone={close} />
		</section>
	);
}

function Callback({ workspace, call }: { workspace: Workspace; call: LiveInteraction }) {
	const callback = useCallbackOf(workspace, call.id);
	const [moving, setMoving] = useState(false);
	if (isOver(call)) return callback ? <Attempts attempts={callback.attempts} workspace={workspace} /> : null;
	const mayMove = workspace.can(create) || workspace.can("conversation:callback:edit");
	if (moving && mayMove && callback) {
		const done = (text?: string) => {
			setMoving(false);
			if (text) workspace.toasts.show({ tone: "good", text }, 5000);
		};
		return <ScheduleForm workspace={workspace} subject={{ moving: callback }} onDone={done} />;
	}
	return (
		<div class="callback-card ui-stack" data-callback-card={call.id}>
			{callback?.note && <p class="callback-note">{callback.note}</p>}
			{call.state === "connected" && <Numbers workspace={workspace} call={call} />}
			{callback && <ByItself callback={callback} workspace={workspace} />}
			<Attempts attempts={callback?.attempts ?? []} workspace={workspace} />
			{callback && mayMove && call.state === "connected" && !call.call && (
				<Button icon="clock" size="small" data-callback-later onClick={() => setMoving(true)}>
					{t("later")}
				</Button>
			)}
		</div>
	);
}

/** What the queue does without the agent, unless they are faster. */
function ByItself({
	callback: { dialsAt, endsAt, notDialed, numbers },
	workspace,
}: {
	callback: CallbackView;
	workspace: Workspace;
}) {
	if (notDialed)
		return (
			<p class="ui-hint" role="status" data-by-itself="not">
				{t(notDialed === "phone" ? "noPhone" : "callback.number.invalid")}
			</p>
		);
	const at = dialsAt ?? endsAt;
	if (at === undefined) return null;
	const leftMs = Date.parse(at) - workspace.session.now.value;
	const time = formatDuration(Math.max(0, Math.ceil(leftMs / 1000) * 1000));
	return (
		<p class="ui-hint" role="timer" data-by-itself={dialsAt ? "dial" : "end"}>
			{dialsAt ? t("dialsIn", { number: workspace.numbers.show(numbers[0] ?? ""), time }) : t("endsIn", { time })}
		</p>
	);
}

function Numbers({ workspace, call }: { workspace: Workspace; call: LiveInteraction }) {
	const busy = workspace.busy.value.has(`call-back.${call.id}`);
	return (
		<div class="callback-numbers">
			{call.callbackNumbers?.map((number) => (
				<Button
					key={number}
					kind="good"
					icon="phone"
					data-call-back={number}
					busy={busy}
					disabled={call.call !== undefined}
					onClick={() =>
						void workspace.attempt(`call-back.${call.id}`, () => workspace.session.actions.callBack(call, number))
					}
				>
					{t("call", { number: workspace.numbers.show(number) })}
				</Button>
			))}
			{call.call && <p class="ui-hint">{t("calling")}</p>}
		</div>
	);
}

/** The callback as its list has it, kept up to what is told. */
function useCallbackOf(workspace: Workspace, id: string): CallbackView | undefined {
	const { session } = workspace;
	const [found, setFound] = useState<CallbackView>();
	const [why, setWhy] = useState<unknown>();
	const [wanted, ask] = useState(0);
	const news = session.callbackNews.value;
	useEffect(() => {
		let isWanted = true;
		setWhy(undefined);
		session.api
			.get<{ entities: CallbackView[] }>("/inlay/callbacks?state=upcoming&pageSize=100")
			.then(({ entities }) => isWanted && setFound((now) => now ?? entities.find((one) => one.id === id)))
			.catch((error: unknown) => isWanted && setWhy(error));
		return () => {
			isWanted = false;
		};
	}, [id, wanted]);
	useAgainWhenBack(workspace, why, () => ask((now) => now + 1));
	useEffect(() => {
		if (news?.id === id) setFound(news);
	}, [news, id]);
	return found;
}
