import { type BootAnswer, canHash, originMatches } from "@inlay/contract";
import { signal } from "@preact/signals";
import { frameworkScriptUrl, isLocalMode } from "../framework/script/script-url.ts";
import { ApiError } from "../session/api.ts";
import { browserClock } from "../session/clock.ts";
import { ScriptReports } from "../session/script-reports.ts";
import type { Session, SessionEnd } from "../session/session.ts";
import { BlockedLoads } from "../shell/blocked-loads.ts";
import { FrameworkBridge } from "../shell/framework-bridge.ts";
import { t } from "../shell/strings.ts";
import { Toasts } from "../shell/toasts.ts";
import { Workspace } from "../shell/workspace.ts";
import { BootError, fetchBoot } from "./boot-client.ts";
import { enter, greet, watchAccess } from "./entering.ts";
import { type PanelUrl, readPanelUrl } from "./panel-url.ts";
import type { Phase, SignedOutReason } from "./phase.ts";
import { redeem, SignInError, type Token } from "./sign-in.ts";
import { type Returned, SignInFlow, type SignInProblem, takeReturn } from "./sign-in-flow.ts";
import { frameNameStorage, openStorage } from "./storage.ts";
import { ServerTokens, StoredTokens, type TokenStore } from "./token-store.ts";

const reasons: Record<SessionEnd, SignedOutReason> = {
	revoked: "Revoked",
	expired: "Expired",
	"signed-out": "SignedOut",
};

/** The panel from its address to a signed-in workspace, and back to the sign-in when that ends. */
export class Panel {
	readonly phase = signal<Phase>({ kind: "starting" });
	readonly toasts = new Toasts(browserClock);
	readonly bridge: FrameworkBridge;
	/** Name of the organization, once known. */
	readonly organization = signal("");
	#country = "";
	readonly #session = openStorage("sessionStorage");
	readonly #local = openStorage("localStorage");
	readonly #pending = this.#session.lasting ? this.#session.store : frameNameStorage(window);
	#url: PanelUrl = readPanelUrl(location.href);
	/** Origin of API and sign-in; the panel, in which the customer's script runs, has another. */
	#api = "";
	#deployment: string | undefined;
	/** The script comes from the developer's own machine, as the deployment allows. */
	#isOwnScript = false;
	readonly #reports: ScriptReports;
	#flow: SignInFlow | undefined;
	#tokens: TokenStore | undefined;
	#token: Token | undefined;
	#stopWatching = () => {};
	readonly #blocked: BlockedLoads;

	constructor() {
		const token = () => this.#token?.accessToken;
		// A script that somebody is writing on their own machine fails on purpose.
		const api = () => (this.#isOwnScript ? "" : this.#api);
		this.#reports = new ScriptReports(() => ({ api: api(), deployment: this.#deployment, token: token() }));
		this.#blocked = new BlockedLoads(this.toasts, (report) => this.#reports.tell(report));
		this.bridge = new FrameworkBridge(this.toasts, token, (report) => this.#reports.tell(report));
	}

	/** Starts from the page's address: fresh, or coming back from the sign-in page. */
	async start(): Promise<void> {
		if (!canHash()) return this.#problem({ code: "insecure", text: "" });
		const returned = takeReturn(this.#pending);
		this.#url = readPanelUrl(location.href);
		this.#deployment = this.#url.deployment;
		const boot = await fetchBoot(this.#url, this.#deployment).catch((error: unknown) => {
			this.#problem({ code: "network", text: error instanceof BootError ? error.message : "" });
		});
		if (boot) await this.#open(boot, returned);
	}

	/** Begins anew, e.g. after a problem was fixed. */
	retry(): void {
		location.reload();
	}

	/** Opens one of several deployments. */
	choose(deployment: string): void {
		const url = new URL(location.href);
		url.searchParams.set("deployment", deployment);
		location.replace(url);
	}

	/** Signs in: leaves for the sign-in page, or opens its window. Call it from a click. */
	async signIn(): Promise<void> {
		if (this.#flow?.usesWindow) await this.#signInByWindow(this.#flow);
		else await this.#leaveForSignIn();
	}

	/** Forgets who is signed in, so that somebody else can. */
	switchUser(): void {
		this.#forget();
		this.#signedOut(undefined);
	}

	async #open(boot: BootAnswer, returned: Returned | undefined): Promise<void> {
		const { deployment, choices, problem, organization } = boot;
		this.organization.value = organization?.name ?? "";
		this.#country = organization?.country ?? "";
		this.#api = boot.api;
		if (!deployment && choices && choices.length > 1) {
			this.phase.value = { kind: "choose", choices };
			return;
		}
		if (problem) return this.#problem(problem);
		this.#deployment = deployment?.id ?? this.#deployment;
		this.#tokens = this.#tokenStore(this.#deployment ?? "");
		this.#isOwnScript = isLocalMode(location.search) && deployment?.development === true;
		this.#blocked.watch();
		if (isLocalMode(location.search) && !this.#isOwnScript) {
			this.toasts.show({ text: t("developmentOff"), tone: "warn" }, 15_000);
			this.#reports.tell({ code: "framework.development.off", text: "the deployment does not allow development" });
		}
		this.bridge.runtime.configure({
			...(deployment?.directMessages ? { directMessages: (origin) => originMatches(origin, boot.hosts) } : {}),
			quietChanges: deployment?.quietChanges === true,
			preserveAttributeCase: deployment?.preserveAttributeCase === true,
		});
		const script = this.bridge.start(frameworkScriptUrl(location.search, boot.script?.url, deployment?.development));
		this.#flow = new SignInFlow({
			url: this.#url,
			api: boot.api,
			deployment: this.#deployment,
			region: boot.region ?? "",
			script,
			config: () => this.bridge.config.value,
			pending: this.#pending,
		});
		await this.#resume(this.#flow, returned);
	}

	#tokenStore(deployment: string): TokenStore {
		return this.#session.lasting
			? new StoredTokens(this.#session.store, deployment)
			: new ServerTokens(this.#url.base, deployment);
	}

	async #resume(flow: SignInFlow, returned: Returned | undefined): Promise<void> {
		if (returned) return this.#finishSignIn(returned);
		const { token, expired } = (await this.#tokens?.read(Date.now())) ?? { expired: false };
		if (token) return this.#enter(token);
		const problem = await flow.prepare();
		if (problem) return this.#problem(problem);
		if (expired || flow.usesWindow) return this.#signedOut(expired ? "Expired" : undefined);
		// Only the first time: whoever has signed out may want to be somebody else.
		await this.#leaveForSignIn(this.#url.loginHint);
	}

	async #leaveForSignIn(loginHint?: string): Promise<void> {
		const problem = await this.#flow?.leave(loginHint);
		if (problem) this.#problem(problem);
	}

	async #signInByWindow(flow: SignInFlow): Promise<void> {
		const waiting = () => {
			this.phase.value = { kind: "signed-out", detail: "", byWindow: true, waiting: true };
		};
		try {
			const outcome = await flow.throughWindow(waiting);
			if ("code" in outcome) this.#problem(outcome);
			else await this.#finishSignIn(outcome);
		} catch (error) {
			this.#signedOut(error instanceof Error && error.message === "blocked" ? "Blocked" : "Closed");
		}
	}

	async #finishSignIn({ result, pending }: Returned): Promise<void> {
		if (!pending) return this.#signedOut("Stale");
		if ("error" in result && pending.provider) {
			console.warn("inlay: sign-in by the identity provider failed", pending.provider, result.description);
			this.#flow?.giveUpProvider();
			// A window opens within a click only.
			if (!this.#flow?.usesWindow) return this.#leaveForSignIn(this.#url.loginHint);
		}
		try {
			const token = await redeem(result, pending, this.#api, Date.now());
			this.#tokens?.write(token);
			await this.#enter(token);
			if (this.phase.value.kind === "ready") greet(this.phase.value.workspace.session.presence);
		} catch (error) {
			const denied = error instanceof SignInError && "error" in result;
			this.#signedOut(denied ? "Denied" : "Refused", error instanceof Error ? error.message : "");
		}
	}

	async #enter(token: Token): Promise<void> {
		this.#token = token;
		const door = {
			url: this.#url,
			api: this.#api,
			deployment: this.#deployment,
			token: () => this.#token?.accessToken,
			store: { place: this.#pending, own: this.#session.store },
		};
		try {
			const entered = await enter(door, (end) => this.#ended(end));
			if ("refused" in entered) return this.#noAccess(entered.refused);
			this.#show(entered.session);
			this.#stopWatching = watchAccess(door, entered.session, (problem) => this.#noAccess(problem));
		} catch (error) {
			this.#couldNotEnter(error);
		}
	}

	#show(session: Session): void {
		const { runtime, config, audible, transferContexts } = this.bridge;
		const storage = this.#local.store;
		const workspace = new Workspace({
			session,
			runtime,
			config,
			audible,
			transferContexts,
			toasts: this.toasts,
			storage,
			country: this.#country,
		});
		this.bridge.attach(workspace);
		this.phase.value = { kind: "ready", workspace };
	}

	#couldNotEnter(error: unknown): void {
		if (error instanceof ApiError && (error.status === 401 || error.code === "not.a.user")) {
			this.#forget();
			this.#signedOut("Expired");
		} else this.#problem({ code: "network", text: error instanceof Error ? error.message : "" }, true);
	}

	#noAccess(problem: SignInProblem | undefined): void {
		this.#leaveWorkspace();
		this.#problem(problem ?? { code: "user.without.permission", text: "" }, true);
	}

	#ended(end: SessionEnd): void {
		this.#forget();
		this.#signedOut(reasons[end]);
	}

	#leaveWorkspace(): void {
		this.#stopWatching();
		if (this.phase.value.kind !== "ready") return;
		this.bridge.detach();
		this.phase.value.workspace.dispose();
	}

	#forget(): void {
		this.#leaveWorkspace();
		this.#token = undefined;
		this.#tokens?.clear();
	}

	#signedOut(reason: SignedOutReason | undefined, detail = ""): void {
		const byWindow = this.#flow?.usesWindow ?? false;
		this.phase.value = { kind: "signed-out", reason, detail, byWindow, waiting: false };
	}

	#problem({ code, text }: SignInProblem, canSwitchUser = false): void {
		this.phase.value = { kind: "problem", code, text, canSwitchUser };
	}
}
