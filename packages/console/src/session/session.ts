import { bundledClientId } from "@inlay/contract";
import { Attempts } from "@inlay/contract/attempts";
import { type Signal, signal } from "@preact/signals";
import { type Api, ApiError, HttpApi } from "./api.ts";
import { readDivisions } from "./divisions.ts";
import { type HeldGrant, Rights } from "./rights.ts";
import { beginSignIn, finishSignIn, type KeyValue, readToken, redirectUri, writeToken } from "./sign-in.ts";
import type { PanelPlace, User } from "./wire.ts";

/** Why somebody has to sign in (again). */
export type SignedOutReason = "first" | "expired" | "signed-out" | "refused" | "stale" | "network";

export type Phase =
	| { kind: "starting" }
	| { kind: "signed-out"; reason: SignedOutReason; detail: string }
	| { kind: "failed"; error: ApiError }
	| { kind: "ready"; me: User; panel: PanelPlace };

/** The browser as far as a session moves it. */
export interface Page {
	origin: string;
	search: () => string;
	/** The screen, as the address's fragment without `#`. */
	screen: () => string;
	/** Replaces the address, without a trace in the history. */
	replace: (path: string) => void;
	/** Removes what the console keeps in this tab: token and drafts. */
	forget: () => void;
	/** Leaves for another address. */
	go: (url: string) => void;
}

/** Who administers: signing in and out, and the way to the server meanwhile. */
export class Session {
	readonly phase: Signal<Phase> = signal({ kind: "starting" });
	/** What the signed-in person may do, as last read. */
	readonly rights: Signal<Rights> = signal(new Rights([]));
	readonly api: Api;
	readonly origin: string;
	readonly #page: Page;
	readonly #store: KeyValue;
	/** One that was begun before a change of one's rights says nothing of them: the newest counts. */
	readonly #rightsReadings = new Attempts();
	#afterRefusal = false;

	constructor(page: Page, store: KeyValue) {
		this.#page = page;
		this.#store = store;
		this.origin = page.origin;
		this.api = new HttpApi({
			base: page.origin,
			token: () => readToken(store, Date.now())?.accessToken,
			onUnauthorized: () => this.#forget("expired"),
			onForbidden: () => void this.#readRightsAfterRefusal(),
		});
	}

	/** Finishes a sign-in that comes back, or goes on with the token that the tab keeps. */
	async start(): Promise<void> {
		this.phase.value = { kind: "starting" };
		const outcome = await finishSignIn(this.origin, this.#page.search(), this.#store, Date.now());
		if (outcome.kind !== "none") {
			const screen = outcome.kind === "signed-in" ? outcome.screen : this.#page.screen();
			this.#page.replace(`/admin/${screen ? `#${screen}` : ""}`);
		}
		if (outcome.kind === "refused") return this.#refused(outcome.code, outcome.text);
		if (outcome.kind === "signed-in") writeToken(this.#store, outcome.token);
		if (readToken(this.#store, Date.now())) return this.#welcome();
		const loginHint = new URLSearchParams(this.#page.search()).get("login_hint");
		if (loginHint && outcome.kind === "none") return this.signIn(loginHint);
		this.#forget("first");
	}

	/** @param loginHint who is expected, where a link has said so */
	async signIn(loginHint?: string): Promise<void> {
		this.#page.go(await beginSignIn(this.origin, this.#page.screen(), this.#store, loginHint));
	}

	/** Ends the token, leaves nothing for whoever signs in next, and lets the login host lead back. */
	async signOut(): Promise<void> {
		await this.api.request("DELETE", "/api/v2/tokens/me").catch(() => undefined);
		this.#page.forget();
		const query = new URLSearchParams({ client_id: bundledClientId, redirect_uri: redirectUri(this.origin) });
		this.#page.go(`${this.origin}/logout?${query}`);
	}

	/** Reads anew what the signed-in person may do: after a refusal, and after their own roles have changed. */
	async readRights(): Promise<void> {
		const isNewest = this.#rightsReadings.begin();
		const path = "/api/v2/authorization/subjects/me?includeDuplicates=true";
		const { grants } = await this.api.request<{ grants: HeldGrant[] }>("GET", path);
		if (isNewest()) this.rights.value = new Rights(grants);
	}

	/** A refused reading is no reason to read again. */
	async #readRightsAfterRefusal(): Promise<void> {
		if (this.#afterRefusal) return;
		this.#afterRefusal = true;
		await this.readRights().catch(() => undefined);
		this.#afterRefusal = false;
	}

	async #welcome(): Promise<void> {
		try {
			const [me, panel] = await Promise.all([
				this.api.request<User>("GET", "/api/v2/users/me"),
				this.api.request<PanelPlace>("GET", "/api/inlay/v1/panel"),
				readDivisions(this.api),
				this.readRights(),
			]);
			this.phase.value = { kind: "ready", me, panel };
		} catch (error) {
			if (!(error instanceof ApiError)) throw error;
			if (!error.isSignedOut) this.phase.value = { kind: "failed", error };
		}
	}

	#refused(code: string, text: string): void {
		const reason = code === "stale" || code === "network" ? code : "refused";
		this.phase.value = { kind: "signed-out", reason, detail: text };
	}

	#forget(reason: SignedOutReason): void {
		writeToken(this.#store, undefined);
		this.phase.value = { kind: "signed-out", reason, detail: "" };
	}
}
