import { Banner, Button, EmptyState, formatDuration, IconButton, locale, Spinner } from "@inlay/ui";
import { useState } from "preact/hooks";
import { useModel } from "../../../shell/use-model.ts";
import type { Workspace } from "../../../shell/workspace.ts";
import { t } from "../strings.ts";
import { ForwardForm } from "./forward-form.tsx";
import { Greeting } from "./greeting.tsx";
import { MessagePlayer } from "./message-player.tsx";
import { type Message, VoicemailModel } from "./model.ts";

/** Voicemail of one's own and of one's groups: heard, called back, forwarded, seen to, deleted. */
export function VoicemailTab({ workspace }: { workspace: Workspace }) {
	const model = useModel(() => new VoicemailModel(workspace));
	const deleted = model.deleted.value;
	return (
		<div class="ui-stack">
			{deleted && (
				<Banner tone="info">
					<div class="ui-row">
						<span class="ui-grow">{t("deleted", { name: nameOf(deleted, workspace) })}</span>
						<Button
							size="small"
							data-voicemail-undo
							onClick={() => void workspace.attempt(`voicemail.${deleted.id}`, () => model.undo())}
						>
							{t("undo")}
						</Button>
					</div>
				</Banner>
			)}
			<List model={model} workspace={workspace} />
			<Greeting workspace={workspace} />
		</div>
	);
}

function List({ model, workspace }: { model: VoicemailModel; workspace: Workspace }) {
	const [list, state] = [model.list.value, model.state.value];
	if (state === "failed")
		return (
			<div class="ui-row" role="alert">
				<span class="ui-error ui-grow">{t("failed")}</span>
				<Button size="small" onClick={() => void model.load()}>
					{t("retry")}
				</Button>
			</div>
		);
	if (list.length === 0 && state === "loading") return <Spinner label={t("loading")} />;
	if (list.length === 0)
		return (
			<EmptyState icon="inbox" title={t("empty")}>
				<p>{t("emptyText")}</p>
			</EmptyState>
		);
	return (
		<>
			<ul class="voicemails">
				{list.map((message) => (
					<Row key={message.id} {...{ message, model, workspace }} />
				))}
			</ul>
			{model.more.value && <Button onClick={() => void model.load(true)}>{t("more")}</Button>}
		</>
	);
}

function nameOf({ callerName, callerAddress }: Message, workspace: Workspace): string {
	return workspace.whoOf({ name: callerName || callerAddress || "", address: callerAddress ?? "" }) || t("unknown");
}

function Row({ message, model, workspace }: { message: Message; model: VoicemailModel; workspace: Workspace }) {
	const [open, setOpen] = useState<"player" | "forward">();
	const name = nameOf(message, workspace);
	const { id, callerAddress } = message;
	const number = callerAddress ? workspace.numbers.show(callerAddress) : "";
	const act = (work: () => Promise<unknown>) => void workspace.attempt(`voicemail.${id}`, work);
	const mayCall = workspace.can("conversation:call:add") || workspace.can("conversation:conference:add");
	const toggle = (what: "player" | "forward") => setOpen(open === what ? undefined : what);
	return (
		<li data-voicemail={id} data-read={String(message.read)}>
			<div class="voicemail-head">
				{!message.read && <span class="voicemail-dot" role="img" aria-label={t("unread")} />}
				<div class="ui-grow">
					<bdi class="voicemail-who">{name}</bdi>
					<Facts message={message} number={name === number ? "" : number} />
				</div>
			</div>
			<div class="voicemail-actions">
				<IconButton
					icon="play"
					label={t(open === "player" ? "hide" : "play", { name })}
					aria-expanded={open === "player"}
					data-voicemail-play
					onClick={() => toggle("player")}
				/>
				{callerAddress && mayCall && (
					<IconButton
						icon="phone"
						label={t("callBack", { name })}
						onClick={() => {
							workspace.draft.value = { type: "call", address: number, attributes: {} };
							workspace.view.value = "new-interaction";
						}}
					/>
				)}
				<IconButton
					icon="transfer"
					label={t("forward", { name })}
					aria-expanded={open === "forward"}
					data-voicemail-forward
					onClick={() => toggle("forward")}
				/>
				{message.read && (
					<IconButton
						icon="bell"
						label={t("markUnread", { name })}
						data-voicemail-unread
						onClick={() => act(() => model.mark(message, false))}
					/>
				)}
				<IconButton
					icon="trash"
					label={t("delete", { name })}
					data-voicemail-delete
					onClick={() => act(() => model.delete(message))}
				/>
				{message.group && <Claim message={message} model={model} workspace={workspace} act={act} />}
			</div>
			{open === "player" && <MessagePlayer message={message} model={model} />}
			{open === "forward" && (
				<ForwardForm message={message} model={model} workspace={workspace} onDone={() => setOpen(undefined)} />
			)}
		</li>
	);
}

function Facts({ message, number }: { message: Message; number: string }) {
	const { group, note, copiedFrom, inlayReadBy, inlayClaimedBy } = message;
	const time = new Intl.DateTimeFormat(locale.value, { dateStyle: "medium", timeStyle: "short" });
	return (
		<>
			<span class="voicemail-line ui-muted">
				<span>{time.format(new Date(message.createdDate))}</span>
				<span class="ui-number">{formatDuration(message.audioRecordingDurationSeconds * 1000)}</span>
				{number && <bdi>{number}</bdi>}
				{group?.name && <bdi>{t("group", { name: group.name })}</bdi>}
			</span>
			{group && inlayReadBy?.name && (
				<span class="voicemail-line ui-muted">
					{t("heardBy", { name: inlayReadBy.name, time: time.format(new Date(inlayReadBy.date ?? 0)) })}
				</span>
			)}
			{inlayClaimedBy?.name && (
				<span class="voicemail-line ui-muted">{t("seenTo", { name: inlayClaimedBy.name })}</span>
			)}
			{copiedFrom?.user?.name && (
				<span class="voicemail-line ui-muted">{t("fromColleague", { name: copiedFrom.user.name })}</span>
			)}
			{note && <p class="voicemail-note">{note}</p>}
		</>
	);
}

function Claim({
	message,
	model,
	workspace,
	act,
}: {
	message: Message;
	model: VoicemailModel;
	workspace: Workspace;
	act: (work: () => Promise<unknown>) => void;
}) {
	const isMine = message.inlayClaimedBy?.id === workspace.session.me.id;
	if (message.inlayClaimedBy && !isMine) return null;
	return (
		<Button size="small" data-voicemail-claim onClick={() => act(() => model.claim(message, !isMine))}>
			{t(isMine ? "release" : "claim")}
		</Button>
	);
}
