import { signal } from "@preact/signals";
import type { Api } from "../../session/api.ts";
import { Loaded, Task } from "../../session/load.ts";
import type { SecondFactor } from "../../session/wire.ts";
import { PersonSessions } from "../people/person-sessions.ts";

const path = "/api/inlay/v1/users/me/secondfactor";

/** What an authenticator app reads. */
export interface Enrolment {
	secret: string;
	/** SVG. */
	picture: string;
}

/** One's own password and second factor, and where one is signed in. */
export class AccountModel {
	readonly factor: Loaded<SecondFactor>;
	readonly sessions: PersonSessions;
	readonly oldPassword = signal("");
	readonly newPassword = signal("");
	/** A secret that waits for its first code. */
	readonly enrolment = signal<Enrolment | undefined>(undefined);
	/** Recovery codes that were just made; they are shown this once. */
	readonly recoveryCodes = signal<readonly string[] | undefined>(undefined);
	readonly changing = new Task();
	readonly enrolling = new Task();
	readonly #api: Api;

	constructor(api: Api, userId: string) {
		this.#api = api;
		this.sessions = new PersonSessions(api, userId);
		this.factor = new Loaded(() => api.request<SecondFactor>("GET", path));
	}

	/** Recovery codes that nobody has said to have kept, or passwords that were typed and not sent. */
	get holdsUnsaved(): boolean {
		return this.recoveryCodes.peek() !== undefined || this.oldPassword.peek() + this.newPassword.peek() !== "";
	}

	async changePassword(): Promise<boolean> {
		const body = { oldPassword: this.oldPassword.peek(), newPassword: this.newPassword.peek() };
		const done = await this.changing.run(() => this.#api.request("POST", "/api/v2/users/me/password", body));
		if (!done) return false;
		this.oldPassword.value = "";
		this.newPassword.value = "";
		await this.sessions.open.load();
		return true;
	}

	/** Asks for a secret; the password says that it is oneself. */
	begin(password: string): Promise<boolean> {
		return this.enrolling.run(async () => {
			this.enrolment.value = await this.#api.request<Enrolment>("POST", path, { password });
		});
	}

	/** The first code of the secret. */
	async confirm(code: string): Promise<boolean> {
		const done = await this.#codesFor("confirm", code);
		if (!done) return false;
		this.enrolment.value = undefined;
		await this.sessions.open.load();
		return true;
	}

	renewRecoveryCodes(code: string): Promise<boolean> {
		return this.#codesFor("recoverycodes", code);
	}

	async remove(code: string): Promise<boolean> {
		const done = await this.enrolling.run(() => this.#api.request("POST", `${path}/remove`, { code }));
		if (!done) return false;
		this.recoveryCodes.value = undefined;
		await Promise.all([this.factor.load(), this.sessions.open.load()]);
		return true;
	}

	async #codesFor(what: "confirm" | "recoverycodes", code: string): Promise<boolean> {
		const done = await this.enrolling.run(async () => {
			const answer = await this.#api.request<{ recoveryCodes: string[] }>("POST", `${path}/${what}`, { code });
			this.recoveryCodes.value = answer.recoveryCodes;
		});
		if (done) await this.factor.load();
		return done;
	}
}
