import type { BootAnswer, FrameworkConfig, SigninAnswer } from "@inlay/contract";
import { canHash, clientIdCandidates } from "@inlay/contract";
import { effect, signal } from "@preact/signals";
import { frameworkScriptUrl } from "../framework/script/script-url.ts";
import { ApiError } from "../session/api.ts";
import { browserClock } from "../session/clock.ts";
import { Session, type SessionEnd } from "../session/session.ts";
import { FrameworkBridge } from "../shell/framework-bridge.ts";
import { Toasts } from "../shell/toasts.ts";
import { Workspace } from "../shell/workspace.ts";
import { BootError, fetchAccess, fetchBoot, fetchSignin } from "./boot-client.ts";
import { type PanelUrl, readPanelUrl } from "./panel-url.ts";
import type { Phase, SignedOutReason } from "./phase.ts";
import {
	beginSignIn,
	type PendingSignIn,
	readSignInResult,
	redeem,
	SignInError,
	type SignInPlan,
	type SignInResult,
	type Token,
	takePending,
} from "./sign-in.ts";
import { frameNameStorage, openStorage } from "./storage.ts";
import { TokenStore } from "./token-store.ts";
import { signInByWindow } from "./window-sign-in.ts";

/** A script that has said nothing by then does not hold up the sign-in; milliseconds. */
const scriptPatienceMs = 5000;
const accessEveryMs = 30_000;
const reasons: Record<SessionEnd, SignedOutReason> = {
	revoked: "Revoked",
	expired: "Expired",
	"signed-out": "SignedOut",
};

/** What came back from the sign-in page, with what it was begun with. */
interface Returned {
	result: SignInResult;
	pending: PendingSignIn | undefined;
}

/** The panel from its address to a signed-in workspace, and back to the sign-in when that ends. */
export class Panel {
	readonly phase = signal<Phase>({ kind: "starting" });
	readonly toasts = new Toasts(browserClock);
	readonly bridge: FrameworkBridge;
	/** Name of the organization, once known. */
	readonly organization = signal("");
	readonly #session = openStorage("sessionStorage");
	readonly #local = openStorage("localStorage");
	/** Remembers a sign-in while the frame is away at the sign-in page. */
	readonly #pending = this.#session.lasting ? this.#session.store : frameNameStorage(window);
	#url: PanelUrl = readPanelUrl(location.href);
	#deployment: string | undefined;
	#boot: BootAnswer | undefined;
	#script: Promise<FrameworkConfig> | undefined;
	#signin: SigninAnswer | undefined;
	#tokens: TokenStore | undefined;
	#token: Token | undefined;
	#stopWatching = () => {};

	constructor() {
		this.bridge = new FrameworkBridge(this.toasts, () => this.#token?.accessToken);
	}

	/** Starts from the page's address: fresh, or coming back from the sign-in page. */
	async start(): Promise<void> {
		if (!canHash()) return this.#problem("insecure", "", false);
		const returned = this.#takeReturn();
		this.#url = readPanelUrl(location.href);
		this.#deployment = this.#url.deployment;
		await this.#open(returned);
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
		if (this.#usesWindow()) await this.#signInByWindow();
		else await this.#leaveForSignIn();
	}

	/** Forgets who is signed in, so that somebody else can. */
	switchUser(): void {
		this.#forget();
		this.#signedOut(undefined);
	}

	/** An address that was left for the sign-in page is restored before the script can see it. */
	#takeReturn(): Returned | undefined {
		const result = readSignInResult(location.search, location.hash);
		if (!result) return undefined;
		const pending = takePending(result.state, this.#pending);
		history.replaceState(null, "", pending?.panelUrl ?? location.pathname);
		return { result, pending };
	}

	async #open(returned: Returned | undefined): Promise<void> {
		try {
			this.#boot = await fetchBoot(this.#url, this.#deployment);
		} catch (error) {
			return this.#problem("network", error instanceof BootError ? error.message : "", false);
		}
		const { deployment, choices, problem, organization } = this.#boot;
		this.organization.value = organization?.name ?? "";
		if (!deployment && choices && choices.length > 1) {
			this.phase.value = { kind: "choose", choices };
			return;
		}
		if (problem) return this.#problem(problem.code, problem.text, false);
		this.#deployment = deployment?.id ?? this.#deployment;
		this.#tokens = new TokenStore(this.#session.store, this.#deployment ?? "");
		this.#script = this.bridge.start(frameworkScriptUrl(location.search, this.#boot.script?.url));
		await this.#resume(returned);
	}

	async #resume(returned: Returned | undefined): Promise<void> {
		if (returned) return this.#finishSignIn(returned.result, returned.pending);
		const { token, expired } = this.#tokens?.read(Date.now()) ?? { expired: false };
		if (token) return this.#enter(token);
		if (!(await this.#prepareSignIn())) return;
		if (expired || this.#usesWindow()) return this.#signedOut(expired ? "Expired" : undefined);
		// Only the first time: whoever has signed out may want to be somebody else.
		await this.#leaveForSignIn(this.#url.loginHint);
	}

	/** Finds the client to sign in with; the script's ids are asked for, but not waited for without end. */
	async #prepareSignIn(): Promise<boolean> {
		if (this.#signin?.clientId) return true;
		const patience = new Promise<undefined>((resolve) => setTimeout(resolve, scriptPatienceMs));
		const config = (await Promise.race([this.#script, patience])) ?? this.bridge.config.value;
		const region = this.#boot?.region ?? "";
		try {
			const candidates = clientIdCandidates(config, { region, host: location.host });
			this.#signin = await fetchSignin(this.#url, this.#deployment, region, candidates);
		} catch (error) {
			this.#problem("network", error instanceof BootError ? error.message : "", false);
			return false;
		}
		const { problem, clientId } = this.#signin;
		if (problem || !clientId) this.#problem(problem?.code ?? "client.unknown", problem?.text ?? "", false);
		return Boolean(clientId) && !problem;
	}

	#usesWindow(): boolean {
		const wished = this.#url.dedicatedLoginWindow ?? this.bridge.config.value.settings.dedicatedLoginWindow;
		return wished && Boolean(this.#signin?.windowRedirectUri ?? !this.#signin);
	}

	#plan(redirectUri: string): SignInPlan {
		const sso = this.bridge.config.value.settings.sso;
		return {
			base: this.#url.base,
			clientId: this.#signin?.clientId ?? "",
			grant: this.#signin?.grant ?? "code",
			redirectUri,
			panelUrl: location.href,
			provider: this.#url.provider ?? sso?.provider,
			orgName: this.#url.orgName ?? sso?.orgName,
		};
	}

	async #leaveForSignIn(loginHint?: string): Promise<void> {
		if (!(await this.#prepareSignIn())) return;
		const plan = { ...this.#plan(this.#signin?.redirectUri ?? ""), loginHint };
		const { url } = await beginSignIn(plan, this.#pending);
		location.replace(url);
	}

	async #signInByWindow(): Promise<void> {
		// The window must open within the click; its address follows when it is known.
		const popup = window.open("", "inlay-signin", "popup,width=480,height=680");
		if (!(await this.#prepareSignIn())) return popup?.close();
		const plan = this.#plan(this.#signin?.windowRedirectUri ?? "");
		const { url, pending } = await beginSignIn(plan, this.#pending);
		if (popup) popup.location.href = url;
		this.phase.value = { kind: "signed-out", detail: "", byWindow: true, waiting: true };
		try {
			const result = await signInByWindow(popup, pending.state);
			await this.#finishSignIn(result, takePending(pending.state, this.#pending));
		} catch (error) {
			this.#signedOut(error instanceof Error && error.message === "blocked" ? "Blocked" : "Closed");
		}
	}

	async #finishSignIn(result: SignInResult, pending: PendingSignIn | undefined): Promise<void> {
		if (!pending) return this.#signedOut("Stale");
		try {
			const token = await redeem(result, pending, this.#url.base, Date.now());
			this.#tokens?.write(token);
			await this.#enter(token);
			this.#greet();
		} catch (error) {
			const denied = error instanceof SignInError && "error" in result;
			this.#signedOut(denied ? "Denied" : "Refused", error instanceof Error ? error.message : "");
		}
	}

	/** Enters with a token: both answers are needed, so both are asked for at once. */
	async #enter(token: Token): Promise<void> {
		this.#token = token;
		const [access, session] = await Promise.allSettled([
			fetchAccess(this.#url, this.#deployment, token.accessToken),
			Session.open({ base: this.#url.base, token: () => this.#token?.accessToken, onEnd: (end) => this.#ended(end) }),
		]);
		if (session.status === "rejected") return this.#couldNotEnter(session.reason);
		if (access.status === "fulfilled" && !access.value.allowed) {
			session.value.dispose();
			return this.#noAccess(access.value.problem);
		}
		this.#show(session.value);
	}

	#show(session: Session): void {
		const { runtime, config, audible, transferContexts } = this.bridge;
		const parts = {
			session,
			runtime,
			config,
			audible,
			transferContexts,
			toasts: this.toasts,
			storage: this.#local.store,
		};
		const workspace = new Workspace(parts);
		this.bridge.attach(workspace);
		this.phase.value = { kind: "ready", workspace };
		this.#watchAccess();
	}

	/** Who has just signed in is there; who reloads the panel keeps the status they chose. */
	#greet(): void {
		if (this.phase.value.kind !== "ready") return;
		const { presence } = this.phase.value.workspace.session;
		if (presence.system.value !== "OFFLINE" && presence.system.value !== "") return;
		const stop = effect(() => {
			const available = presence.find("AVAILABLE");
			if (!available) return;
			presence.choose(available).catch(() => undefined);
			queueMicrotask(() => stop());
		});
	}

	#couldNotEnter(error: unknown): void {
		if (error instanceof ApiError && (error.status === 401 || error.code === "not.a.user")) {
			this.#forget();
			this.#signedOut("Expired");
		} else this.#problem("network", error instanceof Error ? error.message : "", true);
	}

	/** A deployment that is switched off, or a right that is taken away, closes the panel with a sentence. */
	#watchAccess(): void {
		const look = async () => {
			const token = this.#token?.accessToken;
			if (!token || document.hidden) return;
			const access = await fetchAccess(this.#url, this.#deployment, token).catch(() => undefined);
			if (access && !access.allowed && this.phase.value.kind === "ready") this.#noAccess(access.problem);
		};
		const timer = setInterval(() => void look(), accessEveryMs);
		this.#stopWatching = () => clearInterval(timer);
	}

	#noAccess(problem: { code: string; text: string } | undefined): void {
		this.#leaveWorkspace();
		this.#problem(problem?.code ?? "user.without.permission", problem?.text ?? "", true);
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
		this.phase.value = { kind: "signed-out", reason, detail, byWindow: this.#usesWindow(), waiting: false };
	}

	#problem(code: string, text: string, canSwitchUser: boolean): void {
		this.phase.value = { kind: "problem", code, text, canSwitchUser };
	}
}
