import type { BootAnswer, FrameworkConfig } from "@inlay/contract";
import { Attempts } from "@inlay/contract/attempts";
import { signal } from "@preact/signals";
import type { EarlyStream } from "../phone/early-stream.ts";
import { ApiError } from "../session/api.ts";
import { browserClock } from "../session/clock.ts";
import type { SessionEnd } from "../session/session.ts";
import type { FrameworkBridge } from "../shell/framework-bridge.ts";
import { t } from "../shell/strings.ts";
import { Toasts } from "../shell/toasts.ts";
import type { Workspace } from "../shell/workspace.ts";
import type { AgentStay } from "./agent-stay.ts";
import { apiAnswers, BootError, fetchAccess, fetchBoot } from "./boot-client.ts";
import { keepChoice, meantDeployment } from "./by-groups.ts";
import { Closing } from "./closing.ts";
import { comeBackFrom, hasComeBack, type RefusedBy } from "./coming-back.ts";
import { DeploymentScript } from "./deployment-script.ts";
import type { Door } from "./entering.ts";
import { findingOf, isPassingThere, windowFinding } from "./findings.ts";
import { KeptToken } from "./kept-token.ts";
import { KeptWishes } from "./kept-wishes.ts";
import { loadAhead, loadPhoneBefore, loadWorkspace, phoneKey, type WorkspaceCode } from "./load-workspace.ts";
import { mustLoadAnother, withOwnScript } from "./own-script.ts";
import { type PanelUrl, readPanelUrl } from "./panel-url.ts";
import { changeAway, type Phase, reasonOf, type SignedOutReason } from "./phase.ts";
import { redeem, SignInError, type Token } from "./sign-in.ts";
import { type Returned, SignInFlow, type SignInProblem, takeReturn } from "./sign-in-flow.ts";
import { forgetStarts, mayStartAgain } from "./start-again.ts";
import { frameNameStorage, openStorage } from "./storage.ts";
import { ServerTokens, StoredTokens, type TokenStore, tokenKey } from "./token-store.ts";

/** Of this tab, while the page is loaded anew for somebody who has just signed in. */
const freshKey = "inlay.fresh";

/** The panel from its address to a signed-in workspace, and back to the sign-in when that ends. */
export class Panel {
	readonly phase = signal<Phase>({ kind: "starting" });
	readonly toasts = new Toasts(browserClock);
	readonly bridge: FrameworkBridge;
	/** Name of the organization, once known. */
	readonly organization = signal("");
	readonly #closing = new Closing();
	#country = "";
	readonly #session = openStorage("sessionStorage");
	readonly #local = openStorage("localStorage");
	readonly #pending = this.#session.lasting ? this.#session.store : frameNameStorage(window);
	#url: PanelUrl = readPanelUrl(location.href);
	/** Origin of API and sign-in; the panel, in which the customer's script runs, has another. */
	#api = "";
	#deployment: string | undefined;
	/** The address names none of several deployments. */
	#isByGroups = false;
	#flow: SignInFlow | undefined;
	/** A second press takes the first one's window. */
	readonly #windows = new Attempts();
	#token: KeptToken | undefined;
	readonly #script: DeploymentScript;
	readonly #wishes: KeptWishes;
	/** Comes with the workspace. */
	#stay: AgentStay | undefined;

	/** Resolves when there is what takes a call up: it comes first, as each step is silence to somebody. */
	readonly #phoneCode = this.#session.store.getItem(phoneKey) === null ? undefined : settled(loadPhoneBefore());

	constructor() {
		this.#script = new DeploymentScript(this.toasts, () => ({
			api: this.#api,
			deployment: this.#deployment,
			token: this.#token?.current?.accessToken,
		}));
		this.bridge = this.#script.bridge;
		this.#wishes = new KeptWishes({
			store: this.#pending,
			isName: !this.#session.lasting,
			waiting: () => this.bridge.runtime.wishes(),
		});
	}

	/** Starts from the page's address: fresh, or coming back from the sign-in page. */
	async start(): Promise<void> {
		// Before anything else is loaded or asked: a code must not stay in the address.
		const returned = takeReturn(this.#pending);
		if (returned || this.#mayBeSignedIn()) this.#loadAhead();
		this.#script.keepsWishes(this.#wishes.take());
		const lack = windowFinding(window.origin);
		if (lack) return this.#problem(lack);
		this.#url = readPanelUrl(location.href);
		this.#deployment = this.#url.deployment;
		const boot = await fetchBoot(this.#url, this.#deployment).catch((error: unknown) => {
			this.#problem(findingOf(error, "", false), isPassingThere(error) ? "away" : "boot");
		});
		if (boot) await this.#open(boot, returned);
	}

	/** What takes a call up is there and at work before anything else is read and run. */
	#loadAhead(): void {
		if (this.#phoneCode) void this.#phoneCode.then(loadAhead);
		else loadAhead();
	}

	/** Where the browser keeps nothing, the server has to be asked whether somebody is signed in. */
	#mayBeSignedIn(): boolean {
		return !this.#session.lasting || this.#session.store.getItem(tokenKey(this.#url.deployment ?? "")) !== null;
	}

	/** Begins anew, e.g. after a problem was fixed. */
	retry(): void {
		location.reload();
	}

	/** Opens one of several deployments. */
	async choose(deployment: string): Promise<void> {
		keepChoice(this.#session.store, deployment);
		await this.#enter();
	}

	/** Signs in: leaves for the sign-in page, or opens its window. Call it from a click. */
	async signIn(): Promise<void> {
		const phase = this.phase.value;
		// Leaving the page would lose what waits there; only where no window may open is it left.
		if (phase.kind === "ready" && phase.away?.reason !== "Blocked") await this.signInAgain();
		else if (this.#flow?.usesWindow) await this.#signInByWindow(this.#flow);
		else await this.#leaveForSignIn();
	}

	/** Signs in anew above the workspace, which goes on beneath. Call it from a click. */
	async signInAgain(): Promise<void> {
		const phase = this.phase.value;
		if (phase.kind !== "ready" || !this.#flow) return;
		const { workspace } = phase;
		const flow = this.#flow;
		const waiting = () => changeAway(this.phase, { waiting: true });
		try {
			const outcome = await this.#windows.last(() => flow.throughWindow(waiting, workspace.session.me.email));
			if (!outcome) return;
			if ("code" in outcome) throw new SignInError(outcome.code, outcome.text);
			if (!outcome.pending) throw new SignInError("stale", "");
			await this.#signedInAgain(workspace, await redeem(outcome.result, outcome.pending, this.#api, Date.now()));
		} catch (error) {
			this.#notSignedInAgain(error);
		}
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
		this.#isByGroups = !deployment && choices !== undefined && choices.length > 1;
		if (!this.#isByGroups) this.#deployment = deployment?.id ?? this.#deployment;
		this.#token = new KeptToken(this.#tokenStore(this.#deployment ?? ""), this.#api, (token) =>
			this.#stay?.renewed(token),
		);
		// Who has signed in before the deployment was switched off may have somebody on the line: the server says so.
		if (problem && !this.#isByGroups && !(this.#deployment && (await this.#token.read())))
			return this.#problem(problem, "boot");
		const script = this.#isByGroups
			? Promise.resolve(this.bridge.config.value)
			: this.#script.run(withOwnScript(boot, this.#pending));
		this.#flow = this.#flowOf(boot, script);
		await this.#resume(this.#flow, returned);
	}

	#flowOf({ api, region }: BootAnswer, script: Promise<FrameworkConfig>): SignInFlow {
		return new SignInFlow({
			url: this.#url,
			api,
			deployment: this.#deployment,
			region: region ?? "",
			script,
			config: () => this.bridge.config.value,
			pending: this.#pending,
			leaves: () => this.#wishes.leaving(),
		});
	}

	/**
	 * The address names none of several deployments: the groups of who has signed in decide (framework-contract 18), else
	 * they themselves. Resolves true where it is clear. Rejects with ApiError or BootError.
	 */
	async #chooseByGroups(): Promise<boolean> {
		const meant = await meantDeployment(this.#url, this.#door.token() ?? "", this.#session.store);
		if ("choices" in meant) this.phase.value = { kind: "choose", choices: meant.choices };
		else if ("problem" in meant) this.#noAccess(meant.problem, "choices");
		if (!("boot" in meant)) return false;
		this.#deployment = meant.boot.deployment?.id;
		this.#flow = this.#flowOf(meant.boot, this.#script.run(withOwnScript(meant.boot, this.#pending)));
		return true;
	}

	#tokenStore(deployment: string): TokenStore {
		return this.#session.lasting
			? new StoredTokens(this.#session.store, deployment)
			: new ServerTokens(this.#url.base, deployment);
	}

	async #resume(flow: SignInFlow, returned: Returned | undefined): Promise<void> {
		if (returned) return this.#finishSignIn(returned);
		if (await this.#token?.read()) return this.#enter();
		const problem = await flow.prepare();
		if (problem) return this.#problem(problem, "client");
		if (flow.usesWindow) return this.#signedOut(undefined);
		// Only the first time: whoever has signed out may want to be somebody else.
		await this.#leaveForSignIn(this.#url.loginHint);
	}

	async #leaveForSignIn(loginHint?: string): Promise<void> {
		const problem = await this.#flow?.leave(loginHint);
		if (problem) this.#problem(problem, "client");
	}

	async #signInByWindow(flow: SignInFlow): Promise<void> {
		const waiting = () => {
			this.phase.value = { kind: "signed-out", detail: "", byWindow: true, waiting: true };
		};
		try {
			const outcome = await this.#windows.last(() => flow.throughWindow(waiting));
			if (!outcome) return;
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
			this.#token?.keep(await redeem(result, pending, this.#api, Date.now()));
			forgetStarts(this.#pending);
			await this.#enterAnew();
		} catch (error) {
			// Used up or too old: a reloaded or bookmarked way back. Nobody can mend that but by signing in.
			const isUsedUp = error instanceof SignInError && error.code === "invalid_grant" && "code" in result;
			if (isUsedUp && !this.#flow?.usesWindow && mayStartAgain(this.#pending))
				return this.#leaveForSignIn(this.#url.loginHint);
			const denied = error instanceof SignInError && "error" in result;
			this.#signedOut(denied ? "Denied" : "Refused", error instanceof Error ? error.message : "");
		}
	}

	get #door(): Door {
		return {
			url: this.#url,
			api: this.#api,
			deployment: this.#deployment,
			script: this.#script.version,
			runsOwnScript: this.#script.isOwn,
			token: () => this.#token?.working,
			renew: async () => (await this.#stay?.renewNow()) ?? "over",
			store: { place: this.#pending, own: this.#local.store, isName: !this.#session.lasting },
		};
	}

	/** Somebody has signed in just now. */
	async #enterAnew(): Promise<void> {
		// Chosen for whoever was here before; the script of another deployment needs a page of its own.
		if (this.#isByGroups && this.#deployment !== undefined) return this.#loadAnew(true);
		await this.#enter({ isFresh: true });
	}

	/** @param isFresh somebody has signed in just now, and is to be greeted there */
	#loadAnew(isFresh: boolean): void {
		if (isFresh) this.#pending.setItem(freshKey, "1");
		this.#wishes.leaving();
		location.reload();
	}

	/** Opens the workspace of whoever the kept token is of; `isFresh` where they have signed in just now. */
	async #enter({ isRenewed = false, isFresh = false } = {}): Promise<void> {
		const isNew = isFresh || this.#pending.getItem(freshKey) !== null;
		let closeEarly = () => {};
		try {
			if (this.#isByGroups && this.#deployment === undefined && !(await this.#chooseByGroups())) return;
			const token = this.#settled();
			token.catch(() => undefined);
			const earlyStream = this.#phoneBefore(token);
			// Then nothing comes between the session and its place of work.
			this.#loadAhead();
			closeEarly = () => void earlyStream.then((each) => each?.close());
			await this.#phoneCode;
			const [code] = await Promise.all([loadWorkspace(), token]);
			this.#stay ??= this.#makeStay(code);
			const early = await earlyStream;
			const entered = await code.enter(this.#door, (end) => this.#ended(end), early?.heard());
			if ("refused" in entered) {
				closeEarly();
				return this.#noAccess(entered.refused);
			}
			// The session came to its end while it was asked whether they may be here.
			if (!this.#token?.current) {
				closeEarly();
				return entered.session.dispose();
			}
			// Nobody is shown what a version does that is not theirs.
			if (mustLoadAnother(this.#deployment, this.#script.version, entered.script, this.#pending)) {
				closeEarly();
				entered.session.dispose();
				return this.#loadAnew(isNew);
			}
			hasComeBack(this.#pending);
			this.#stay.watch(entered.session, entered.times, entered.script);
			if (isNew) {
				this.#pending.removeItem(freshKey);
				this.#stay.greet(entered.session);
			}
			this.#stay.show(entered.session, early);
			if (entered.only) this.#refused(entered.only);
		} catch (error) {
			closeEarly();
			const isOver = error instanceof ApiError && error.status === 401 && !isRenewed;
			// It ran out while the page was closed.
			const renewed = isOver ? await this.#token?.renew() : undefined;
			if (typeof renewed === "object") return this.#enter({ isRenewed: true, isFresh });
			this.#couldNotEnter(renewed === "unreachable" ? unreachable() : error, isNew);
		}
	}

	/** The token that the panel works with. Rejects with ApiError where the server does not answer. */
	async #settled(): Promise<string> {
		if ((await this.#token?.settle()) === "unreachable") throw unreachable();
		return this.#door.token() ?? "";
	}

	/** A call that was heard before a reload is taken up while all else is still asked for. Never rejects. */
	async #phoneBefore(token: Promise<string>): Promise<EarlyStream | undefined> {
		const code = await loadPhoneBefore().catch(() => undefined);
		return code?.phoneBefore({ store: this.#session.store, local: this.#local.store, base: this.#api, token });
	}

	#makeStay({ AgentStay }: WorkspaceCode): AgentStay {
		return new AgentStay({
			phase: this.phase,
			toasts: this.toasts,
			bridge: this.bridge,
			closing: this.#closing,
			door: () => this.#door,
			token: () => this.#token,
			country: () => this.#country,
			local: this.#local.store,
			tab: this.#session.store,
			tell: (finding) => this.#script.tell(finding),
			refused: (problem) => this.#refused(problem),
			signInAgain: () => void this.signInAgain(),
		});
	}

	async #signedInAgain(workspace: Workspace, token: Token): Promise<void> {
		const { Session } = await loadWorkspace();
		const isSame = (await Session.whoIs(this.#api, token.accessToken)) === workspace.session.me.id;
		const wasAway = this.phase.value.kind === "ready" && this.phase.value.away !== undefined;
		if (!isSame) this.#stay?.leave();
		this.#stay?.stopWatching();
		this.#token?.keep(token);
		if (!isSame) return this.#enterAnew();
		await this.#token?.settle();
		this.#stay?.watch(workspace.session, undefined);
		if (wasAway) this.#stay?.back(workspace);
		else this.#stay?.liveWithNewToken();
	}

	#notSignedInAgain(error: unknown): void {
		const said = error instanceof Error ? error.message : "";
		const reason = said === "blocked" ? "Blocked" : said === "closed" ? "Closed" : "Refused";
		if (!changeAway(this.phase, { reason, waiting: false }))
			this.toasts.show({ tone: "warn", text: t(`reason${reason}`) }, 10_000);
	}

	#couldNotEnter(error: unknown, isNew: boolean): void {
		if (error instanceof ApiError && (error.status === 401 || error.code === "not.a.user")) {
			this.#forget();
			this.#signedOut("Expired");
		} else {
			// They are greeted where the panel comes back.
			if (isNew) this.#pending.setItem(freshKey, "1");
			void this.#explain(error);
		}
	}

	/** Finds out why there is no workspace: each cause has its own words, and its own person to mend it. */
	async #explain(error: unknown): Promise<void> {
		const panelAnswers = await isTrue(fetchBoot(this.#url, this.#deployment).then(() => true));
		// Who answers by now was away for a moment, and is hidden by nothing.
		const isBack = panelAnswers && isPassingThere(error) && (await isTrue(this.#isAnswering()));
		const finding = findingOf(error, this.#api, panelAnswers && !isBack);
		this.#script.tell(finding);
		this.#problem(finding, isPassingThere(error) ? "away" : undefined, true);
	}

	/** A disabled client ends sessions as anything else does: asked for, it says so. */
	async #lookForClient(): Promise<void> {
		const problem = await this.#flow?.clientProblem();
		if (problem?.code !== "client.inactive" || changeAway(this.phase, { reason: "ClientDisabled" })) return;
		if (this.phase.value.kind === "signed-out") this.#problem(problem, "client");
	}

	/** The agent may not use the panel any more: it closes, after what they have in hand. */
	#refused(problem: SignInProblem = { code: "user.without.permission", text: "" }): void {
		const phase = this.phase.value;
		const isAtWork = () => !problem.now && phase.kind === "ready" && phase.workspace.leaving.isAtWork;
		this.#closing.after(isAtWork, problem, () => this.#noAccess(problem));
	}

	#noAccess(problem: SignInProblem | undefined, refusedBy: RefusedBy = "access"): void {
		this.#stay?.leave();
		this.#problem(problem ?? { code: "user.without.permission", text: "" }, refusedBy, true);
	}

	/** Whoever signs out leaves nothing behind; else all that was being done waits for its agent. */
	#ended(end: SessionEnd): void {
		const phase = this.phase.value;
		if (end === "signed-out" || phase.kind !== "ready") {
			this.#forget();
			this.#signedOut(reasonOf[end]);
			return;
		}
		this.#stay?.stopWatching();
		this.#token?.forget();
		this.bridge.detach();
		phase.workspace.phone.suspend();
		this.phase.value = { ...phase, away: { reason: reasonOf[end], waiting: false } };
		if (end === "expired" || end === "revoked") void this.#lookForClient();
	}

	#forget(): void {
		this.#stay?.leave();
		this.#token?.forget();
	}

	#signedOut(reason: SignedOutReason | undefined, detail = ""): void {
		const byWindow = this.#flow?.usesWindow ?? false;
		// Signing in takes a while, in a window of its own.
		if (byWindow) loadAhead();
		this.phase.value = { kind: "signed-out", reason, detail, byWindow, waiting: false };
	}

	/** @param refusedBy what is asked whether the reason has gone: then the panel comes back by itself */
	#problem({ code, text }: SignInProblem, refusedBy?: RefusedBy, canSwitchUser = false): void {
		const phase: Phase = { kind: "problem", code, text, canSwitchUser, comesBack: refusedBy !== undefined };
		this.phase.value = phase;
		if (!refusedBy) return;
		const isGone = () => this.#isLetIn(refusedBy);
		comeBackFrom(this.phase, refusedBy === "away", isGone, () => this.#loadAnew(false), this.#pending);
	}

	/** Rejects where no answer comes. */
	async #isAnswering(): Promise<boolean> {
		await fetchBoot(this.#url, this.#deployment);
		return this.#api === "" || apiAnswers(this.#api, this.#door.token() ?? "");
	}

	async #isLetIn(refusedBy: RefusedBy): Promise<boolean> {
		// This look alone is none that operators are told of: the next refusal is somebody's own.
		this.#url.again = true;
		try {
			return await this.#isReasonGone(refusedBy);
		} catch (error) {
			// Who asks is signed in no more: a new load leads to the sign-in.
			if (error instanceof BootError && error.status === 401) return true;
			throw error;
		} finally {
			delete this.#url.again;
		}
	}

	async #isReasonGone(refusedBy: RefusedBy): Promise<boolean> {
		const token = this.#door.token() ?? "";
		if (refusedBy === "away") return this.#isAnswering();
		if (refusedBy === "client") return !(await this.#flow?.clientProblem());
		if (refusedBy === "access") return (await fetchAccess(this.#url, this.#deployment, token)).allowed;
		const found = await (refusedBy === "boot"
			? fetchBoot(this.#url, this.#deployment)
			: meantDeployment(this.#url, token, this.#session.store));
		return !("problem" in found);
	}
}

function settled(promise: Promise<unknown>): Promise<void> {
	return promise.then(
		() => undefined,
		() => undefined,
	);
}

function isTrue(asked: Promise<boolean>): Promise<boolean> {
	return asked.catch(() => false);
}

function unreachable(): ApiError {
	return new ApiError(0, { message: "The server did not answer." });
}
