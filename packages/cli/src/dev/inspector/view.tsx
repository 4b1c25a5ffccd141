import { Banner, Button, EmptyState, IconButton } from "@inlay/ui";
import type { ScriptState, SourcePlace } from "../protocol.ts";
import { Details } from "./details.tsx";
import { EntryList } from "./entry-list.tsx";
import { type Inspector, kinds } from "./model.ts";
import { strings } from "./strings.ts";

export function InspectorView({ inspector }: { inspector: Inspector }) {
	const { chosen, hasAny, shown } = inspector;
	return (
		<main class="inspector">
			<Script inspector={inspector} />
			<Toolbar inspector={inspector} />
			{shown.value.length > 0 ? (
				<EntryList inspector={inspector} />
			) : (
				<div class="inspector-list">
					<EmptyState icon="list" title={hasAny.value ? strings.noMatch : strings.empty}>
						<p>{hasAny.value ? strings.noMatchText : strings.emptyText}</p>
					</EmptyState>
				</div>
			)}
			{chosen.value && <Details key={chosen.value.id} entry={chosen.value} inspector={inspector} />}
		</main>
	);
}

/** How the script fares, above everything else. */
function Script({ inspector: { script, panels, isConnected } }: { inspector: Inspector }) {
	const state = script.value;
	if (!isConnected.value) return <Banner tone="warn">{strings.noServer}</Banner>;
	if (!state) return null;
	const { file, live, liveAfterMs, failure, findings } = state;
	return (
		<header class="inspector-script">
			<p>
				<b>{file}</b>{" "}
				<span class="muted" data-live={live}>
					{live ? strings.live(live, liveAfterMs) : strings.waiting}
				</span>
			</p>
			{failure && (
				<Banner tone="bad" urgent>
					<b>{placeText(failure.place, state)}</b> {failure.message} {strings.failed}
				</Banner>
			)}
			{panels.value === 0 && <Banner tone="info">{strings.noPanel}</Banner>}
			{findings.length > 0 && (
				<details class="inspector-findings">
					<summary>{strings.findings(findings.length)}</summary>
					<ul>
						{findings.map(({ place, message, code, severity }) => (
							<li key={`${place.line}:${place.column} ${code}`} data-severity={severity}>
								<b>{placeText(place, state)}</b> {message} <code>{code}</code>
							</li>
						))}
					</ul>
				</details>
			)}
		</header>
	);
}

function placeText(place: SourcePlace | undefined, { file }: ScriptState): string {
	return place ? `${place.file}:${place.line}:${place.column}` : file;
}

function Toolbar({ inspector }: { inspector: Inspector }) {
	const { search, hidden, isPaused, sincePause } = inspector;
	return (
		<div class="inspector-tools">
			<input
				class="ui-input"
				type="search"
				aria-label={strings.search}
				placeholder={strings.search}
				value={search.value}
				onInput={({ currentTarget }) => {
					search.value = currentTarget.value;
				}}
			/>
			<IconButton
				label={isPaused.value ? strings.resume : strings.pause}
				icon={isPaused.value ? "play" : "hold"}
				aria-pressed={isPaused.value}
				onClick={() => inspector.pause()}
			/>
			<IconButton label={strings.clear} icon="trash" onClick={() => inspector.clear()} />
			<IconButton label={strings.reload} icon="refresh" onClick={() => inspector.reload()} />
			<fieldset class="inspector-kinds" aria-label={strings.kinds}>
				{kinds.map((kind) => (
					<Button
						key={kind}
						size="small"
						data-entry-kind={kind}
						aria-pressed={!hidden.value.has(kind)}
						onClick={() => inspector.toggle(kind)}
					>
						{strings.kindNames[kind]}
					</Button>
				))}
			</fieldset>
			<p class="muted" role="status">
				{isPaused.value ? strings.paused(sincePause.value) : ""}
			</p>
		</div>
	);
}
