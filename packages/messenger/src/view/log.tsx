import { useLayoutEffect, useRef } from "preact/hooks";
import { partsOf, type TextPart } from "../links.ts";
import type { ServerMessage } from "../protocol.ts";
import type { SessionModel } from "../session-model.ts";
import type { Settings } from "../settings.ts";
import { whoseIs } from "../transcript.ts";
import type { Unsent } from "../unsent.ts";
import { t } from "../words.ts";

/** What was written; what comes is read out. */
export function Log({ model, settings }: { model: SessionModel; settings: Settings }) {
	const messages = model.messages.value;
	const unsent = model.unsent.value;
	const log = useRef<HTMLDivElement>(null);
	const note = noteOf(model);
	const newest = `${messages.at(-1)?.seq} ${unsent.length} ${note} ${model.isTyping.value}`;
	useLayoutEffect(() => {
		if (log.current) log.current.scrollTop = log.current.scrollHeight;
	}, [newest]);
	return (
		// biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is scrolled by keys, too.
		<div class="log" ref={log} tabIndex={0}>
			{model.hasOlder.value && (
				<button type="button" data-older onClick={() => model.askOlder()}>
					{t("older")}
				</button>
			)}
			{settings.welcome && !model.hasOlder.value && (
				<div class="message">
					<p class="text">{settings.welcome}</p>
				</div>
			)}
			<div class="messages" role="log" aria-live="polite" aria-relevant="additions" aria-label={t("messages")}>
				{messages.map((message) => (
					<Message key={message.seq} message={message} model={model} />
				))}
			</div>
			{unsent.map((one) => (
				<Waiting key={one.clientId} model={model} one={one} />
			))}
			<p class="note" role="status" data-note>
				{note}
			</p>
		</div>
	);
}

function Message({ message, model }: { message: ServerMessage; model: SessionModel }) {
	const isMine = message.direction === "inbound";
	return (
		<div class={isMine ? "message mine" : "message"} data-seq={message.seq}>
			<p class="text" dir="auto">
				<span class="hidden">{`${whoseIs(message)}: `}</span>
				{message.file ? (
					<button type="button" class="file" data-file onClick={() => model.openFile(message.seq)}>
						{`${message.file.name} (${sizeOf(message.file.size)})`}
					</button>
				) : (
					partsOf(message.text).map(linked)
				)}
			</p>
			<p class="line">
				{!isMine && <bdi>{`${whoseIs(message)} · `}</bdi>}
				<time dateTime={message.at}>{timeOf(message.at)}</time>
				{isMine && ` · ${t("sent")}`}
			</p>
		</div>
	);
}

function linked(part: TextPart) {
	if (typeof part === "string") return part;
	return (
		<a href={part.href} target="_blank" rel="noopener noreferrer nofollow">
			{part.href}
		</a>
	);
}

function sizeOf(bytes: number): string {
	return bytes < 100_000 ? `${Math.ceil(bytes / 1000)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
}

function Waiting({ model, one }: { model: SessionModel; one: Unsent }) {
	return (
		<div class="message mine" data-unsent={one.clientId}>
			<p class="text" dir="auto">
				{one.text}
			</p>
			{one.failed === undefined ? (
				<p class="line">{t("pending")}</p>
			) : (
				<p class="line bad" role="alert">{`${t("notSent")}: ${one.failed}`}</p>
			)}
			{one.failed !== undefined && (
				<button type="button" onClick={() => model.again(one)}>
					{t("again")}
				</button>
			)}
		</div>
	);
}

/** How things stand, in one sentence. */
function noteOf(model: SessionModel): string {
	const state = model.state.value;
	if (model.isExpired.value) return t("expired");
	if (model.isChecking.value) return t("checking");
	if (model.isOffline.value) return t(model.isReady.value ? "offline" : "offlineUnknown");
	if (model.isTyping.value) return t("typing");
	const minutes = model.minutesLeft.value;
	if (minutes !== undefined) return t("expires", { minutes });
	if (state?.phase === "waiting") return t("waiting");
	if (state?.phase === "answered") return t("answered", { name: state.agent ?? t("team") });
	if (state?.phase === "ended") return t(state.isWritable ? "goOn" : "ended");
	return "";
}

function timeOf(at: string): string {
	return new Date(at).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" });
}
