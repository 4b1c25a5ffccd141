/**
 * The message API that needs no customer script (framework-contract 10): the page asks by the names of the JavaScript API,
 * and hears events. Only pages of the listed origins are heard and told, each pinned before anything is sent to it.
 */
import { isRecord, matchName, SUBSCRIPTION_TYPES, type SubscriptionType, safeGet } from "@inlay/contract";
import type { PureCloudActions } from "@inlay/framework";
import { CONSOLE_PREFIX, consoleEventsOf } from "./console-events.ts";
import { embeddingOrigin } from "./embedding-origin.ts";
import type { Wish } from "./inlay/ask.ts";
import { type MessageHost, MessageHosts } from "./message-hosts.ts";
import type { FrameworkLog, Timers } from "./ports.ts";

export interface DirectMessageParts {
	window: Window;
	/** Whether pages of this origin may embed the panel and use the API. */
	allows: (origin: string) => boolean;
	/** `window.PureCloud` as a page of this origin asks for it: refusals and warnings name who has asked. */
	actionsOf: (host: string) => PureCloudActions;
	/** A page has asked for an action of the contract. */
	asked: (action: string, host: string) => void;
	/** Gives the way to stop. */
	subscribe: (subscription: object) => () => void;
	log: FrameworkLog;
	timers: Timers;
	/** `PureCloud.Inlay.request`. */
	ask: (wish: Wish) => Promise<unknown>;
	/** What the page said before anybody listened. */
	early?: readonly MessageEvent[];
}

/** Pages answer `InitialSetup` by subscribing, at once or after some asking of their own; who does so later has been loaded anew, ms. */
const answeredWithinMs = 5000;

export class DirectMessages {
	readonly #parts: DirectMessageParts;
	readonly #listener = (event: MessageEvent) => this.#hear(event);
	readonly #hosts: MessageHosts;
	#isHeard = true;
	/** The set-up has been announced, and its agent is still there. */
	#isSetUp = false;
	/** Of one window too many it is said once. */
	#saidTooMany = false;

	constructor(parts: DirectMessageParts) {
		const { window, allows, early } = parts;
		this.#parts = parts;
		this.#hosts = new MessageHosts(window, (origin) => this.#tooMany(origin));
		const around = embeddingOrigin(window, allows);
		// Who embeds is told what begins before it has said a word.
		if (around !== undefined) this.#hosts.from(window.parent, around);
		for (const event of early ?? []) this.#hear(event);
		window.addEventListener("message", this.#listener);
	}

	/** The panel is ready and an agent is signed in. */
	announceSetup(): void {
		this.#isSetUp = true;
		for (const host of this.#hosts.all()) this.#tellSetup(host);
	}

	/** The agent has left: pages hear of a set-up when the next one comes. */
	setupEnded(): void {
		this.#isSetUp = false;
	}

	/** Hears no more and says no more. */
	dispose(): void {
		this.#parts.window.removeEventListener("message", this.#listener);
		this.#isHeard = false;
	}

	#hear(event: MessageEvent): void {
		if (!this.#parts.allows(event.origin)) return;
		const message = readMessage(event.data);
		const type = safeGet(message, "type");
		if (typeof type !== "string" || !type.startsWith("PureCloud.")) return;
		const known = this.#hosts.all();
		const host = this.#hosts.from(event.source, event.origin);
		if (host === undefined) return;
		host.objects = typeof event.data !== "string";
		// Who comes later missed it.
		if (!known.includes(host)) this.#tellSetup(host);
		this.#act(type.slice("PureCloud.".length), safeGet(message, "data"), host);
	}

	#act(name: string, data: unknown, host: MessageHost): void {
		const folded = name.toLowerCase();
		if (folded === "subscribe") this.#subscribe(data, host);
		else if (folded === "inlay.request") void this.#ask(data, host);
		else this.#actAs(host, name, data);
	}

	#actAs(host: MessageHost, name: string, data: unknown): void {
		const { log, asked, actionsOf } = this.#parts;
		const action = actionNamed(actionsOf(host.origin), name.toLowerCase());
		if (action === undefined) {
			log.warn("The page asks for an action that the message API does not have", { name });
			return;
		}
		asked(name, host.origin);
		action(data as never);
	}

	/** `{id, request, data, timeoutMs}`; the answer has the same `id`, and `data` or `error`. */
	async #ask(given: unknown, host: MessageHost): Promise<void> {
		const id = safeGet(given, "id");
		const options = { id, timeoutMs: safeGet(given, "timeoutMs") };
		const wish = { name: safeGet(given, "request"), data: safeGet(given, "data"), options, host: host.origin };
		try {
			this.#tell(host, { type: "Inlay.answer", id, data: await this.#parts.ask(wish) });
		} catch (thrown) {
			const error = { code: safeGet(thrown, "code"), message: safeGet(thrown, "message") };
			this.#tell(host, { type: "Inlay.answer", id, error });
		}
	}

	#subscribe(given: unknown, host: MessageHost): void {
		const said = safeGet(given, "type");
		const type = matchName([...SUBSCRIPTION_TYPES, "ConsoleEvent"], said);
		const names = safeGet(given, "categories");
		const categories = Array.isArray(names) && names.length > 0 ? names.map(String) : undefined;
		const subscription = JSON.stringify([type, categories]);
		if (type === undefined) return;
		if (host.subscribed.has(subscription)) {
			// A page that was loaded anew in its frame knows of nothing.
			if (!host.answers) this.#tellSetup(host);
			return;
		}
		host.subscribed.add(subscription);
		if (type === "ConsoleEvent") this.#subscribeConsole(categories, host);
		else this.#follow(host, type, categories, (category, data) => this.#tell(host, { type, category, data }));
	}

	/** @param names of the console's events, without their prefix or with it; all where none is named */
	#subscribeConsole(names: readonly string[] | undefined, host: MessageHost): void {
		const wanted = names && new Set(names.map((one) => one.replace(CONSOLE_PREFIX, "").toUpperCase()));
		for (const type of SUBSCRIPTION_TYPES)
			this.#follow(host, type, undefined, (category, data) => {
				for (const { name, payload } of consoleEventsOf(type, category, data))
					if (wanted?.has(name) ?? true)
						this.#tell(host, { type: CONSOLE_PREFIX + name, data: JSON.stringify(payload) });
			});
	}

	#follow(
		{ stops }: MessageHost,
		type: SubscriptionType,
		categories: string[] | undefined,
		callback: (category: string, data: unknown) => void,
	): void {
		// What the page names need not be a category of its type: nothing is told then.
		const subscription = { type, callback, ...(categories ? { categories } : {}) };
		stops.push(this.#parts.subscribe(subscription));
	}

	#tooMany(origin: string): void {
		if (this.#saidTooMany) return;
		this.#saidTooMany = true;
		this.#parts.log.warn("More windows speak to the panel than it listens to", { origin });
	}

	#tellSetup(host: MessageHost): void {
		if (!this.#isSetUp) return;
		host.answers = true;
		this.#parts.timers.after(answeredWithinMs, () => {
			host.answers = false;
		});
		this.#tell(host, { type: "InitialSetup" });
	}

	#tell(host: MessageHost, message: object): void {
		if (this.#isHeard) this.#hosts.tell(host, message);
	}
}

function actionNamed(actions: PureCloudActions, name: string): ((data: never) => void) | undefined {
	const known: Record<string, (data: never) => void> = {
		clicktodial: actions.clickToDial,
		addassociation: actions.addAssociation,
		addtransfercontext: actions.addTransferContext,
		addcustomattributes: actions.addCustomAttributes,
		"interaction.addcustomattributes": actions.Interaction.addCustomAttributes,
		"interaction.updatestate": actions.Interaction.updateState,
		"user.updatestatus": actions.User.updateStatus,
		"user.setview": actions.User.setView,
		"user.notification.notifyuser": actions.User.Notification.notifyUser,
		"user.notification.setaudioconfiguration": actions.User.Notification.setAudioConfiguration,
	};
	return Object.hasOwn(known, name) ? known[name] : undefined;
}

function readMessage(data: unknown): Record<string, unknown> | undefined {
	if (isRecord(data)) return data;
	try {
		const read: unknown = JSON.parse(String(data));
		return isRecord(read) ? read : undefined;
	} catch {
		return undefined;
	}
}
