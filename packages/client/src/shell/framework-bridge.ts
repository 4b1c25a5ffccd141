import {
	type AudioConfiguration,
	defaultFrameworkConfig,
	type FrameworkConfig,
	type FrameworkProblem,
} from "@inlay/contract";
import { type CobrowseView, cobrowseTopic } from "@inlay/contract/cobrowse/session";
import { setLanguage } from "@inlay/ui";
import { effect, signal, untracked } from "@preact/signals";
import type {
	FrameworkLog,
	FrameworkSessionPort,
	FrameworkUiPort,
	NewInteractionRequest,
	ScriptReport,
	TransferContext,
} from "../framework/ports.ts";
import { createFrameworkRuntime, type FrameworkRuntime } from "../framework/runtime.ts";
import { lineOf } from "../session/log-line.ts";
import { taskOrder } from "../session/next-task.ts";
import { isFetchReplaced } from "../session/own-fetch.ts";
import { until } from "../session/until.ts";
import { followParts } from "./log-parts.ts";
import { logSubjectIn } from "./log-subject.ts";
import { loadPageNames } from "./page-names.ts";
import { offersMedium, openSessionPort } from "./session-port.ts";
import { t } from "./strings.ts";
import { applyTheme } from "./theme.ts";
import type { Toasts } from "./toasts.ts";
import { toldStatus } from "./told-status.ts";
import type { Workspace } from "./workspace.ts";
import { WrapupNames } from "./wrapup-names.ts";

/** A panel that is not drawn by then is none, ms. */
const drawnWithinMs = 120_000;

const viewOf: Record<string, string> = {
	interactionList: "interactions",
	callLog: "call-log",
	newInteraction: "new-interaction",
	callback: "callbacks",
	settings: "settings",
};

/** Joins the customer's script to the panel: the runtime's two ports, and the news that flows back to the script. */
export class FrameworkBridge {
	readonly runtime: FrameworkRuntime;
	readonly config = signal<FrameworkConfig>(defaultFrameworkConfig());
	readonly audible = signal<Record<string, boolean>>({});
	readonly transferContexts = signal<readonly TransferContext[]>([]);
	readonly #toasts: Toasts;
	readonly #tell: (report: ScriptReport) => void;
	readonly #log: FrameworkLog;
	#workspace: Workspace | undefined;
	#clean: (() => void)[] = [];

	/**
	 * @param tell hears of what the agent is told about a script that fails
	 * @param keep hears of every line of the log
	 */
	constructor(
		toasts: Toasts,
		token: () => string | undefined,
		tell: (report: ScriptReport) => void,
		keep: (level: "info" | "warn", line: string) => void,
	) {
		this.#toasts = toasts;
		const writing =
			(level: "info" | "warn"): FrameworkLog["info"] =>
			(message, details) => {
				console[level](`inlay: ${message}`, details ?? "");
				keep(level, lineOf(message, details));
			};
		this.#log = { info: writing("info"), warn: writing("warn") };
		this.#tell = tell;
		const session: FrameworkSessionPort = openSessionPort(
			() => this.#workspace,
			token,
			() => this.config.value.settings.secureSessionAs,
		);
		this.runtime = createFrameworkRuntime({
			window,
			session,
			ui: this.#uiPort(),
			log: this.#log,
			names: this.#names(),
			taskOrder,
		});
	}

	/**
	 * Runs the script, among the names of the original's page where the deployment asks for them. Resolves with its
	 * configuration, or with the defaults when it cannot be loaded.
	 */
	async start(scriptUrl: string | undefined, pageCompatibility = false): Promise<FrameworkConfig> {
		if (pageCompatibility) await loadPageNames();
		try {
			this.config.value = await this.runtime.start(scriptUrl);
			// The panel's own requests do not go through it; whoever looks into a script that fails should know.
			if (isFetchReplaced())
				this.#tell({ code: "framework.fetch.replaced", text: "the script has replaced window.fetch" });
		} catch {
			// The runtime has reported it; the panel goes on without the script.
		}
		return this.config.value;
	}

	/** From now on the script hears of this workspace. */
	attach(workspace: Workspace): void {
		this.#workspace = workspace;
		const { session } = workspace;
		const { presence, conversations, station } = session;
		this.runtime.signedIn(session.me.id, session.desk, { listsKnown: false });
		const named = new WrapupNames(session.actions, (id) => conversations.find(id));
		this.#clean = [
			effect(() => {
				if (conversations.loaded.value) this.runtime.conversationsChanged(named.ready(conversations.sources.value));
			}),
			effect(() => {
				if (workspace.names.known.value > 0) untracked(() => this.runtime.namesChanged());
			}),
			// After the calls have been told: what was asked too early may be about one of them.
			effect(() => {
				if (conversations.loaded.value && presence.choices.value.length > 0) this.runtime.listsAreKnown();
			}),
			effect(() => {
				const status = toldStatus(presence);
				if (status) this.runtime.statusChanged(status);
			}),
			effect(() => this.runtime.routingStatusChanged(presence.routingStatus.value)),
			effect(() => {
				const used = station.associated.value;
				if (used) this.runtime.stationChanged({ userId: session.me.id, id: used.id, name: used.name });
			}),
			effect(() => {
				const news = session.callbackNews.value;
				if (news) untracked(() => this.runtime.news.callbackChanged(news));
			}),
			effect(() => {
				const { topicName, eventBody } = session.otherNews.value ?? {};
				if (topicName === cobrowseTopic(session.me.id))
					untracked(() => this.runtime.news.cobrowseChanged(eventBody as CobrowseView));
			}),
			effect(() => this.runtime.interactionSelected(workspace.selectedId.value)),
			this.#retryLogs(workspace),
			followParts(session, this.runtime.callLogs.store),
		];
	}

	/** Whenever the browser or the channel is back, what the CRM could not take is tried again. */
	#retryLogs({ session }: Workspace): () => void {
		const retry = () => untracked(() => this.runtime.callLogs.retryFailed());
		window.addEventListener("online", retry);
		const stop = effect(() => {
			if (session.channel.state.value === "open") retry();
		});
		return () => {
			stop();
			window.removeEventListener("online", retry);
		};
	}

	/** The agent has left. */
	detach(): void {
		for (const clean of this.#clean.splice(0)) clean();
		this.#workspace = undefined;
		this.runtime.signedOut();
	}

	#names() {
		return {
			queueName: (id: string) => this.#workspace?.session.queues.nameOf(id),
			wrapupName: (id: string) => this.#workspace?.session.actions.wrapupName(id),
			remoteName: (address: string) => this.#workspace?.names.of(address),
		};
	}

	#uiPort(): FrameworkUiPort {
		return {
			setView: (view) => this.#show(viewOf[view]),
			fillNewInteraction: (request) => this.#fill(request),
			notify: ({ message, type, timeoutMs, theme }) => {
				const tones = { INFO: "info", SUCCESS: "good", WARNING: "warn", ERROR: "bad" } as const;
				const usual = this.config.peek().settings.theme.notification;
				const themed = type === "SUCCESS" ? usual.success : type === "ERROR" ? usual.error : {};
				this.#toasts.show({ tone: tones[type], text: message, theme: theme.primary ? theme : themed }, timeoutMs);
			},
			setAudioConfiguration: (audio: AudioConfiguration) => {
				this.audible.value = { ...this.audible.peek(), ...audio };
			},
			showTransferContexts: (contexts) => {
				this.transferContexts.value = contexts;
			},
			applyTheme: (theme) => this.#showProblems(applyTheme(theme)),
			setLanguage: (tag) => void setLanguage(tag),
			showProblems: (problems) => this.#showProblems(problems),
			report: (report) => this.report(report),
			callLogSubject: (interaction, before) => logSubjectIn(this.#workspace, interaction, before),
		};
	}

	/** What the agent is shown is known once the panel has been drawn: what is asked before waits for that. */
	async #show(view: string | undefined): Promise<boolean> {
		const workspace = this.#workspace;
		if (!view || !workspace) return false;
		const { session, views } = workspace;
		if (!views.peek()) await until(() => views.value !== undefined, session.clock, drawnWithinMs);
		if (this.#workspace !== workspace || !views.peek()?.includes(view)) return false;
		workspace.view.value = view;
		return true;
	}

	#fill(request: NewInteractionRequest): void {
		// Filled into the number field, an SMS would leave as a call.
		if (!offersMedium(this.#workspace, request.type)) throw new Error(t("noMedium", { medium: request.type }));
		if (this.#workspace) this.#workspace.draft.value = request;
		void this.#show("new-interaction");
	}

	/** Findings are for whoever wrote the script, in the console and the operator's log; an agent can do nothing about them. */
	#showProblems(problems: readonly FrameworkProblem[]): void {
		for (const problem of problems) {
			this.#log.warn("framework.js", { ...problem });
			this.#tell({ code: "framework.config.finding", text: `${problem.code}: ${problem.path}: ${problem.text}` });
		}
	}

	/** Tells agent and operator, each what they can do something about. */
	report(report: ScriptReport): void {
		this.#log.warn("framework.js", { ...report });
		this.#tell(report);
		this.#showReport(report).catch(() => undefined);
	}

	async #showReport(report: ScriptReport): Promise<void> {
		const { showReport } = await import("./script-report.ts");
		showReport(report, this.#toasts, (id) => this.runtime.callLogs.store.get(id)?.subject ?? "");
	}
}
