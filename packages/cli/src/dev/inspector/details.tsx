import { Badge, Button, IconButton } from "@inlay/ui";
import { useState } from "preact/hooks";
import type { Entry } from "../protocol.ts";
import { kindText, timeText } from "./entry-list.tsx";
import { canReplay, type Inspector } from "./model.ts";
import { strings } from "./strings.ts";

/** All that is known of one entry, and what can be done with it. */
export function Details({ entry, inspector }: { entry: Entry; inspector: Inspector }) {
	const { name, at, ms, heard, version, isReplay, answer, error, origin, payload, cause } = entry;
	const facts = [
		timeText(at),
		...(ms === undefined ? [] : [`${ms.toFixed(2)} ms`]),
		...(heard === undefined ? [] : [heard === 0 ? strings.unheard : strings.heard(heard)]),
		...(version ? [strings.version(version)] : []),
		...(origin ? [origin] : []),
	];
	return (
		<section class="inspector-details" aria-label={strings.details}>
			<header>
				<h2>{name}</h2>
				{isReplay && <Badge>{strings.replayed}</Badge>}
				<IconButton label={strings.close} icon="close" size="small" onClick={() => close(inspector)} />
			</header>
			<p class="muted">
				{kindText(entry)} · {facts.join(" · ")}
			</p>
			<Doings entry={entry} inspector={inspector} />
			{error && (
				<p class="inspector-error" data-error>
					{error.place && <b>{`${error.place.file}:${error.place.line}:${error.place.column} `}</b>}
					{error.message}
				</p>
			)}
			<Data payload={payload} label={strings.data} />
			{answer && <Data payload={answer.payload} label={strings.answer(answer.name, answer.afterMs)} />}
			<Links label={strings.cause} entries={[inspector.find(cause)]} inspector={inspector} />
			<Links label={strings.effects} entries={inspector.effectsOf(entry.id)} inspector={inspector} />
		</section>
	);
}

function close({ chosenId }: Inspector): void {
	chosenId.value = undefined;
	document.querySelector<HTMLElement>(".inspector-list")?.focus();
}

function Doings({ entry, inspector }: { entry: Entry; inspector: Inspector }) {
	const [said, say] = useState<{ text: string; copy?: string }>({ text: "" });
	const copy = async (text: string) => {
		try {
			await navigator.clipboard.writeText(text);
			say({ text: strings.copied });
		} catch {
			say({ text: strings.cannotCopy, copy: text });
		}
	};
	const copyTest = async () => {
		const answer = await fetch("/test", { method: "POST", body: JSON.stringify(entry) }).catch(() => undefined);
		const told = answer?.ok ? ((await answer.json()) as { test: string }) : undefined;
		if (told) await copy(told.test);
		else say({ text: strings.noTest((await answer?.text()) ?? strings.noServer) });
	};
	return (
		<>
			<p class="inspector-doings">
				{canReplay(entry) && (
					<Button
						size="small"
						icon="refresh"
						data-do="replay"
						onClick={() => {
							inspector.replay(entry);
							say({ text: strings.hasReplayed });
						}}
					>
						{strings.replay}
					</Button>
				)}
				{canReplay(entry) && (
					<Button size="small" icon="check" data-do="test" onClick={() => void copyTest()}>
						{strings.copyTest}
					</Button>
				)}
				<Button size="small" icon="copy" onClick={() => void copy(JSON.stringify(entry.payload, null, "\t"))}>
					{strings.copyData}
				</Button>
			</p>
			<p class="muted" role="status" data-said>
				{said.text}
			</p>
			{said.copy && <textarea class="ui-input" rows={8} readOnly value={said.copy} aria-label={strings.copyTest} />}
		</>
	);
}

function Data({ payload, label }: { payload: unknown; label: string }) {
	if (payload === undefined || payload === null) return null;
	return (
		<>
			<h3>{label}</h3>
			{/* Scrolled by the keyboard, too. */}
			{/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls takes the focus */}
			<pre tabIndex={0}>{JSON.stringify(payload, null, 2)}</pre>
		</>
	);
}

function Links({
	label,
	entries,
	inspector,
}: {
	label: string;
	entries: readonly (Entry | undefined)[];
	inspector: Inspector;
}) {
	const known = entries.filter((each) => each !== undefined);
	if (known.length === 0) return null;
	return (
		<>
			<h3>{label}</h3>
			<ul class="inspector-links">
				{known.map((each) => (
					<li key={each.id}>
						<button
							type="button"
							class="ui-button"
							data-kind="quiet"
							data-size="small"
							onClick={() => choose(inspector, each)}
						>
							{each.name}
						</button>
					</li>
				))}
			</ul>
		</>
	);
}

function choose({ chosenId }: Inspector, { id }: Entry): void {
	chosenId.value = id;
}
