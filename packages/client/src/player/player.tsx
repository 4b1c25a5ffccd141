import { formatDuration, IconButton, Select } from "@inlay/ui";
import { effect } from "@preact/signals";
import { useEffect, useRef, useState } from "preact/hooks";
import { onNextGesture } from "../phone/next-gesture.ts";
import { useOnceBack } from "../shell/again-when-back.ts";
import { NotLoaded } from "../shell/not-loaded.tsx";
import type { Workspace } from "../shell/workspace.ts";
import { type Channel, Channels } from "./channels.ts";
import { type PlayableRecording, regionOf, waveformPath } from "./model.ts";
import { oneSound } from "./one-sound.ts";
import { t } from "./strings.ts";

const speeds = ["0.75", "1", "1.25", "1.5", "2"];
const skipSeconds = 10;
const picture = { width: 400, height: 48 };

/** Plays one recording: place, speed, and whose voice; what is silent for a reason is hatched, with its times. */
export function Player({
	recording,
	workspace,
	url,
	onReload,
	onPlay,
	oneVoice,
	atOnce,
}: {
	recording: PlayableRecording;
	/** The agent's, whose calls it is not heard over. */
	workspace: Workspace;
	url: string;
	onReload: () => Promise<void>;
	/** It is heard. */
	onPlay?: () => void;
	/** There is but one channel. */
	oneVoice?: boolean;
	/** It was asked for to be heard: it plays by itself. */
	atOnce?: boolean;
}) {
	const audio = useRef<HTMLAudioElement>(null);
	const channels = useRef<Channels | undefined>(undefined);
	const [playing, setPlaying] = useState(false);
	const [atMs, setAtMs] = useState(0);
	const [speed, setSpeed] = useState("1");
	const [channel, setChannel] = useState<Channel>("both");
	const [failed, setFailed] = useState(false);
	const durationMs = recording.durationMs ?? 0;
	useEffect(() => () => channels.current?.close(), []);
	useEffect(() => {
		const element = audio.current;
		if (!element || !atOnce) return;
		let giveUp = () => {};
		let isGone = false;
		const play = () => {
			element.play().catch((error: { name?: string }) => {
				// The click that asked for it is too long ago where a server is slow: the next one plays.
				if (isGone || error.name !== "NotAllowedError") return;
				giveUp = onNextGesture(element.ownerDocument.defaultView ?? window, () => element.paused && play());
			});
		};
		play();
		return () => {
			isGone = true;
			giveUp();
		};
	}, [url]);
	useEffect(() => effect(() => oneSound.follow(workspace.session.conversations.listed.value)), []);
	useOnceBack(workspace, failed, onReload);

	const goTo = (ms: number) => {
		const place = Math.min(Math.max(ms, 0), durationMs);
		if (audio.current) audio.current.currentTime = place / 1000;
		setAtMs(place);
	};
	const toggle = () => {
		if (!audio.current) return;
		if (playing) audio.current.pause();
		else audio.current.play().catch(() => setFailed(true));
	};
	const hear = (wanted: Channel) => {
		if (audio.current && !channels.current) channels.current = new Channels(audio.current);
		channels.current?.hear(wanted);
		setChannel(wanted);
	};
	const accelerate = (wanted: string) => {
		if (audio.current) audio.current.playbackRate = Number(wanted);
		setSpeed(wanted);
	};
	return (
		<div class="player">
			{/* biome-ignore lint/a11y/useMediaCaption: there is no transcript of a call. */}
			<audio
				ref={audio}
				src={url}
				crossOrigin="anonymous"
				preload="metadata"
				onPlay={(event) => {
					oneSound.plays(event.currentTarget);
					setPlaying(true);
				}}
				onPlaying={onPlay}
				onPause={() => setPlaying(false)}
				onTimeUpdate={(event) => setAtMs(event.currentTarget.currentTime * 1000)}
				onError={() => setFailed(true)}
			/>
			{failed && <NotLoaded text={t("unplayable")} load={onReload} />}
			<Picture recording={recording} durationMs={durationMs} atMs={atMs} />
			<input
				type="range"
				class="player-place"
				aria-label={t("place")}
				aria-valuetext={`${formatDuration(atMs)} / ${formatDuration(durationMs)}`}
				min={0}
				max={durationMs}
				step={1000}
				value={atMs}
				onInput={(event) => goTo(Number(event.currentTarget.value))}
			/>
			<div class="player-row">
				<IconButton icon="left" label={t("back")} onClick={() => goTo(atMs - skipSeconds * 1000)} />
				<IconButton icon={playing ? "hold" : "play"} label={t(playing ? "pause" : "play")} onClick={toggle} />
				<IconButton icon="right" label={t("ahead")} onClick={() => goTo(atMs + skipSeconds * 1000)} />
				<span class="ui-number ui-grow">
					{formatDuration(atMs)} / {formatDuration(durationMs)}
				</span>
			</div>
			<div class="player-row">
				<Select
					label={t("speed")}
					value={speed}
					options={speeds.map((value) => ({ value, text: `${value}×` }))}
					onChange={accelerate}
				/>
				{!oneVoice && (
					<Select
						label={t("channel")}
						value={channel}
						options={(["both", "left", "right"] as const).map((value) => ({ value, text: t(value) }))}
						onChange={(wanted) => hear(wanted as Channel)}
					/>
				)}
			</div>
			<Marks recording={recording} />
		</div>
	);
}

function Picture({ recording, durationMs, atMs }: { recording: PlayableRecording; durationMs: number; atMs: number }) {
	const { width, height } = picture;
	const hatch = `hatch-${recording.id}`;
	return (
		<svg class="player-wave" viewBox={`0 0 ${width} ${height}`} preserveAspectRatio="none" aria-hidden="true">
			<defs>
				<pattern id={hatch} width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
					<line x1="0" y1="0" x2="0" y2="6" stroke="currentColor" stroke-width="2" />
				</pattern>
			</defs>
			<path class="player-sound" d={waveformPath(recording.waveform, width, height)} />
			{recording.annotations.map((one) => (
				<rect
					key={`${one.type}${one.offset}`}
					class="player-mark"
					data-mark={one.type}
					{...regionOf(one, durationMs, width)}
					y={0}
					height={height}
					fill={`url(#${hatch})`}
				/>
			))}
			<rect class="player-at" x={durationMs > 0 ? (atMs / durationMs) * width : 0} y={0} width={1.5} height={height} />
		</svg>
	);
}

const markTexts = { pause: "pauseMark", hold: "holdMark", gap: "gapMark" } as const;

/** The hatched places in words. */
function Marks({ recording: { annotations } }: { recording: PlayableRecording }) {
	if (annotations.length === 0) return null;
	return (
		<ul class="player-marks ui-muted">
			{annotations.map(({ type, offset, duration }) => (
				<li key={`${type}${offset}`}>
					{t(markTexts[type], { from: formatDuration(offset), to: formatDuration(offset + duration) })}
				</li>
			))}
		</ul>
	);
}
