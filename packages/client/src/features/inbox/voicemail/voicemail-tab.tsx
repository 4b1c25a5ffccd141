import {
	Banner,
	Button,
	Checkbox,
	EmptyState,
	formatDuration,
	IconButton,
	locale,
	Select,
	Spinner,
	TextField,
} from "@inlay/ui";
import { useEffect, useRef, useState } from "preact/hooks";
import { useModel } from "../../../shell/use-model.ts";
import type { Workspace } from "../../../shell/workspace.ts";
import { inboxOf } from "../inbox.ts";
import { t } from "../strings.ts";
import { ForwardForm } from "./forward-form.tsx";
import { Greeting } from "./greeting.tsx";
import type { Message } from "./message.ts";
import { CallBack, CallLater, NoteForm } from "./message-actions.tsx";
import { MessagePlayer } from "./message-player.tsx";
import { VoicemailModel } from "./model.ts";

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
			<Which model={model} workspace={workspace} />
			<List model={model} workspace={workspace} />
			<Greeting workspace={workspace} />
		</div>
	);
}

/** Which messages are shown: of one mailbox, by what they say, not heard yet. */
function Which({ model, workspace }: { model: VoicemailModel; workspace: Workspace }) {
	const mailboxes = inboxOf(workspace).mailboxes.value;
	if (model.list.value.length === 0 && !model.isFiltered && mailboxes.length < 2) return null;
	const named = mailboxes.map(({ type, id, name = "", unread }) => ({
		value: type === "user" ? type : `${type}:${id}`,
		text: `${type === "user" ? t("mine") : t(type, { name })}${unread > 0 ? ` (${unread})` : ""}`,
	}));
	return (
		<div class="ui-stack">
			{mailboxes.length > 1 && (
				<Select
					label={t("which")}
					value={model.mailbox.value}
					options={[{ value: "", text: t("all") }, ...named]}
					onChange={(mailbox) => model.find({ mailbox })}
				/>
			)}
			<TextField
				label={t("find")}
				type="search"
				name="voicemail-find"
				value={model.text.value}
				onInput={(text) => model.find({ text })}
			/>
			<Checkbox label={t("unread")} checked={model.unread.value} onChange={(unread) => model.find({ unread })} />
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
	if (list.length === 0 && model.isFiltered) return <p class="ui-hint">{t("nothing")}</p>;
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
	const [open, setOpen] = useState<"player" | "forward" | "note">();
	const name = nameOf(message, workspace);
	const { id, callerAddress } = message;
	const number = callerAddress ? workspace.numbers.show(callerAddress) : "";
	const act = (work: () => Promise<unknown>) => void workspace.attempt(`voicemail.${id}`, work);
	const toggle = (what: "player" | "forward" | "note") => setOpen(open === what ? undefined : what);
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
			<div class="voicemail-actions">
				<IconButton
					icon="play"
					label={t(open === "player" ? "hide" : "play", { name })}
					aria-expanded={open === "player"}
					data-voicemail-play
					onClick={() => toggle("player")}
				/>
				<CallBack {...{ message, name, workspace }} />
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

function Facts({ message, number }: { message: Message; number: string }) {
	const { group, queue, note, copiedFrom, inlayReadBy, inlayClaimedBy } = message;
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
