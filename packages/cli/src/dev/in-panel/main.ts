/** What `inlay dev` serves as the panel's `framework.js`: it loads the script that is being written, again at each save. */
import { isRecord, type SubscriptionRequest, safeGet } from "@inlay/contract";
import { turnGuard } from "@inlay/contract/script-guards";
import { firstVersion, postTap, versionPlaces } from "../page-names.ts";
import type { Entry, ToPanel } from "../protocol.ts";
import { AuthorsPlaces, type VersionPlaces } from "./authors-places.ts";
import { callingVersion } from "./caller.ts";
import { Known } from "./known.ts";
import { Link } from "./link.ts";
import { Recorder } from "./recorder.ts";
import { Slot } from "./slot.ts";
import { tapActions } from "./tap-actions.ts";
import { TapEvents } from "./tap-events.ts";
import { TapWindow } from "./tap-window.ts";
import { Traces } from "./traces.ts";

const own = (document.currentScript as HTMLScriptElement).src;
const { origin } = new URL(own);
const version = () => callingVersion(own);
const known = new Known();
const traces = new Traces();
/** Of versions that have come to nothing. */
const failed = new Set<number>();
let newest = 0;

const link = new Link(`${origin.replace(/^http/, "ws")}/panel`, hear, () => {
	// Firefox does not tell; and its referrer is the sign-in page, once that was there.
	const hostOrigin = location.ancestorOrigins?.[0];
	link.tell({ type: "hello", search: location.search, ...(hostOrigin === undefined ? {} : { hostOrigin }) });
	if (slot.version) link.tell({ type: "live", version: slot.version, how: slot.how });
});
const places = new AuthorsPlaces();
const recorder = new Recorder(
	(entry) => link.entry(entry),
	(thrown, stack) => places.mark(thrown, stack),
);
const tapWindow = new TapWindow({ window, recorder, traces, version });
const slot = new Slot({
	window,
	recorder,
	address: (number) => `${origin}/script/${number}.js`,
	version,
	tell: (news) => link.tell(news),
	tookOver: (number) => takeOver(number),
	gaveUp: (number) => {
		failed.add(number);
		traces.remove((each) => each === number);
		tapEvents.forget();
	},
});

const pureCloud = safeGet(window, "PureCloud") as object;
const subscribe = safeGet(pureCloud, "subscribe") as (requests: SubscriptionRequest[]) => void;
const isLive = (number: number) => number >= (slot.version ?? 0) && !failed.has(number);
const tapEvents = new TapEvents({ recorder, known, isLive }, subscribe);
const tapped = tapActions(pureCloud, {
	recorder,
	version,
	subscribe: (given) => tapEvents.add(given, version() ?? slot.version ?? newest),
});
Object.assign(window, { PureCloud: tapped });
Object.defineProperty(window, versionPlaces, {
	value: (number: number, given: VersionPlaces) => places.add(number, given),
});
Object.defineProperty(window, postTap, { value: (target: unknown) => tapWindow.post(target) });

const first = Number(safeGet(window, firstVersion) ?? 0);
if (first > 0) run(first, true);
else slot.stayEmpty();

function run(number: number, mayReplace: boolean): void {
	const isFirst = newest === 0;
	newest = number;
	// The page has run it before, and would refuse to run it again.
	if (!isFirst && (!mayReplace || wasEnded())) location.reload();
	else slot.load(number);
}

/** An older one did not come back, and was ended: whatever runs in this window from then on is, too. */
function wasEnded(): boolean {
	const turn = safeGet(window, turnGuard);
	try {
		if (typeof turn === "function") turn(0);
		return false;
	} catch {
		return true;
	}
}

function hear(news: ToPanel): void {
	if (news.type === "reload") location.reload();
	else if (news.type === "replay") replay(news.entry);
	else if (news.version > newest) run(news.version, news.mayReplace);
}

/** The new version is set up as in a page that opens, and told what there is. */
function takeOver(number: number): void {
	traces.remove((each) => each < number);
	tapEvents.forget();
	if (!known.isSetUp) return;
	const setUp = safeGet(slot.framework, "initialSetup");
	try {
		if (typeof setUp === "function") setUp.call(slot.framework);
	} catch (thrown) {
		console.error(thrown);
	}
	for (const event of known.events()) tapEvents.tell(event, false);
}

function replay(entry: Entry): void {
	const [type = "", category = ""] = entry.name.split(" ");
	if (entry.kind === "event") tapEvents.tell({ type, category, data: entry.payload }, true);
	else if (entry.kind === "message") tapWindow.replay(entry);
	else if (entry.kind === "callback") call(entry);
}

/** The functions that the panel has handed over are gone: what the script answers is written down, and that is all. */
function call({ name, payload }: Entry): void {
	const given = Array.isArray(payload) ? payload : [];
	const handed = given.map((each) => (typeof each === "string" && each.startsWith("ƒ") ? () => undefined : each));
	const path = name.split(".");
	const holder = path.slice(0, -1).reduce<unknown>(safeGet, slot.framework);
	const callback = safeGet(holder, path.at(-1) ?? "");
	try {
		if (isRecord(holder) && typeof callback === "function") callback.apply(holder, handed);
	} catch (thrown) {
		console.error(thrown);
	}
}
