/** A panel that was refused comes back by itself once its reason has gone; whoever sits there need not know when. */
import type { Signal } from "@preact/signals";
import type { Phase } from "./phase.ts";
import type { KeyValue } from "./storage.ts";

/** How often it is asked. */
interface Pace {
	/** ms: the first look, and the longest time between two. */
	firstMs: number;
	longestMs: number;
	/** Also where nobody looks at the page. */
	unseen: boolean;
}

const ofRefused: Pace = { firstMs: 3_000, longestMs: 30_000, unseen: false };
/** Somebody may be on the line, and hear nothing meanwhile: as often as a notification channel tries. */
const ofAway: Pace = { firstMs: 500, longestMs: 3_000, unseen: true };
const growth = 1.5;

export interface ComingBackParts {
	pace: Pace;
	/** Waits, and gives the way to stop. */
	after(ms: number, run: () => void): () => void;
	/** From 0 to 1: panels that were refused together do not ask together. */
	random(): number;
	page: { hidden: boolean } & Pick<EventTarget, "addEventListener" | "removeEventListener">;
}

/**
 * Asks now and then whether the reason has gone, ever more rarely, and at once when somebody looks at the page again. Where
 * nobody looks at one that was refused, nothing is asked.
 * @param isGone rejects where the server does not answer: then it has not
 * @param back once it has gone; nothing is asked after it
 * @returns the way to stop
 */
export function comeBack(isGone: () => Promise<boolean>, back: () => void, parts: ComingBackParts): () => void {
	const { after, random, page } = parts;
	const { firstMs, longestMs, unseen } = parts.pace;
	let waitMs = firstMs;
	let isOver = false;
	let cancel = () => {};
	const next = () => {
		if (isOver) return;
		cancel();
		// Between half and one and a half of it.
		cancel = after(waitMs * (0.5 + random()), () => void look());
		waitMs = Math.min(longestMs, waitMs * growth);
	};
	const look = async () => {
		if (isOver) return;
		if (page.hidden && !unseen) return next();
		const gone = await isGone().catch(() => false);
		if (isOver) return;
		if (!gone) return next();
		stop();
		back();
	};
	const shown = () => {
		if (page.hidden) return;
		cancel();
		waitMs = firstMs;
		void look();
	};
	const stop = () => {
		isOver = true;
		cancel();
		page.removeEventListener("visibilitychange", shown);
	};
	page.addEventListener("visibilitychange", shown);
	next();
	return stop;
}

/** Who has refused a panel, and so can say that it is let in; `away`: nobody, the server does not answer. */
export type RefusedBy = "boot" | "client" | "choices" | "access" | "away";

/** Of this tab: how often the panel has come back in vain, so that it comes ever more rarely. */
const vainKey = "inlay.back";

/** Asks for as long as the panel shows that it was refused. */
export function comeBackFrom(
	phase: Signal<Phase>,
	isAway: boolean,
	isGone: () => Promise<boolean>,
	back: () => void,
	store: KeyValue,
): void {
	const refused = phase.peek();
	if (refused.kind !== "problem") return;
	const vain = Number(store.getItem(vainKey) ?? 0);
	const backOnceMore = () => {
		store.setItem(vainKey, String(vain + 1));
		back();
	};
	const pace = paceAfter(isAway ? ofAway : ofRefused, vain);
	const stop = comeBack(isGone, backOnceMore, { pace, after, random: Math.random, page: document });
	const ends = phase.subscribe((now) => {
		if (now === refused) return;
		stop();
		queueMicrotask(() => ends());
	});
}

/** It was let in: the next time begins anew. */
export function hasComeBack(store: KeyValue): void {
	store.removeItem(vainKey);
}

export function paceAfter(pace: Pace, vain: number): Pace {
	const firstMs = Math.min(ofRefused.longestMs, pace.firstMs * growth ** vain);
	return { ...pace, firstMs, longestMs: Math.max(pace.longestMs, firstMs) };
}

/** Not the session's clock: what nobody else needs comes with this part alone. */
function after(ms: number, run: () => void): () => void {
	const timer = setTimeout(run, ms);
	return () => clearTimeout(timer);
}
