import { Button, formatDuration, IconButton, locale } from "@inlay/ui";
import { useEffect, useRef, useState } from "preact/hooks";
import type { Workspace } from "../../../shell/workspace.ts";
import { t } from "../strings.ts";
import { draftsOf } from "./draft.ts";
import { ForwardForm } from "./forward-form.tsx";
import type { Message } from "./message.ts";
import { CallBack, CallLater, NoteForm, SendText } from "./message-actions.tsx";
import { MessagePlayer } from "./message-player.tsx";
import type { VoicemailModel } from "./model.ts";

/** Who has left it: a private number has neither name nor number. */
export function nameOf({ callerName, callerAddress }: Message, workspace: Workspace): string {
	return workspace.whoOf({ name: callerName || callerAddress || "", address: callerAddress ?? "" }) || t("unknown");
}

interface Props {
	message: Message;
	model: VoicemailModel;
	workspace: Workspace;
}

type Opened = "player" | "forward" | "note" | undefined;

/** What was being typed when the row was shown last. */
function typedIn(workspace: Workspace, { id }: Message): Opened {
	const { forward, note } = draftsOf(workspace, id);
	return forward !== undefined ? "forward" : note === undefined ? undefined : "note";
}

/** One message, and what can be done with it. */
export function MessageRow({ message, model, workspace }: Props) {
	const [open, setOpen] = useState<Opened>(() => typedIn(workspace, message));
	const name = nameOf(message, workspace);
	const { id, callerAddress } = message;
	const number = callerAddress ? workspace.numbers.show(callerAddress) : "";
	const act = (work: () => Promise<unknown>) => void workspace.attempt(`voicemail.${id}`, work);
	const toggle = (what: Exclude<Opened, undefined>) => setOpen(open === what ? undefined : what);
	const row = useRef<HTMLLIElement>(null);
	useEffect(() => {
		if (!message.conversation || workspace.messageWanted.peek() !== message.conversation.id) return;
		workspace.messageWanted.value = undefined;
		row.current?.scrollIntoView({ block: "center" });
		row.current?.querySelector<HTMLElement>("[data-voicemail-play]")?.focus();
	}, []);
	return (
		<li ref={row} data-voicemail={id} data-read={String(message.read)}>
			<div class="voicemail-head">
				{!message.read && <span class="voicemail-dot" role="img" aria-label={t("unread")} />}
				<div class="ui-grow">
					<bdi class="voicemail-who">{name}</bdi>
					<Facts message={message} number={name === number ? "" : number} />
				</div>
			</div>
			<Actions {...{ message, model, workspace, name, act, open, toggle }} />
			{open === "player" && (
				<MessagePlayer message={message} workspace={workspace} atOnce onHeard={() => model.mark(message, true)} />
			)}
			{open === "note" && (
				<NoteForm message={message} model={model} workspace={workspace} onDone={() => setOpen(undefined)} />
			)}
			{open === "forward" && (
				<ForwardForm message={message} model={model} workspace={workspace} onDone={() => setOpen(undefined)} />
			)}
		</li>
	);
}

interface ActionsProps extends Props {
	name: string;
	act: (work: () => Promise<unknown>) => void;
	open: Opened;
	toggle: (what: Exclude<Opened, undefined>) => void;
}

function Actions({ message, model, workspace, name, act, open, toggle }: ActionsProps) {
	return (
		<div class="voicemail-actions">
			<IconButton
				icon="play"
				label={t(open === "player" ? "hide" : "play", { name })}
				aria-expanded={open === "player"}
				data-voicemail-play
				onClick={() => toggle("player")}
			/>
			<CallBack {...{ message, name, workspace }} />
			<SendText {...{ message, name, workspace }} />
			<CallLater {...{ message, name, workspace }} />
			<IconButton
				icon="transfer"
				label={t("forward", { name })}
				aria-expanded={open === "forward"}
				data-voicemail-forward
				onClick={() => toggle("forward")}
			/>
			<IconButton
				icon="edit"
				label={t("editNote", { name })}
				aria-expanded={open === "note"}
				data-voicemail-note
				onClick={() => toggle("note")}
			/>
			<IconButton
				icon="down"
				label={t("download", { name })}
				data-voicemail-download
				onClick={() => act(() => model.download(message))}
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
			{(message.group || message.queue) && <Claim message={message} model={model} workspace={workspace} act={act} />}
		</div>
	);
}

function Facts({ message, number }: { message: Message; number: string }) {
	const { group, queue, note, transcription, copiedFrom, inlayReadBy, inlayClaimedBy } = message;
	const time = new Intl.DateTimeFormat(locale.value, { dateStyle: "medium", timeStyle: "short" });
	return (
		<>
			<span class="voicemail-line ui-muted">
				<span>{time.format(new Date(message.createdDate))}</span>
				<span class="ui-number">{formatDuration(message.audioRecordingDurationSeconds * 1000)}</span>
				{number && <bdi>{number}</bdi>}
				{group?.name && <bdi>{t("group", { name: group.name })}</bdi>}
				{queue?.name && <bdi>{t("queue", { name: queue.name })}</bdi>}
			</span>
			{(group || queue) && inlayReadBy?.name && (
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
			{transcription && (
				<p class="voicemail-said" data-voicemail-transcription>
					<q>{transcription}</q>
				</p>
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
