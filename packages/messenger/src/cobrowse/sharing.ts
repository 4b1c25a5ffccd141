import { Acts } from "./acts.ts";
import { Bar } from "./bar.ts";
import { BadSelector, Fields } from "./fields.ts";
import { Link } from "./link.ts";
import { isNeverShared } from "./pauses.ts";
import type { Act, Asked, ShareFrame, ShareOptions, ShareSettings } from "./protocol.ts";
import { nodes, Recorder } from "./recorder.ts";

/** The page's address is looked at so often, ms: applications change it without telling anybody. */
const addressMs = 300;
/** Esc twice within that ends it, ms. */
const twiceMs = 1_000;

/** One page that is shared. */
export class Sharing {
	readonly #options: ShareOptions;
	readonly #link: Link;
	readonly #bar: Bar;
	#settings: ShareSettings | undefined;
	#recorder: Recorder | undefined;
	#acts: Acts | undefined;
	#isWatched = false;
	#isPaused: boolean;
	#byRule = false;
	#asked: Asked | undefined;
	readonly #allowed = new Set<Asked>();
	#escAt = Number.NEGATIVE_INFINITY;
	#address: ReturnType<typeof setInterval> | undefined;
	readonly #esc = (event: KeyboardEvent) => {
		if (!event.isTrusted || event.key !== "Escape") return;
		const isTwice = event.timeStamp - this.#escAt < twiceMs;
		this.#escAt = event.timeStamp;
		if (isTwice) this.stop();
	};
	readonly #seen = () => {
		// Of several pages that share, the one that the customer has before them does.
		if (document.visibilityState === "visible") this.#link.open();
	};

	constructor(options: ShareOptions) {
		this.#options = options;
		this.#isPaused = options.share.isPaused === true;
		this.#bar = new Bar(options, {
			pause: (isPaused) => this.#pause(isPaused),
			stop: () => this.stop(),
			answer: (what, isAllowed) => this.#answer(what, isAllowed),
		});
		this.#link = new Link(options.api, options.share.sessionId, {
			hello: () => ({ type: "hello", key: options.share.key }),
			received: (frame) => this.#received(frame),
			changed: (isOnline) => isOnline || this.#unwatch(),
			replaced: () => this.#hide(),
			lost: () => this.#over("shareLost"),
		});
	}

	start(): void {
		addEventListener("keydown", this.#esc, { capture: true });
		document.addEventListener("visibilitychange", this.#seen);
		addEventListener("focus", this.#seen);
		this.#address = setInterval(() => this.#judge(), addressMs);
		this.#link.open();
	}

	/** The customer has had enough. */
	stop(): void {
		this.#link.send({ type: "stop" });
		this.#over("shareEnded");
	}

	#received(frame: ShareFrame): void {
		if (frame.type === "session") this.#begin(frame);
		else if (frame.type === "watch") this.#watch();
		else if (frame.type === "unwatch") this.#unwatch();
		else if (frame.type === "ask") this.#ask(frame.what);
		else if (frame.type === "release") this.#answer(frame.what, false);
		else if (frame.type === "pointer" || frame.type === "draw") this.#draw(frame);
		else if (frame.type === "navigate") this.#navigate(frame.to);
		else if (frame.type === "ended" || frame.type === "error") this.#over(endWords(frame));
		else this.#act(frame);
	}

	#watch(): void {
		this.#isWatched = true;
		this.#follow(true);
	}

	#draw(frame: Extract<ShareFrame, { type: "pointer" | "draw" }>): void {
		if (!this.#isShown()) return;
		if (frame.type === "pointer") this.#bar.layer.point(frame.x, frame.y);
		else if (this.#settings?.allowDraw) this.#bar.layer.draw(frame.points);
	}

	#begin({ settings, isWatched }: Extract<ShareFrame, { type: "session" }>): void {
		try {
			const fields = new Fields(settings);
			this.#settings = settings;
			this.#recorder?.stop();
			this.#acts?.stop();
			this.#recorder = new Recorder(fields, settings.showPath, {
				send: (frame) => this.#link.send(frame),
				waiting: () => this.#link.waiting,
			});
			this.#acts = new Acts(fields, nodes);
		} catch (error) {
			if (!(error instanceof BadSelector)) throw error;
			// What is to be hidden cannot be found: nothing is shown.
			console.error(`Inlay messenger: ${error.message} is no selector; this page is not shared.`);
			this.#link.send({ type: "stop" });
			this.#over("shareBroken");
			return;
		}
		this.#allowed.clear();
		this.#asked = undefined;
		this.#isWatched = isWatched;
		this.#byRule = isNeverShared(location.href, settings.pauseCriteria);
		if (this.#isPaused || this.#byRule) this.#tellPause();
		this.#follow(true);
	}

	/** Records while somebody sees it and nothing is against it. @param isAnew the whole page is wanted */
	#follow(isAnew: boolean): void {
		if (!this.#isWatched || !this.#isShown()) this.#recorder?.stop();
		else if (isAnew) this.#recorder?.start();
		this.#show();
	}

	#unwatch(): void {
		this.#isWatched = false;
		this.#recorder?.stop();
		this.#bar.layer.clear();
		this.#show();
	}

	#isShown(): boolean {
		return !this.#isPaused && !this.#byRule;
	}

	#show(): void {
		if (!this.#settings) return;
		this.#bar.show({
			isPaused: this.#isPaused,
			byRule: this.#byRule,
			isWatched: this.#isWatched,
			asked: this.#asked,
			allowed: this.#allowed,
			hasFrames: hasForeignFrames(),
		});
	}

	#pause(isPaused: boolean): void {
		this.#isPaused = isPaused;
		this.#options.keep({ ...this.#options.share, isPaused });
		this.#changedPause();
	}

	/** The page may have become another one, or one that is never shared. */
	#judge(): void {
		if (!this.#settings) return;
		const byRule = isNeverShared(location.href, this.#settings.pauseCriteria);
		if (byRule === this.#byRule) return;
		this.#byRule = byRule;
		this.#changedPause();
	}

	#changedPause(): void {
		this.#allowed.clear();
		this.#asked = undefined;
		this.#bar.layer.clear();
		// Nothing more is recorded before it is told, and it is told before anything is recorded again.
		if (!this.#isShown()) this.#recorder?.stop();
		this.#tellPause();
		this.#follow(true);
	}

	#tellPause(): void {
		this.#link.send({ type: "paused", isPaused: !this.#isShown(), byRule: this.#byRule });
	}

	#ask(what: Asked): void {
		const may = what === "control" ? this.#settings?.allowAgentControl : this.#settings?.allowAgentNavigation;
		if (!may || !this.#isShown() || this.#allowed.has(what)) return;
		this.#asked = what;
		this.#show();
	}

	#answer(what: Asked, isAllowed: boolean): void {
		if (this.#asked === what) this.#asked = undefined;
		if (isAllowed) this.#allowed.add(what);
		else this.#allowed.delete(what);
		this.#link.send({ type: "allow", what, isAllowed });
		this.#show();
	}

	#act(act: Act): void {
		const why = this.#allowed.has("control") && this.#isShown() ? this.#acts?.do(act) : "notAllowed";
		if (why) this.#link.send({ type: "refused", why });
		else if (act.type === "click") this.#bar.layer.ring(act.x, act.y);
	}

	#navigate(to: string): void {
		const may = this.#allowed.has("navigation") && this.#isShown();
		const address = URL.parse(to);
		if (!may) this.#link.send({ type: "refused", why: "notAllowed" });
		else if (to === "back") history.back();
		else if (to === "forward") history.forward();
		else if (to === "reload") location.reload();
		else if (address?.origin === location.origin) location.assign(address.href);
		else this.#link.send({ type: "refused", why: "elsewhere" });
	}

	/** Another page shares: this one goes on when it is looked at again. */
	#hide(): void {
		this.#unwatch();
		this.#settings = undefined;
		this.#bar.remove();
	}

	#over(word: "shareEnded" | "shareEndedAgent" | "shareLost" | "shareBroken"): void {
		clearInterval(this.#address);
		removeEventListener("keydown", this.#esc, { capture: true });
		document.removeEventListener("visibilitychange", this.#seen);
		removeEventListener("focus", this.#seen);
		this.#recorder?.stop();
		this.#acts?.stop();
		this.#link.close();
		this.#bar.remove();
		const { say, share, keep, ended } = this.#options;
		keep(undefined);
		ended(say(word, { name: share.agent }));
	}
}

function endWords(frame: Extract<ShareFrame, { type: "ended" | "error" }>) {
	if (frame.type === "error" || frame.why === "left") return "shareLost";
	return frame.by === "agent" ? "shareEndedAgent" : "shareEnded";
}

/** Their content is not shown: the browser keeps it from this page, too. */
function hasForeignFrames(): boolean {
	return [...document.querySelectorAll("iframe")].some((frame) => {
		try {
			return frame.contentDocument === null;
		} catch {
			return true;
		}
	});
}
