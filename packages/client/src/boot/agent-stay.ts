import type { SessionTimes } from "@inlay/contract";
import { computed, type Signal, signal } from "@preact/signals";
import type { EarlyStream } from "../phone/early-stream.ts";
import type { Session } from "../session/session.ts";
import type { FrameworkBridge } from "../shell/framework-bridge.ts";
import type { Toasts } from "../shell/toasts.ts";
import { type SignInLife, Workspace } from "../shell/workspace.ts";
import type { Closing } from "./closing.ts";
import type { Door } from "./entering.ts";
import type { Finding } from "./findings.ts";
import { greet, greetAgain } from "./greeting.ts";
import { type KeptToken, timesOf } from "./kept-token.ts";
import { rememberOwn } from "./own-script.ts";
import type { Phase } from "./phase.ts";
import { leavePhone } from "./phone-before.ts";
import type { SessionLife } from "./session-life.ts";
import type { Token } from "./sign-in.ts";
import type { SignInProblem } from "./sign-in-flow.ts";
import { stay, wayOf } from "./staying.ts";
import type { KeyValue } from "./storage.ts";

/** What an agent's stay needs of the panel around it; what is asked for is what holds at that moment. */
export interface AgentStayParts {
	phase: Signal<Phase>;
	toasts: Toasts;
	bridge: FrameworkBridge;
	closing: Closing;
	door: () => Door;
	token: () => KeptToken | undefined;
	country: () => string;
	local: KeyValue;
	/** Of this tab alone. */
	tab: KeyValue;
	tell: (finding: Finding) => void;
	refused: (problem?: SignInProblem) => void;
	signInAgain: () => void;
}

/** An agent is signed in: their workspace, and what looks after it and their token until they go. */
export class AgentStay {
	readonly #parts: AgentStayParts;
	readonly #life = signal<SessionLife | undefined>(undefined);
	/** Another version of the script than the page's is the agent's now. */
	readonly #otherScript = signal(false);
	#stopWatching = () => {};

	constructor(parts: AgentStayParts) {
		this.#parts = parts;
	}

	/**
	 * Looks after the sign-in for as long as the agent is here.
	 * @param own version of the script that is theirs, where that is known
	 */
	watch(session: Session, times: SessionTimes | undefined, own?: number): void {
		const { closing, door, refused, tell, toasts } = this.#parts;
		const token = this.#parts.token();
		if (!token) return;
		this.#otherScript.value = false;
		if (own !== undefined) this.#meetScript(own);
		const { life, leave } = stay({
			door: door(),
			session,
			token,
			times,
			toasts,
			tell,
			renewed: () => this.liveWithNewToken(),
			refused,
			hasScript: (version) => this.#meetScript(version),
			allowed: () => closing.withdraw(),
		});
		this.#life.value = life;
		this.#stopWatching = leave;
	}

	/** Nobody looks after the sign-in any more; the workspace stays. */
	stopWatching(): void {
		this.#stopWatching();
	}

	/** Who has signed in just now is there; to be called before anybody is told of their status. */
	greet(session: Session): void {
		greet(session.presence);
	}

	show(session: Session, earlyStream: EarlyStream | undefined): void {
		const { bridge, country, local, phase, tab, toasts } = this.#parts;
		const { runtime, config, audible, transferContexts } = bridge;
		const workspace = new Workspace({
			session,
			runtime,
			config,
			audible,
			transferContexts,
			toasts,
			life: this.#signInLife(),
			storage: local,
			country: country(),
			earlyStream,
		});
		const leave = this.#stopWatching;
		const stopLeaving = leavePhone(workspace, tab);
		this.#stopWatching = () => {
			leave();
			stopLeaving();
		};
		bridge.attach(workspace);
		phase.value = { kind: "ready", workspace };
	}

	/** Takes the workspace up where it was left. */
	back(workspace: Workspace): void {
		this.#parts.phase.value = { kind: "ready", workspace };
		greetAgain(workspace.session.presence);
		workspace.session.resume();
		workspace.phone.resume();
		this.#parts.bridge.attach(workspace);
	}

	leave(): void {
		const { bridge, closing, phase } = this.#parts;
		closing.withdraw();
		this.#stopWatching();
		if (phase.value.kind !== "ready") return;
		bridge.detach();
		phase.value.workspace.dispose();
	}

	/** Gets another token without a word. */
	renewNow(): ReturnType<Door["renew"]> | undefined {
		return this.#life.peek()?.renewNow();
	}

	/** A duplicate of this tab has renewed the token for both. */
	renewed(token: Token): void {
		this.#life.peek()?.begin(timesOf(token, Date.now()), wayOf(token));
		this.liveWithNewToken();
	}

	/** What is open ends with the token that opened it: from now on with the current one. */
	liveWithNewToken(): void {
		const phase = this.#parts.phase.value;
		if (phase.kind !== "ready" || phase.away) return;
		void phase.workspace.session.tokenRenewed();
		phase.workspace.phone.renewed();
	}

	/**
	 * A script of the developer's own machine is their own affair. A panel without one may have been loaded anew while its
	 * deployment was switched off, for a call that went on.
	 */
	#meetScript(version: number): void {
		const { deployment, script, runsOwnScript, store } = this.#parts.door();
		this.#otherScript.value = !runsOwnScript && script !== version;
		// Else the page that is loaded for it would begin with the old one, and be loaded once more.
		if (deployment !== undefined) rememberOwn(deployment, version, store.place);
	}

	#signInLife(): SignInLife {
		return {
			otherScript: this.#otherScript,
			ending: computed(() => this.#life.value?.ending.value),
			closing: this.#parts.closing.because,
			signInAgain: this.#parts.signInAgain,
			used: () => void this.#life.peek()?.used(),
		};
	}
}
