/**
 * The panel's end of isolation ([decision 50](docs/decisions/0050-isolated-scripts.md)): a customer's script in a frame without an origin, which has the runtime's own actions and
 * callbacks by one channel. To the runtime it is one more place in which a script runs.
 */
import { isRecord, safeGet } from "@inlay/contract";
import type { InlayApi, PureCloudActions } from "@inlay/framework";
import type { FrameworkLog, ScriptReport, Timers } from "../ports.ts";
import type { FrameworkRuntimeOptions } from "../runtime-types.ts";
import type { ScriptPlace } from "../script/script-place.ts";
import { tellScriptEnded } from "../script-ended.ts";
import { actionNames, actionPrefix, requestName } from "./action-names.ts";
import { Admission } from "./admission.ts";
import { DroppedMessages } from "./dropped-messages.ts";
import type { IsolatedStart } from "./frame/isolated-page.ts";
import { watchFrame } from "./frame-life.ts";
import { HostRelay } from "./host-relay.ts";
import type { Callable } from "./plain.ts";
import { ScriptChannel } from "./script-channel.ts";

export interface IsolationParts {
	window: Window;
	/** Address of the frame's page. */
	page: string;
	/** Pages that may embed the panel. */
	hosts: readonly string[];
	actions: PureCloudActions & { Inlay: InlayApi };
	timers: Timers;
	log: FrameworkLog;
	report: (report: ScriptReport) => void;
	taskOrder: FrameworkRuntimeOptions["taskOrder"];
}

/**
 * A point that nobody sees or hits. Not `display: none`: Chromium gives the process of a frame that is nowhere in the view the
 * rank of a background tab, and each event waits for whatever else the machine does.
 */
const unseen = "position:fixed;left:0;top:0;width:1px;height:1px;border:0;opacity:0;pointer-events:none";

/** For how long what is drawn waits for a script to hear of it first, ms. */
const longestHearingMs = 25;

/** Runs scripts in a frame of their own. */
export class IsolatedScript implements ScriptPlace {
	readonly holder: { Framework?: unknown } = {};
	readonly #parts: IsolationParts;
	readonly #dropped: DroppedMessages;
	/** Names of callbacks that have not come back. */
	readonly #running: string[] = [];
	#failed: (message: string) => void;
	#isLoading = true;
	#end: () => void = () => {};
	#hasEnded: () => void = () => {};
	readonly #ended = new Promise<void>((resolve) => {
		this.#hasEnded = resolve;
	});

	constructor(parts: IsolationParts) {
		this.#parts = parts;
		this.#dropped = new DroppedMessages(parts.report);
		this.#failed = (message) => parts.report({ code: "framework.script.error", text: message });
	}

	async load(url: string, failed: (message: string) => void): Promise<void> {
		const { window } = this.#parts;
		this.#failed = failed;
		const channel = await this.#open();
		const address = new URL(url, window.document.baseURI);
		try {
			const ran = channel.ask("run", address.href, address.origin === window.location.origin);
			// Who is taken away while it loads never answers.
			await Promise.race([ran, this.#ended]);
		} finally {
			this.#isLoading = false;
		}
	}

	/** Makes the frame, and hands the port over: once, to the page that it has loaded first. */
	#open(): Promise<ScriptChannel> {
		const { window, page } = this.#parts;
		const frame = window.document.createElement("iframe");
		frame.setAttribute("sandbox", "allow-scripts");
		frame.title = "framework.js";
		frame.setAttribute("aria-hidden", "true");
		frame.tabIndex = -1;
		frame.style.cssText = unseen;
		frame.src = page;
		return new Promise((resolve) => {
			frame.addEventListener("load", () => resolve(this.#connect(frame)), { once: true });
			window.document.documentElement.append(frame);
		});
	}

	#connect(frame: HTMLIFrameElement): ScriptChannel {
		const { window, hosts, timers, taskOrder = {} } = this.#parts;
		const { port1, port2 } = new MessageChannel();
		const admission = new Admission(
			() => performance.now(),
			() => this.#over("framework.script.flood", "it asks for more than anybody can do"),
		);
		const channel: ScriptChannel = new ScriptChannel({
			port: port1,
			gathers: true,
			admits: (cost) => admission.admits(cost),
			dropped: (why) => this.#dropped.count(`the script (${why})`),
			named: { ...this.#actions(), ...this.#hears((data, target) => relay.send(data, target)) },
		});
		const relay = new HostRelay({
			window,
			hosts,
			said: (data, origin) => channel.tell("hostSays", data, origin),
			dropped: (from) => this.#dropped.count(from),
		});
		// What it says to the panel's window goes nowhere, and costs the panel's time all the same.
		const strays = ({ source }: MessageEvent) => {
			if (source !== frame.contentWindow) return;
			this.#dropped.count("the script (to the panel's window)");
			admission.admits();
		};
		window.addEventListener("message", strays);
		const stopWatching = watchFrame({
			timers,
			ask: () => channel.ask("ping"),
			silent: (seconds) => this.#over("framework.script.silent", `${seconds} s${this.#where()}`),
		});
		// As in the panel's window: the page around hears of a call before it is drawn.
		taskOrder.heard = () => {
			// A hidden page has timers once a second or a minute, and nobody who sees what is drawn before.
			if (window.document.hidden) return undefined;
			const heard = channel.heard();
			return heard && Promise.race([heard, new Promise<void>((late) => timers.after(longestHearingMs, late))]);
		};
		frame.addEventListener("load", () => this.#left());
		this.#end = () => {
			this.#end = () => {};
			stopWatching();
			taskOrder.heard = undefined;
			relay.dispose();
			window.removeEventListener("message", strays);
			port1.close();
			frame.remove();
			tellScriptEnded(window, relay.targets);
		};
		const { referrer } = window.document;
		const start: IsolatedStart = { isEmbedded: window.parent !== window, referrer };
		// Who has no origin cannot be named.
		frame.contentWindow?.postMessage(start, "*", [port2]);
		return channel;
	}

	#left(): void {
		this.#over("framework.script.left", "it has left its page");
	}

	/** The script is taken away; the panel goes on as with one that has no callbacks. */
	#over(code: ScriptReport["code"], text: string): void {
		this.#end();
		this.#hasEnded();
		this.holder.Framework = { config: safeGet(this.holder.Framework, "config") ?? {} };
		this.#parts.report({ code, text });
	}

	#actions(): Record<string, Callable> {
		return Object.fromEntries(
			[...actionNames, requestName].map((name) => [actionPrefix + name, actionOf(this.#parts.actions, name)]),
		);
	}

	#hears(toHost: (data: unknown, target: string) => void): Record<string, Callable> {
		return {
			framework: (told) => {
				if (isRecord(told)) this.holder.Framework = this.#named(told);
				else this.#dropped.count("the script (shape)");
			},
			failed: (message) => this.#threw(String(message).slice(0, 2000)),
			toHost: (data, target) => toHost(data, String(target)),
			left: () => this.#left(),
			looped: (line, held) =>
				this.#over("framework.script.loop", `${String(held).slice(0, 20)} (line ${Number(line)})`),
			stranger: (origin) => this.#dropped.count(`a window of ${String(origin).slice(0, 200)} (to the script's frame)`),
			blocked: (violation) =>
				this.#parts.window.document.dispatchEvent(
					Object.assign(new Event("securitypolicyviolation"), isRecord(violation) ? violation : {}),
				),
		};
	}

	#threw(message: string): void {
		if (this.#isLoading) this.#failed(message);
		else this.#parts.report({ code: "framework.callback.threw", text: message, said: message });
	}

	/** Callbacks tell by their names what is under way. */
	#named(framework: Record<string, unknown>): Record<string, unknown> {
		const named = Object.entries(framework).map(([key, value]) => {
			if (typeof value !== "function") return [key, value];
			return [key, (...args: unknown[]) => this.#follow(key, (value as Callable)(...args) as Promise<unknown>)];
		});
		return Object.fromEntries(named) as Record<string, unknown>;
	}

	#follow(name: string, answer: Promise<unknown>): Promise<unknown> {
		this.#running.push(name);
		return answer.finally(() => this.#running.splice(this.#running.indexOf(name), 1));
	}

	#where(): string {
		return this.#isLoading ? " (load)" : this.#running[0] ? ` (${this.#running[0]})` : "";
	}
}

function actionOf(actions: object, name: string): Callable {
	const parts = name.split(".");
	const owner = parts.slice(0, -1).reduce<unknown>((each, part) => safeGet(each, part), actions);
	return safeGet(owner, parts.at(-1) ?? "") as Callable;
}
