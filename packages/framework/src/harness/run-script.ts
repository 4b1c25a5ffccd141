/**
 * The test harness for authors of a framework.js (Node only): runs the script in a fake panel that is embedded in a fake
 * page, lets a test play the panel's part, and records what the script asks for. Not a sandbox: run only scripts you trust.
 */
import type { CallLog, ContactSearchResult, ExternalId, FrameworkConfig, Interaction } from "@inlay/contract";
import { hearsCategory, matchName, orderInteraction, SUBSCRIPTION_TYPES, seenAttributes } from "@inlay/contract";
import { readFrameworkConfig } from "@inlay/contract/framework-config";
import type { FrameworkScript } from "../framework-script.ts";
import { createDeliver, type Deliver } from "./deliver.ts";
import { FakeHost } from "./fake-host.ts";
import type { FakeWindowOptions, OpenedWindow } from "./fake-window.ts";
import { createFakeWindow } from "./fake-window.ts";
import { type Expectations, type Happening, Happenings } from "./happenings.ts";
import type { InlayAnswers } from "./inlay-answers.ts";
import type { RecordedAction } from "./recording-actions.ts";
import { createRecorder } from "./recording-actions.ts";

export interface RunOptions extends FakeWindowOptions {
	/** Origin of the page; `https://crm.example` unless told otherwise. */
	hostOrigin?: string;
	/** What `getAuthToken` answers. */
	token?: string;
	/** What `PureCloud.Inlay.request` brings, by the request's name. */
	answers?: InlayAnswers;
	/** The deployment's switch: attributes by the names that they have, not in lower case. */
	preserveAttributeCase?: boolean;
}

/** How the script has answered `processCallLog`; `pending` while it has not. */
export interface LogAnswer {
	outcome: "pending" | "saved" | "failed";
	id?: ExternalId;
}

export interface SearchAnswer {
	outcome: "pending" | "found" | "failed";
	contacts: ContactSearchResult[];
}

export interface ScriptRun {
	host: FakeHost;
	/** Actions the script has called, in order. */
	actions: readonly RecordedAction[];
	/** Windows that the script has opened, in order. */
	opened: readonly OpenedWindow[];
	/** All of this run in one order: what the panel did, and what the script did. */
	happened: readonly Happening[];
	/** What a test expects to have happened: a pop, a log, an order. */
	expect: Expectations;
	/** Globals of the script's window. */
	globals: Record<string, unknown>;
	/** What the script has set; undefined while it has not. */
	framework(): FrameworkScript | undefined;
	config(): FrameworkConfig;
	initialSetup(): void;
	screenPop(searchString: string, interaction: Interaction): void;
	processCallLog(callLog: CallLog, interaction: Interaction, eventName: string): LogAnswer;
	openCallLog(callLog: CallLog, interaction: Interaction): void;
	contactSearch(searchValue: string): SearchAnswer;
	/** Inbound work of each medium: the events that come with it, and the pop. */
	deliver: Deliver;
	/** Announces an event to those who have subscribed. */
	emit(type: string, category: string, data: unknown): void;
}

/** Runs a script. Throws what the script throws, so that a test sees it. */
export function runFrameworkScript(source: string, options: RunOptions = {}): ScriptRun {
	const happenings = new Happenings();
	const host = new FakeHost(options.hostOrigin ?? "https://crm.example", (message) =>
		happenings.note(`message ${message.type}`, message.data),
	);
	const recorder = createRecorder(options.token ?? "test-token", options.answers, (action, given) =>
		happenings.note(`action ${action}`, given),
	);
	const opened: OpenedWindow[] = [];
	const window = createFakeWindow(host, options, (one) => {
		opened.push(one);
		happenings.note("window", one);
	});
	window.globals.PureCloud = recorder.pureCloud;
	window.run(source);
	const preserves = options.preserveAttributeCase === true;
	const framework = () => window.globals.Framework as FrameworkScript | undefined;
	/** What the script has not is not called. */
	const asked = (callback: keyof FrameworkScript, ...given: unknown[]) => {
		if (typeof framework()?.[callback] === "function") happenings.note(`callback ${callback}`, plain(given));
	};
	const run: ScriptRun = {
		host,
		actions: recorder.actions,
		opened,
		happened: happenings.list,
		expect: happenings.expect,
		globals: window.globals,
		framework,
		config: () => readFrameworkConfig(framework()?.config).config,
		initialSetup: () => {
			asked("initialSetup");
			framework()?.initialSetup?.();
		},
		screenPop: (searchString, interaction) => {
			asked("screenPop", searchString, interaction);
			framework()?.screenPop?.(searchString, plain(interaction), () => undefined);
		},
		openCallLog: (callLog, interaction) => {
			asked("openCallLog", callLog, interaction);
			framework()?.openCallLog?.(plain(callLog), plain(interaction));
		},
		processCallLog: (callLog, interaction, eventName) => {
			const answer: LogAnswer = { outcome: "pending" };
			asked("processCallLog", callLog, interaction, eventName);
			framework()?.processCallLog?.(
				plain(callLog),
				plain(interaction),
				eventName,
				(saved) => {
					Object.assign(answer, { outcome: "saved", id: saved.id });
					happenings.note("log saved", plain({ id: saved.id, callLog }));
				},
				() => {
					Object.assign(answer, { outcome: "failed" });
					happenings.note("log failed", plain({ callLog }));
				},
			);
			return answer;
		},
		contactSearch: (searchValue) => {
			const answer: SearchAnswer = { outcome: "pending", contacts: [] };
			asked("contactSearch", searchValue);
			framework()?.contactSearch?.(
				searchValue,
				(contacts) => Object.assign(answer, { outcome: "found", contacts: plain(contacts) }),
				() => Object.assign(answer, { outcome: "failed" }),
			);
			return answer;
		},
		emit: (type, category, data) => {
			happenings.note(`event ${matchName(SUBSCRIPTION_TYPES, type) ?? type} ${category}`, plain(data));
			for (const subscription of recorder.subscriptions) {
				const sameType = matchName(SUBSCRIPTION_TYPES, subscription.type) === matchName(SUBSCRIPTION_TYPES, type);
				if (!sameType || !hearsCategory(subscription.categories, category)) continue;
				// Called by itself, as the panel does: in a plain function `this` is the window.
				const { callback } = subscription;
				callback(category, plain(data));
			}
		},
		deliver: createDeliver({
			sample: (given) => {
				const { attributes, ...others } = sampleInteraction(given);
				const seen = seenAttributes([attributes], run.config().customInteractionAttributes, preserves);
				return orderInteraction({ ...others, ...(seen ? { attributes: seen } : {}) });
			},
			emit: (category, data) => run.emit("Interaction", category, data),
			pop: (searchString, interaction) => run.screenPop(searchString, interaction),
		}),
	};
	return run;
}

/** An alerting inbound call to start from; give what a test cares about. */
export function sampleInteraction(given: Partial<Interaction> = {}): Interaction {
	return orderInteraction({
		id: "3f7a1f0e-0d6a-4c38-9d53-1a5f0b9f6a11",
		phone: "tel:+493012345",
		name: "Ada Lovelace",
		isConnected: false,
		isDisconnected: false,
		isDone: false,
		state: "ALERTING",
		isCallback: false,
		isDialer: false,
		isChat: false,
		isEmail: false,
		isMessage: false,
		isVoicemail: false,
		remoteName: "Ada Lovelace",
		recordingState: "none",
		securePause: false,
		displayAddress: "+493012345",
		queueName: "Service",
		ani: "+493012345",
		calledNumber: "+4930999",
		direction: "Inbound",
		isInternal: false,
		...given,
	});
}

function plain<Data>(data: Data): Data {
	return data === undefined ? data : (JSON.parse(JSON.stringify(data)) as Data);
}
