import type { FrameworkConfig, Interaction } from "@inlay/contract";
import { isRecord, safeGet, searchStringOf } from "@inlay/contract";
import type { FrameworkScript } from "@inlay/framework";
import { type Guard, messageOf } from "../guard.ts";
import type { FrameworkTimeouts, Timers } from "../ports.ts";
import type { FrameworkRuntimeOptions } from "../runtime-types.ts";
import { copyOf } from "../subscriptions.ts";
import { awaitFramework } from "./await-framework.ts";
import { hasCallback } from "./has-callback.ts";
import { askLanguage } from "./language.ts";
import { MissingFramework } from "./missing-framework.ts";
import { placeIn, type ScriptPlace } from "./script-place.ts";
import { lineText } from "./script-turns.ts";

/** What running a script needs of the runtime around it. */
export interface RunningScriptParts extends Pick<FrameworkRuntimeOptions, "window" | "ui" | "log" | "readScript"> {
	guard: Guard;
	timers: Timers;
	timeouts: FrameworkTimeouts;
	/** It was ended, as it had held the panel up. */
	ended: () => void;
}

/** The customer's `framework.js`: loaded, waited for, and looked at as the window holds it. */
export class RunningScript {
	readonly #parts: RunningScriptParts;
	readonly #missing: MissingFramework;
	#place: ScriptPlace;
	#framework: FrameworkScript | undefined;
	#hasEnded = false;

	constructor(parts: RunningScriptParts) {
		const { window, ui, readScript } = parts;
		this.#parts = parts;
		this.#place = placeIn(window, {
			threw: (text) => ui.report({ code: "framework.callback.threw", text, said: text }),
			blocked: () => ui.report({ code: "framework.popup.blocked", text: "a window that the script wanted to open" }),
			broke: (text) => ui.report({ code: "framework.script.broke", text, said: text }),
			ended: (line, held) => this.#end(`${held} (${lineText(line)})`),
		});
		this.#missing = new MissingFramework({
			window,
			isThere: () => safeGet(this.#place.holder, "Framework") !== undefined,
			report: (report) => ui.report(report),
			read: readScript,
		});
	}

	/** Whether there is a script, or it is known that there is none. */
	get isThere(): boolean {
		return this.#framework !== undefined;
	}

	/** It was ended, as it had held the panel up: the next page runs it again. */
	get hasEnded(): boolean {
		return this.#hasEnded;
	}

	/** It runs elsewhere than in the panel's window. To be called before {@link RunningScript.run}. */
	runsIn(place: ScriptPlace): void {
		this.#place = place;
	}

	/** It was called, and may have left its window otherwise than it was. */
	called(): void {
		this.#place.called?.();
	}

	/** What the window holds now: scripts may replace the object, or single callbacks, at any time. */
	get current(): FrameworkScript | undefined {
		const current = safeGet(this.#place.holder, "Framework");
		if (this.#hasEnded) return { config: safeGet(current, "config") as FrameworkScript["config"] };
		return isRecord(current) ? (current as unknown as FrameworkScript) : this.#framework;
	}

	/** It has held the panel up, and does nothing any more: the panel goes on as with one that has no callbacks. */
	#end(text: string): void {
		this.#hasEnded = true;
		this.#parts.ui.report({ code: "framework.script.loop", text });
		this.#parts.ended();
		const { holder } = this.#place;
		// Whoever waits for it to appear waits no longer. A script may have made it one that cannot be set.
		if (!isRecord(safeGet(holder, "Framework"))) Reflect.set(holder, "Framework", { config: { name: "framework.js" } });
	}

	/** The deployment has no script. */
	none(): void {
		this.#framework = { config: { name: "" } };
	}

	/** Runs it, and resolves once it has set `Framework`. Rejects with ScriptUnreachable. */
	async run(url: string): Promise<void> {
		const waiting = new AbortController();
		const appears = this.#appears(waiting.signal);
		await this.#load(url, waiting);
		this.#framework = (await appears).framework;
	}

	/** Theme and language, as the script wants them. */
	apply(config: FrameworkConfig): void {
		const { window, ui, guard, timers, timeouts } = this.#parts;
		ui.applyTheme(config.settings.theme);
		askLanguage(config, {
			guard,
			timers,
			timeoutMs: timeouts.language,
			fallback: window.navigator.languages,
			found: (language) => ui.setLanguage(language),
		});
	}

	/** The third argument is for scripts of 2018, which call it (framework-contract 2). */
	screenPop(interaction: Interaction, searchString = searchStringOf(interaction)): void {
		const framework = this.current;
		if (!hasCallback(framework, "screenPop")) return;
		const copy = copyOf(interaction);
		this.#parts.guard("screenPop", () => framework?.screenPop?.(searchString, copy, () => undefined));
	}

	#appears(signal: AbortSignal): ReturnType<typeof awaitFramework> {
		const { timers, timeouts } = this.#parts;
		return awaitFramework({
			window: this.#place.holder,
			timers,
			timeouts,
			signal,
			late: () => this.#missing.late(Math.round(timeouts.late / 1000)),
			missing: () => this.#missing.never(),
		});
	}

	async #load(url: string, waiting: AbortController): Promise<void> {
		const { ui, log } = this.#parts;
		try {
			await this.#place.load(url, (message) => this.#missing.threw(message));
			this.#missing
				.look(url)
				.catch((thrown: unknown) => log.warn("framework.js was not looked at", { message: messageOf(thrown) }));
		} catch (thrown) {
			waiting.abort();
			ui.report({ code: "framework.script.unreachable", text: messageOf(thrown) });
			throw thrown;
		}
	}
}
