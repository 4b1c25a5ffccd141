import { type BootAnswer, type FrameworkConfig, originMatches } from "@inlay/contract";
import type { KeptWish } from "../framework/kept-wishes.ts";
import { frameworkScriptUrl, isLocalMode } from "../framework/script/script-url.ts";
import { ScriptReports } from "../session/script-reports.ts";
import { BlockedLoads } from "../shell/blocked-loads.ts";
import { FrameworkBridge } from "../shell/framework-bridge.ts";
import { t } from "../shell/strings.ts";
import type { Toasts } from "../shell/toasts.ts";
import type { Finding } from "./findings.ts";
import { openServerLog } from "./server-log.ts";

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
	readonly #reports: ScriptReports;
	readonly #blocked: BlockedLoads;
	/** It comes from the developer's own machine, as the deployment allows. */
	#isOwn = false;
	#kept: readonly KeptWish[] = [];

	constructor(toasts: Toasts, target: () => ReportTarget) {
		this.#toasts = toasts;
		// A script that somebody is writing on their own machine fails on purpose.
		this.#reports = new ScriptReports(() => ({ ...target(), ...(this.#isOwn ? { api: "" } : {}) }));
		this.#blocked = new BlockedLoads(toasts, (report) => this.#reports.tell(report));
		const log = openServerLog(() => this.#logTarget(target()));
		this.bridge = new FrameworkBridge(
			toasts,
			() => target().token,
			(report) => this.#reports.tell(report),
			(level, line) => log.write(level, line),
		);
	}

	/** Runs the script. Gives what it has set. */
	run({ deployment, script, hosts }: BootAnswer): Promise<FrameworkConfig> {
		this.#isOwn = isLocalMode(location.search) && deployment?.development === true;
		this.#blocked.watch();
		if (isLocalMode(location.search) && !this.#isOwn) {
			this.#toasts.show({ text: t("developmentOff"), tone: "warn" }, 15_000);
			this.#reports.tell({ code: "framework.development.off", text: "the deployment does not allow development" });
		}
		this.bridge.runtime.configure({
			...(deployment?.directMessages ? { directMessages: (origin) => originMatches(origin, hosts) } : {}),
			quietChanges: deployment?.quietChanges === true,
			preserveAttributeCase: deployment?.preserveAttributeCase === true,
		});
		const url = frameworkScriptUrl(location.search, script?.url, deployment?.development);
		const kept = this.#kept;
		this.#kept = [];
		// The script's own listeners come first.
		return this.bridge.start(url, deployment?.pageCompatibility).finally(() => this.bridge.runtime.askAgain(kept));
	}

	/** What the page before was asked for, to be asked for again once the script is there. */
	keepsWishes(kept: readonly KeptWish[]): void {
		this.#kept = kept;
	}

	/** What stands in the panel's way is told to the operator, too. */
	tell({ code, text }: Finding): void {
		this.#reports.tell({ code: `panel.${code}`, text });
	}

	/** Where the log goes: nowhere before somebody is signed in, or where the script does not ask for it. */
	#logTarget({ api, deployment, token }: ReportTarget) {
		const isWanted = this.bridge.config.peek().settings.enableServerSideLogging;
		return token && isWanted ? { api, deployment, token } : undefined;
	}
}
