import "./outbound.css";
import { Button, Icon } from "@inlay/ui";
import type { LiveInteraction } from "../../session/interaction.ts";
import { Settling } from "../../shell/alert-bar.tsx";
import { NotLoaded } from "../../shell/not-loaded.tsx";
import type { Workspace } from "../../shell/workspace.ts";
import { attempt } from "./attempt.ts";
import { Countdown } from "./numbers.tsx";
import { calledElsewhere, offeredElsewhere } from "./offered.ts";
import { Skip } from "./skip.tsx";
import { t } from "./strings.ts";
import { usePreview } from "./use-preview.ts";

/** Whom a campaign is about to call while the agent looks elsewhere: nobody is called behind their back (agent-features 18). */
export function PreviewBar({ workspace }: { workspace: Workspace }) {
	const called = calledElsewhere(workspace);
	if (called) return <Called key={called.id} workspace={workspace} call={called} />;
	const call = offeredElsewhere(workspace);
	return call ? <Bar key={call.id} workspace={workspace} call={call} /> : null;
}

/** Their time was over, and they were called: it stands until the agent looks. */
function Called({ workspace, call }: { workspace: Workspace; call: LiveInteraction }) {
	return (
		<section
			class="alert-bar"
			aria-label={t("called")}
			data-called-bar={call.id}
			data-interaction={call.id}
			data-second="true"
		>
			<span class="alert-icon">
				<Icon name="outgoing" size={20} />
			</span>
			<div class="alert-text" role="status">
				<strong class="ui-clip alert-name">
					<bdi>{workspace.nameOf(call)}</bdi>
				</strong>
				<span class="alert-line">{t("called")}</span>
			</div>
			<Settling>
				<Button kind="primary" data-show-called onClick={() => look(workspace, call)}>
					{t("showCalled")}
				</Button>
			</Settling>
		</section>
	);
}

function look(workspace: Workspace, call: LiveInteraction): void {
	workspace.typing.value = undefined;
	show(workspace, call);
}

function Bar({ workspace, call }: { workspace: Workspace; call: LiveInteraction }) {
	const { preview, isFailed, load } = usePreview(workspace, call);
	const name = workspace.nameOf(call);
	const number = preview?.numbers.find((one) => !one.isForbidden)?.number;
	const callNow = async (number: string) => {
		if (await attempt(workspace, call, () => workspace.session.actions.callBack(call, number))) show(workspace, call);
	};
	return (
		<section
			class="alert-bar"
			aria-label={t("offered", { name })}
			data-preview-bar={call.id}
			data-interaction={call.id}
			data-second="true"
		>
			<span class="alert-icon">
				<Icon name="outgoing" size={20} />
			</span>
			<div class="alert-text">
				<strong class="ui-clip alert-name">
					<bdi>{name}</bdi>
				</strong>
				{number && workspace.numbers.show(number) !== name && (
					<span class="ui-clip alert-line">
						<bdi class="ui-number">{workspace.numbers.show(number)}</bdi>
					</span>
				)}
				{preview && <span class="ui-clip alert-line">{preview.campaign.name}</span>}
				{preview && <Countdown workspace={workspace} preview={preview} />}
				{isFailed && <NotLoaded text={t("failed")} load={load} />}
			</div>
			{preview && (
				<Settling>
					{number && (
						<Button
							kind="good"
							icon="phone"
							data-call-now
							busy={workspace.busy.value.has(`call-back.${call.id}`)}
							onClick={() => void callNow(number)}
						>
							{t("callNow")}
						</Button>
					)}
					{preview.skipEnabled && <Skip workspace={workspace} call={call} reasons={preview.skipReasons} />}
				</Settling>
			)}
		</section>
	);
}

/** Whoever calls somebody wants to see them; a note that is being typed stays open. */
function show({ view, selectedId, typing }: Workspace, { id }: LiveInteraction): void {
	if (typing.peek()) return;
	selectedId.value = id;
	view.value = "interactions";
}
