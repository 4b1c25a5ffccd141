import "./screen.css";
import { Banner, Button, Dialog, EmptyState, Spinner } from "@inlay/ui";
import type { ComponentChildren } from "preact";
import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import type { ApiError } from "../session/api.ts";
import type { Loaded, Task } from "../session/load.ts";
import { failureText } from "./failure.ts";
import { HistoryLink } from "./history-link.tsx";
import { notice } from "./notice.ts";
import { backHrefOf, type Route } from "./router.ts";
import { t } from "./strings.ts";

/** A screen: its heading takes the focus when it opens, so that keyboard and screen reader start there. */
export function Screen({
	title,
	back,
	actions,
	historyOf,
	lead,
	children,
}: {
	title: string;
	back?: { to: Route; text: string };
	actions?: ComponentChildren;
	/** Id of the thing that the screen is about: who may see it is led to who has changed it. */
	historyOf?: string | undefined;
	lead?: ComponentChildren;
	children: ComponentChildren;
}) {
	const heading = useRef<HTMLHeadingElement>(null);
	useEffect(() => heading.current?.focus(), []);
	useEffect(() => {
		document.title = `${title} · Inlay`;
	}, [title]);
	return (
		<>
			{back && (
				<a class="back" href={backHrefOf(back.to)}>
					← {back.text}
				</a>
			)}
			<header class="screen-head">
				<h1 ref={heading} tabIndex={-1}>
					{title}
				</h1>
				{actions && <div class="screen-actions">{actions}</div>}
				{historyOf && <HistoryLink id={historyOf} />}
			</header>
			{lead && <p class="lead">{lead}</p>}
			{children}
		</>
	);
}

/** What was loaded, or where that stands. Loads when it appears. */
export function Load<T>({ from, children }: { from: Loaded<T>; children: (value: T) => ComponentChildren }) {
	useEffect(() => void from.load(), [from]);
	return <Shown from={from}>{children}</Shown>;
}

/** The same of what somebody else has read. */
export function Shown<T>({ from, children }: { from: Loaded<T>; children: (value: T) => ComponentChildren }) {
	const state = from.state.value;
	if (state.kind === "ready") return <>{children(state.value)}</>;
	if (state.kind === "loading") return <Spinner label={t("loading")} />;
	return (
		<EmptyState icon="warning" title={t("failedTitle")}>
			<p>{failureText(state.error)}</p>
			<Button icon="refresh" onClick={() => void from.load()}>
				{t("retry")}
			</Button>
		</EmptyState>
	);
}

/** Says why something did not work, at once. */
export function Failure({ error, text }: { error: ApiError | undefined; text?: string }) {
	// What was done before is no longer the last word.
	useEffect(() => {
		if (error) notice.value = undefined;
	}, [error]);
	if (!error) return null;
	return (
		<Banner tone="bad" urgent>
			{text ?? failureText(error)}
		</Banner>
	);
}

/** One subject of a screen. */
export function Section({ title, hint, children }: { title: string; hint?: string; children: ComponentChildren }) {
	return (
		<section class="section ui-card">
			<h2>{title}</h2>
			{hint && <p class="ui-muted">{hint}</p>}
			{children}
		</section>
	);
}

/** Asks before something that cannot be undone. */
export function Confirm({
	title,
	text,
	action,
	task,
	onConfirm,
	onClose,
	refused,
	children,
}: {
	title: string;
	text: string;
	action: string;
	task: Task;
	/** Why it will not be done, where that is known before somebody asks for it. */
	refused?: string | undefined;
	/** Who and what is affected. */
	children?: ComponentChildren;
	onConfirm: () => void;
	onClose: () => void;
}) {
	// What was refused before is no answer to what is asked now.
	useLayoutEffect(() => task.forget(), [task]);
	return (
		<Dialog title={title} closeLabel={t("close")} onClose={onClose}>
			<div class="ui-stack">
				<p>{text}</p>
				{children}
				{refused && (
					<Banner tone="bad" urgent>
						{refused}
					</Banner>
				)}
				<Failure error={task.error.value} />
				<div class="dialog-actions">
					<Button onClick={onClose}>{t("cancel")}</Button>
					<Button kind="bad" busy={task.busy.value} disabled={refused !== undefined} onClick={onConfirm}>
						{action}
					</Button>
				</div>
			</div>
		</Dialog>
	);
}

/** A form that Enter sends, with its buttons. */
export function Form({ onSend, children }: { onSend: () => void; children: ComponentChildren }) {
	return (
		<form
			class="ui-stack"
			noValidate
			onSubmit={(event) => {
				event.preventDefault();
				onSend();
			}}
		>
			{children}
		</form>
	);
}
