import { useEffect, useState } from "preact/hooks";
import type { MessengerParts } from "../mount.tsx";
import type { SessionModel } from "../session-model.ts";
import { transcriptOf } from "../transcript.ts";
import { t } from "../words.ts";
import { Composer } from "./composer.tsx";
import { Log } from "./log.tsx";
import { MailTranscript } from "./mail-transcript.tsx";
import { ShareView } from "./share.tsx";

/** The conversation. It covers a corner of the page and keeps nobody from the rest: Esc closes it. */
export function Dialog({ model, share, settings }: MessengerParts) {
	const title = settings.title || t("title");
	const state = model.state.value;
	const [isEnding, setEnding] = useState(false);
	const [isMailing, setMailing] = useState(false);
	const endMailing = () => {
		setMailing(false);
		model.mailed.value = undefined;
	};
	const isLive = state?.phase === "waiting" || state?.phase === "answered";
	useEffect(() => {
		if (!isLive) setEnding(false);
	}, [isLive]);
	return (
		<div
			class="dialog"
			role="dialog"
			aria-label={title}
			onKeyDown={(event) => {
				if (event.key !== "Escape") return;
				event.stopPropagation();
				if (isMailing) endMailing();
				else if (isEnding) setEnding(false);
				else if (share.phase.peek().kind === "code") share.cancel();
				else model.setOpen(false);
			}}
		>
			<div class="top">
				<h2>{title}</h2>
				{settings.sharesByCode && share.phase.value.kind === "none" && (
					<button
						type="button"
						aria-label={t("shareThis")}
						title={t("shareThis")}
						data-share
						onClick={() => share.ask()}
					>
						<svg viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2" aria-hidden="true">
							<path d="M3 5h18v12H3zM8 21h8m-4-4v4m0-7V8m-3 3 3-3 3 3" />
						</svg>
					</button>
				)}
				{model.messages.value.length > 0 && (
					<button
						type="button"
						aria-label={t("download")}
						title={t("download")}
						onClick={() => void save(model, title)}
					>
						<svg viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2" aria-hidden="true">
							<path d="M12 4v11m-4-4 4 4 4-4M5 20h14" />
						</svg>
					</button>
				)}
				{settings.mailsTranscript && model.messages.value.some(({ name }) => name !== undefined) && (
					<button
						type="button"
						aria-label={t("mail")}
						title={t("mail")}
						aria-expanded={isMailing}
						data-mail
						onClick={() => (isMailing ? endMailing() : setMailing(true))}
					>
						<svg viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2" aria-hidden="true">
							<path d="M3 6h18v12H3zm0 1 9 6 9-6" />
						</svg>
					</button>
				)}
				{isLive && (
					<button type="button" aria-label={t("end")} title={t("end")} data-end onClick={() => setEnding(true)}>
						<svg viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2" aria-hidden="true">
							<path d="M10 4H5v16h5m4-12 4 4-4 4m4-4H9" />
						</svg>
					</button>
				)}
				<button
					type="button"
					aria-label={t("close")}
					title={t("close")}
					data-close
					onClick={() => model.setOpen(false)}
				>
					<svg viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2" aria-hidden="true">
						<path d="m5 9 7 7 7-7" />
					</svg>
				</button>
			</div>
			<Log model={model} settings={settings} />
			<ShareView model={share} />
			{isMailing && <MailTranscript model={model} onDone={endMailing} />}
			{isEnding && (
				<div class="actions" role="alertdialog" aria-label={t("endSure")}>
					<span>{t("endSure")}</span>
					<button
						type="button"
						class="primary"
						ref={focused}
						data-end-yes
						onClick={() => {
							setEnding(false);
							model.end();
						}}
					>
						{t("endYes")}
					</button>
					<button type="button" onClick={() => setEnding(false)}>
						{t("endNo")}
					</button>
				</div>
			)}
			{state && !state.isWritable ? (
				<div class="actions">
					<button type="button" class="primary" ref={focused} data-start-new onClick={() => model.forget()}>
						{t("startNew")}
					</button>
				</div>
			) : (
				<Composer model={model} settings={settings} />
			)}
		</div>
	);
}

const focused = (element: HTMLElement | null) => element?.focus();

async function save(model: SessionModel, title: string): Promise<void> {
	const text = transcriptOf(await model.whole());
	const link = document.createElement("a");
	link.href = URL.createObjectURL(new Blob([text], { type: "text/plain;charset=utf-8" }));
	link.download = `${title.replace(/[^\p{L}\p{N} _-]/gu, "")}.txt`;
	link.click();
	setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
