import { useEffect, useRef } from "preact/hooks";
import type { Entry } from "../protocol.ts";
import { failureOf, type Inspector, isUnanswered } from "./model.ts";
import { strings } from "./strings.ts";

/** The entries, the newest below; arrow keys go through them, and the list follows what comes unless somebody has scrolled up. */
export function EntryList({ inspector }: { inspector: Inspector }) {
	const list = useRef<HTMLDivElement>(null);
	const follows = useRef(true);
	const { shown, chosenId } = inspector;
	const entries = shown.value;
	const at = entries.findIndex(({ id }) => id === chosenId.value);
	useEffect(() => {
		const element = list.current;
		if (element && follows.current && at < 0) element.scrollTop = element.scrollHeight;
	}, [entries, at]);
	const chosen = entries[at]?.id;
	// Once the details have taken their place, too, or the one that was clicked would lie below the list's end.
	useEffect(() => {
		if (chosen) list.current?.querySelector(`[data-entry="${chosen}"]`)?.scrollIntoView({ block: "nearest" });
	}, [chosen]);
	const go = (to: number) => {
		const entry = entries[Math.min(entries.length - 1, Math.max(0, to))];
		if (!entry) return;
		chosenId.value = entry.id;
	};
	const moves: Record<string, () => void> = {
		ArrowDown: () => go(at + 1),
		ArrowUp: () => go(at < 0 ? entries.length - 1 : at - 1),
		Home: () => go(0),
		End: () => go(entries.length - 1),
		Escape: () => {
			chosenId.value = undefined;
		},
	};
	return (
		<div
			class="inspector-list"
			ref={list}
			role="listbox"
			tabIndex={0}
			aria-label={strings.list}
			aria-activedescendant={at < 0 ? undefined : `entry-${entries[at]?.id}`}
			onScroll={({ currentTarget: { scrollTop, scrollHeight, clientHeight } }) => {
				follows.current = scrollHeight - scrollTop - clientHeight < 40;
			}}
			onKeyDown={(event) => {
				if (!Object.hasOwn(moves, event.key)) return;
				event.preventDefault();
				moves[event.key]?.();
			}}
		>
			{entries.map((entry) => (
				<Row
					key={entry.id}
					entry={entry}
					isChosen={entry.id === chosenId.value}
					choose={() => (chosenId.value = entry.id)}
				/>
			))}
		</div>
	);
}

const arrows = { callback: "→", action: "←", event: "⇢", message: "✉", error: "!", note: "·" } as const;

function Row({ entry, isChosen, choose }: { entry: Entry; isChosen: boolean; choose: () => void }) {
	const { id, kind, name, at, ms, heard, direction, cause, isReplay } = entry;
	const failure = failureOf(entry);
	const arrow = kind === "message" ? (direction === "in" ? "⇠" : "⇥") : arrows[kind];
	return (
		// biome-ignore lint/a11y/useKeyWithClickEvents: the list takes the keys, and says which row is meant
		<div
			class="inspector-row"
			role="option"
			id={`entry-${id}`}
			tabIndex={-1}
			aria-selected={isChosen}
			data-entry={id}
			data-entry-kind={kind}
			data-failed={failure === undefined ? undefined : ""}
			data-caused={cause ? "" : undefined}
			data-unheard={heard === 0 ? "" : undefined}
			onClick={choose}
		>
			<time dateTime={new Date(at).toISOString()}>{timeText(at)}</time>
			<span class="inspector-kind" aria-hidden="true">
				{arrow}
			</span>
			<span class="ui-hidden">{kindText(entry)}: </span>
			<span class="inspector-name">
				{name}
				{isReplay && <small> {strings.replayed}</small>}
				{failure !== undefined && <small class="inspector-error"> {failure}</small>}
				{isUnanswered(entry) && <small class="muted"> {strings.unanswered}</small>}
			</span>
			<span class="inspector-ms">{ms === undefined ? "" : `${ms.toFixed(1)} ms`}</span>
		</div>
	);
}

export function kindText({ kind, direction }: Entry): string {
	if (kind !== "message") return strings.kindTexts[kind];
	return direction === "in" ? strings.toScript : strings.toPage;
}

/** With milliseconds, as what follows in one second is what one looks for. */
export function timeText(at: number): string {
	const date = new Date(at);
	const two = (value: number) => String(value).padStart(2, "0");
	const milliseconds = String(date.getMilliseconds()).padStart(3, "0");
	return `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}.${milliseconds}`;
}
