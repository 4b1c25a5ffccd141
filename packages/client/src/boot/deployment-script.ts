import { type BootAnswer, type FrameworkConfig, originMatches } from "@inlay/contract";
import type { KeptWish } from "../framework/kept-wishes.ts";
import { frameworkScriptUrl, isLocalMode } from "../framework/script/script-url.ts";
import { ScriptReports } from "../session/script-reports.ts";
import type { BlockedLoads } from "../shell/blocked-loads.ts";
import { FrameworkBridge } from "../shell/framework-bridge.ts";
import { t } from "../shell/strings.ts";
import type { Toasts } from "../shell/toasts.ts";
import type { Finding } from "./findings.ts";
import type { openServerLog } from "./server-log.ts";

/** Where reports go: the API's origin, the deployment and the agent's token, as far as they are known. */
export interface ReportTarget {
	api: string;
	deployment: string | undefined;
	token: string | undefined;
}

/** The script of the panel's deployment: runs it, and tells the operator how it fares. */
export class DeploymentScript {
	readonly bridge: FrameworkBridge;
	readonly #toasts: Toasts;
	readonly #target: () => ReportTarget;
	readonly #reports: ScriptReports;
	#log: Promise<ReturnType<typeof openServerLog>> | undefined;
	#blocked: Promise<BlockedLoads> | undefined;
	/** It comes from the developer's own machine, as the deployment allows. */
	isOwn = false;
	/** The upload that runs here; 0 where it is none. */
	version = 0;
	#kept: readonly KeptWish[] = [];

	constructor(toasts: Toasts, target: () => ReportTarget) {
		this.#toasts = toasts;
		// A script that somebody is writing on their own machine fails on purpose.
		this.#reports = new ScriptReports(() => ({
			...target(),
			version: this.version,
			...(this.isOwn ? { api: "" } : {}),
		}));
		this.bridge = new FrameworkBridge(
			toasts,
			() => target().token,
			(report) => this.#reports.tell(report),
			(level, line) => void this.#log?.then((log) => log.write(level, line)),
		);
		this.#target = target;
	}

	/** Runs the script. Gives what it has set. */
	run({ deployment, script, hosts }: BootAnswer): Promise<FrameworkConfig> {
		this.isOwn = isLocalMode(location.search) && deployment?.development === true;
		if (!this.isOwn) this.version = script?.version ?? 0;
		document.addEventListener("securitypolicyviolation", (event) => void this.#noteBlocked(event));
		if (isLocalMode(location.search) && !this.isOwn) {
			this.#toasts.show({ text: t("developmentOff"), tone: "warn" }, 15_000);
			this.#reports.tell({ code: "framework.development.off", text: "the deployment does not allow development" });
		}
		this.bridge.runtime.configure({
			hosts,
			...(deployment ? { deployment: deployment.id } : {}),
			...(deployment?.directMessages ? { directMessages: (origin: string) => originMatches(origin, hosts) } : {}),
			quietChanges: deployment?.quietChanges === true,
			preserveAttributeCase: deployment?.preserveAttributeCase === true,
			withholdsToken: deployment?.withholdsToken === true,
			...(deployment?.isolation
				? { isolation: { page: `/crm/deployments/${deployment.id}/isolated.html${location.search}`, hosts } }
				: {}),
		});
		const url = frameworkScriptUrl(location.search, script?.url, deployment?.development);
		const kept = this.#kept;
		this.#kept = [];
		// The script's own listeners come first.
		return this.bridge.start(url, deployment?.pageCompatibility).then((config) => {
			this.#openLog(config);
			this.bridge.runtime.askAgain(kept);
			return config;
		});
	}

	/** What the page before was asked for, to be asked for again once the script is there. */
	keepsWishes(kept: readonly KeptWish[]): void {
		this.#kept = kept;
	}

	/** What stands in the panel's way is told to the operator, too. */
	tell({ code, text }: Finding): void {
		this.#reports.tell({ code: `panel.${code}`, text });
	}

	/** Few scripts are kept from anything: what says so comes when one is. */
	async #noteBlocked(event: SecurityPolicyViolationEvent): Promise<void> {
		this.#blocked ??= import("../shell/blocked-loads.ts").then(
			({ BlockedLoads }) => new BlockedLoads(this.#toasts, (report) => this.#reports.tell(report)),
		);
		(await this.#blocked).note(event);
	}

	/** Nothing is kept of a log before its script asks for it; and nothing is sent before somebody is signed in. */
	#openLog({ settings }: FrameworkConfig): void {
		if (!settings.enableServerSideLogging) return;
		this.#log = import("./server-log.ts").then(({ openServerLog }) =>
			openServerLog(() => {
				const { api, deployment, token } = this.#target();
				return token ? { api, deployment, token } : undefined;
			}),
		);
		this.#log.catch(() => undefined);
	}
}
