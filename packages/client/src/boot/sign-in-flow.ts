import { clientIdCandidates, type FrameworkConfig, type SigninAnswer } from "@inlay/contract";
import { ownWay } from "../framework/script/ground/own-way.ts";
import { fetchSignin } from "./boot-client.ts";
import { findingOf } from "./findings.ts";
import type { PanelUrl } from "./panel-url.ts";
import {
	beginSignIn,
	type PendingSignIn,
	readSignInResult,
	type SignInPlan,
	type SignInResult,
	takePending,
} from "./sign-in.ts";
import type { KeyValue } from "./storage.ts";
import { signInByWindow, signInWindowName } from "./window-sign-in.ts";

/** A script that has said nothing by then does not hold up the sign-in; milliseconds. */
const scriptPatienceMs = 5000;

/** What came back from the sign-in page, with what it was begun with. */
export interface Returned {
	result: SignInResult;
	pending: PendingSignIn | undefined;
}

/** Why nobody can sign in here; `code` as of the boot addresses, or `network`. */
export interface SignInProblem {
	code: string;
	text: string;
	/** What the agent has in hand is not waited for. */
	now?: true;
}

export interface SignInFlowParts {
	url: PanelUrl;
	/** Origin of API and sign-in. */
	api: string;
	deployment: string | undefined;
	region: string;
	/** The script's configuration, once it has said it; and what is known of it now. */
	script: Promise<FrameworkConfig>;
	config: () => FrameworkConfig;
	/** Remembers a sign-in while the frame is away at the sign-in page. */
	pending: KeyValue;
	/** The frame is about to leave this page. */
	leaves: () => void;
}

/** An address that was left for the sign-in page is restored before the script can see it. */
export function takeReturn(pendingStore: KeyValue): Returned | undefined {
	const result = readSignInResult(location.search, location.hash);
	if (!result) return undefined;
	const pending = takePending(result.state, pendingStore);
	history.replaceState(null, "", pending?.panelUrl ?? location.pathname);
	return { result, pending };
}

/** The way to the sign-in page and back, in the frame itself or in a window of its own. */
export class SignInFlow {
	readonly #parts: SignInFlowParts;
	#signin: SigninAnswer | undefined;
	#withoutProvider = false;

	constructor(parts: SignInFlowParts) {
		this.#parts = parts;
	}

	/** True when a window of its own is wished for and possible. */
	get usesWindow(): boolean {
		const { url, config } = this.#parts;
		const wished = url.dedicatedLoginWindow ?? config().settings.dedicatedLoginWindow;
		return wished && Boolean(this.#signin?.windowRedirectUri ?? !this.#signin);
	}

	/** Finds the client to sign in with; the script's ids are asked for, but not waited for without end. */
	async prepare(): Promise<SignInProblem | undefined> {
		if (this.#signin?.clientId) return undefined;
		const { url, api, deployment, region, script } = this.#parts;
		const patience = new Promise<undefined>((resolve) => setTimeout(resolve, scriptPatienceMs));
		const config = (await Promise.race([script, patience])) ?? this.#parts.config();
		try {
			const candidates = clientIdCandidates(config, { region, host: new URL(api).host });
			const wanted = [...candidates, ...(url.clientId ? [url.clientId] : [])];
			this.#signin = await fetchSignin(url, deployment, region, wanted);
		} catch (error) {
			return findingOf(error, api, false);
		}
		const { problem, clientId, note } = this.#signin;
		if (note) console.warn(note);
		return problem ?? (clientId ? undefined : { code: "client.unknown", text: "" });
	}

	/** Why the client that was signed in with does not work any more, if that is why; asks anew. */
	async clientProblem(): Promise<SignInProblem | undefined> {
		const clientId = this.#signin?.clientId;
		this.#signin = undefined;
		const problem = await this.prepare();
		return clientId === undefined || problem ? problem : undefined;
	}

	/**
	 * An identity provider that the address or the script names may be unknown to this server: scripts are carried from
	 * one to the other. From now on the sign-in page's own form is used.
	 */
	giveUpProvider(): void {
		this.#withoutProvider = true;
	}

	/** Leaves for the sign-in page. */
	async leave(loginHint?: string): Promise<SignInProblem | undefined> {
		const problem = await this.prepare();
		if (problem) return problem;
		const plan = { ...this.#plan(this.#signin?.redirectUri), loginHint };
		const { url } = await beginSignIn(plan, this.#parts.pending);
		this.#parts.leaves();
		ownWay.origin = new URL(url, location.href).origin;
		location.replace(url);
		return undefined;
	}

	/**
	 * Opens the sign-in page in a window: call it from a click. `waiting` runs once the window is on its way. Rejects with
	 * WindowProblem as message.
	 */
	async throughWindow(waiting: () => void, loginHint?: string): Promise<Returned | SignInProblem> {
		// The window must open within the click; its address follows when it is known.
		const popup = window.open("", signInWindowName, "popup,width=480,height=680");
		const problem = await this.prepare();
		if (problem) {
			popup?.close();
			return problem;
		}
		// Where the window has no page of its own, the panel's own page hands the answer back.
		const plan = { ...this.#plan(this.#signin?.windowRedirectUri ?? this.#signin?.redirectUri), loginHint };
		const { url, pending } = await beginSignIn(plan, this.#parts.pending);
		if (popup) popup.location.href = url;
		waiting();
		const result = await signInByWindow(popup, pending.state);
		return { result, pending: takePending(pending.state, this.#parts.pending) };
	}

	#plan(redirectUri: string | undefined): SignInPlan {
		const { url, api, config } = this.#parts;
		const { sso } = config().settings;
		const provider = this.#withoutProvider ? undefined : (url.provider ?? sso?.provider);
		return {
			base: api,
			clientId: this.#signin?.clientId ?? "",
			grant: this.#signin?.grant ?? "code",
			redirectUri: redirectUri ?? "",
			panelUrl: location.href,
			provider,
			orgName: url.orgName ?? sso?.orgName,
		};
	}
}
