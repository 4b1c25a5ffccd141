import { Button, locale, Spinner } from "@inlay/ui";
import { useLayoutEffect, useMemo, useRef } from "preact/hooks";
import type { LiveInteraction } from "../../session/interaction.ts";
import type { ThreadMessage } from "../../session/message-thread.ts";
import { useAgainWhenBack } from "../../shell/again-when-back.ts";
import { NotLoaded } from "../../shell/not-loaded.tsx";
import { sizeText } from "../../shell/size-text.ts";
import { timeFormat } from "../../shell/when-text.ts";
import type { Workspace } from "../../shell/workspace.ts";
import { t } from "./strings.ts";
import { beginsDay, fateOf } from "./thread.ts";
import type { ThreadModel } from "./thread-model.ts";

interface ThreadProps {
	workspace: Workspace;
	call: LiveInteraction;
	thread: ThreadModel;
	/** Absent: nothing can be sent any more. */
	onAgain?: ((message: ThreadMessage) => void) | undefined;
}

/** What was written, the newest at the bottom; what comes is read out, not what was there. */
export function Thread({ workspace, call, thread, onAgain }: ThreadProps) {
	const shown = thread.shown.value;
	const state = thread.state.value;
	useAgainWhenBack(workspace, thread.why.value, () => thread.load());
	const messages = shown?.messages ?? [];
	const repeated = useMemo(() => new Set(messages.flatMap(({ againOf }) => againOf ?? [])), [messages]);
	const log = useFollowed(`${messages.at(-1)?.id} ${shown?.optedOutAt}`);
	return (
		<>
			{state === "failed" && <NotLoaded text={t("failed")} load={() => thread.load()} />}
			{!shown && state === "loading" && <Spinner label={t("loading")} />}
			{/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is scrolled by keys, too. */}
			<div class="message-log" ref={log} tabIndex={0}>
				{shown?.hasMore && (
					<Button size="small" busy={state === "loading"} data-older onClick={() => void thread.older()}>
						{t("older")}
					</Button>
				)}
				{shown && messages.length === 0 && <p class="ui-hint">{t("empty")}</p>}
				<div role="log" aria-live="polite" aria-label={t("thread")} aria-relevant="additions">
					{messages.map((message, index) => (
						<div key={message.id}>
							{beginsDay(messages, index) && <p class="message-day">{dayText(message.at)}</p>}
							<Message {...{ workspace, call, message, onAgain }} isRepeated={repeated.has(message.id)} />
						</div>
					))}
					{shown?.optedOutAt && (
						<p class="message-day" data-opted-out>
							{t("optedOut", { number: shown.their, date: dayText(shown.optedOutAt) })}
						</p>
					)}
				</div>
			</div>
		</>
	);
}

/** Stays at the newest message, unless somebody reads further up. */
function useFollowed(newest: string) {
	const log = useRef<HTMLDivElement>(null);
	const isAtEnd = useRef(true);
	useLayoutEffect(() => {
		const element = log.current;
		const note = () => {
			if (element) isAtEnd.current = element.scrollHeight - element.scrollTop - element.clientHeight < 40;
		};
		element?.addEventListener("scroll", note, { passive: true });
		return () => element?.removeEventListener("scroll", note);
	}, []);
	useLayoutEffect(() => {
		if (isAtEnd.current && log.current) log.current.scrollTop = log.current.scrollHeight;
	}, [newest]);
	return log;
}

function Message({
	workspace,
	call,
	message,
	onAgain,
	isRepeated,
}: Pick<ThreadProps, "workspace" | "call" | "onAgain"> & { message: ThreadMessage; isRepeated: boolean }) {
	const fate = fateOf(message);
	const again = fate === "failed" && !message.automatic && !message.file && !isRepeated ? onAgain : undefined;
	return (
		<div class="message" data-message={message.id} data-direction={message.direction} data-fate={fate}>
			<p class="message-text">
				<span class="ui-hidden">{`${whose(workspace, call, message)}: `}</span>
				{message.file ? (
					<Button size="small" data-file={message.id} onClick={() => void openFile(workspace, call, message.id)}>
						<bdi>{`${message.file.name} (${sizeText(message.file.size)})`}</bdi>
					</Button>
				) : (
					<bdi>{message.text}</bdi>
				)}
			</p>
			<p class="message-line">
				{message.automatic && <span data-automatic>{`${t("automatic")} · `}</span>}
				{isColleagues(workspace, message) && (
					<>
						<bdi>{whose(workspace, call, message)}</bdi>
						{" · "}
					</>
				)}
				<time dateTime={message.at}>{timeText(message.at)}</time>
				{fate && <span class={fate === "failed" ? "ui-error" : undefined}>{` · ${fateText(message)}`}</span>}
				{(message.againOf || isRepeated) && <span data-again={message.againOf ?? ""}>{` · ${t("sentAgain")}`}</span>}
			</p>
			{again && (
				<Button
					size="small"
					icon="refresh"
					data-send-again={message.id}
					busy={workspace.busy.value.has(`message.${call.id}`)}
					onClick={() => again(message)}
				>
					{t("again")}
				</Button>
			)}
		</div>
	);
}

/** Its link is good for minutes only, so that it is asked for when it is wanted. */
function openFile(workspace: Workspace, call: LiveInteraction, messageId: string): Promise<boolean> {
	return workspace.attempt(`file.${messageId}`, async () => {
		const path = `/api/inlay/v1/conversations/messages/${call.id}/files/${messageId}`;
		const { url } = await workspace.session.api.get<{ url: string }>(path);
		workspace.window.clickedPage.open(url, "_blank", "noopener");
	});
}

function isColleagues({ session }: Workspace, { user }: ThreadMessage): boolean {
	return user !== undefined && user.id !== session.me.id;
}

function whose(workspace: Workspace, call: LiveInteraction, message: ThreadMessage): string {
	if (message.direction === "inbound") return workspace.nameOf(call) || t("them");
	if (message.automatic) return t("automatic");
	return isColleagues(workspace, message) ? (message.user?.name ?? t("colleague")) : t("you");
}

function fateText(message: ThreadMessage): string {
	const fate = fateOf(message) ?? "sent";
	const reason = message.error?.message;
	return fate === "failed" && reason ? t("failedWhy", { reason }) : t(`status_${fate}`);
}

/** Making one takes longer than all else of a message: a long thread has one for each kind of time. */
function formatter(make: (language: string) => Intl.DateTimeFormat): (at: string) => string {
	let made: { language: string; format: Intl.DateTimeFormat } | undefined;
	return (at) => {
		const language = locale.value;
		if (made?.language !== language) made = { language, format: make(language) };
		return made.format.format(Date.parse(at));
	};
}

const timeText = formatter((language) => timeFormat({}, language));
const dayText = formatter(
	(language) => new Intl.DateTimeFormat(language, { weekday: "long", day: "numeric", month: "long" }),
);
