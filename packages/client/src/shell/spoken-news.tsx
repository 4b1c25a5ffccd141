import { oneLine } from "@inlay/ui";
import { useEffect, useRef, useState } from "preact/hooks";
import { isWritten, type LiveInteraction } from "../session/interaction.ts";
import type { NewsOf } from "./feature.ts";
import { allFeatures } from "./features.ts";
import { keepFocus } from "./kept-focus.ts";
import { t } from "./spoken-strings.ts";
import type { Workspace } from "./workspace.ts";

/** Longer than it takes to say it. */
const staysMs = 8_000;

type Told = LiveInteraction;

interface Said {
	text: string;
	count: number;
	/** The calls that it is about, and how they stood: of one that is over, or stands otherwise, it is true no more. */
	of: readonly string[];
}

/** For those who work without looking or without a mouse: what is spoken, and a focus that never falls to the page. */
export function SpokenNews({ workspace }: { workspace: Workspace }) {
	useEffect(() => keepFocus(document), []);
	return <Spoken workspace={workspace} />;
}

/**
 * Says to screen readers that a call was answered, muted or held, by
 * whatever it was done: a shortcut moves no focus.
 */
export function Spoken({ workspace }: { workspace: Workspace }) {
	const calls = workspace.session.conversations.listed.value;
	const before = useRef<ReadonlyMap<string, Told> | undefined>(undefined);
	const [said, say] = useState<Said>({ text: "", count: 0, of: [] });
	const ofFeatures = useNewsOfFeatures();
	// What was true then is not read on as if it were now.
	useEffect(() => {
		const timer = setTimeout(() => say((now) => ({ ...now, text: "" })), staysMs);
		return () => clearTimeout(timer);
	}, [said.count]);
	useEffect(() => {
		const known = before.current;
		before.current = new Map(calls.map((call) => [call.id, call]));
		const news = calls.flatMap((call) => {
			if (!known) return [];
			const before = known.get(call.id);
			// Nobody waits by ear for what is written.
			const changes = (isWritten(call) ? [] : changesOf(before, call)).map((change) => t(change));
			const said = ofFeatures.flatMap((newsOf) => newsOf(before, call, workspace) ?? []);
			const texts = [...(changes.length > 0 ? [oneLine([...changes, workspace.nameOf(call)])] : []), ...said];
			return texts.length > 0 ? [{ text: texts.join(" "), of: `${call.id} ${call.state}` }] : [];
		});
		const text = news.map((one) => one.text).join(" ");
		if (news.length > 0) say(({ count }) => ({ text, count: count + 1, of: news.map((one) => one.of) }));
		else if (said.text !== "" && !said.of.every((one) => calls.some(({ id, state }) => one === `${id} ${state}`)))
			say((now) => ({ ...now, text: "" }));
	});
	return (
		<div class="ui-hidden" role="status" data-spoken-news>
			{/* The same words said anew are news. */}
			<span key={said.count}>{said.text}</span>
		</div>
	);
}

/** What features have to say of it; until their code is here, nothing. */
function useNewsOfFeatures(): readonly NewsOf[] {
	const [found, setFound] = useState<readonly NewsOf[]>([]);
	useEffect(() => {
		let isWanted = true;
		const all = allFeatures.flatMap(({ news }) => (news ? [news()] : []));
		void Promise.all(all).then(
			(loaded) => isWanted && setFound(loaded),
			() => undefined,
		);
		return () => {
			isWanted = false;
		};
	}, []);
	return found;
}

export function changesOf(before: Told | undefined, now: Told) {
	const { muted, held } = now;
	if (!isTalk(now)) return [];
	if (!before || !isTalk(before)) return before ? (["connected"] as const) : [];
	return [
		...(before.muted === muted ? [] : ([muted ? "muted" : "unmuted"] as const)),
		...(before.held === held ? [] : ([held ? "held" : "unheld"] as const)),
	];
}

/** Who has taken a callback, or a campaign's contact, talks to nobody before its call is answered. */
function isTalk({ state, media, call }: Told): boolean {
	return state === "connected" && (media !== "callback" || call?.state === "connected");
}
