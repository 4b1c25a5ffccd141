import "./transcript.css";
import { useEffect, useRef } from "preact/hooks";
import type { LiveInteraction } from "../../session/interaction.ts";
import { type Speaker, speakerOf, type TranscriptLine } from "../../session/transcript-lines.ts";
import { linesOf } from "../../shell/transcript-news.ts";
import type { Workspace } from "../../shell/workspace.ts";
import { t } from "./strings.ts";

/** So near to its end somebody reads along, px: then it goes on under their eyes. */
const nearPx = 24;

/** What is said in the call, line by line; what is still being said stands below, and is not read out before it was said. */
export function TranscriptCard({ workspace, call }: { workspace: Workspace; call: LiveInteraction }) {
	const lines = linesOf(workspace, call.id);
	const list = useRef<HTMLElement>(null);
	const readsAlong = useRef(true);
	useEffect(() => {
		if (list.current && readsAlong.current) list.current.scrollTop = list.current.scrollHeight;
	}, [lines]);
	const follow = ({ currentTarget: { scrollHeight, scrollTop, clientHeight } }: { currentTarget: HTMLElement }) => {
		readsAlong.current = scrollHeight - scrollTop - clientHeight < nearPx;
	};
	const said = lines.filter(({ isFinal }) => isFinal);
	const saying = lines.filter(({ isFinal }) => !isFinal);
	return (
		<details class="transcript" open data-transcript>
			<summary>{t("title")}</summary>
			{/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is scrolled by keys, too (WCAG 2.1.1) */}
			<section class="transcript-lines" ref={list} onScroll={follow} tabIndex={0} aria-label={t("title")}>
				<div role="log" aria-live="polite" aria-label={t("title")}>
					{said.map((line) => (
						<Line key={line.id} line={line} speaker={speakerOf(line, call.source, workspace.session.me.id)} />
					))}
				</div>
				<div aria-hidden="true" class="transcript-saying">
					{saying.map((line) => (
						<Line key={line.id} line={line} speaker={speakerOf(line, call.source, workspace.session.me.id)} />
					))}
				</div>
				{lines.length === 0 && <p class="ui-muted">{t("empty")}</p>}
			</section>
			{call.transcription === "paused" && <p role="status">{t("paused")}</p>}
		</details>
	);
}

function Line({ line: { isOwnSide, text }, speaker }: { line: TranscriptLine; speaker: Speaker }) {
	return (
		<p data-side={isOwnSide ? "own" : "customer"}>
			<b>{t(speaker)}</b> <span>{text}</span>
		</p>
	);
}
