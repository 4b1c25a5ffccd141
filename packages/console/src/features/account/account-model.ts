import { signal } from "@preact/signals";
import type { Api } from "../../session/api.ts";
import { Loaded, Task } from "../../session/load.ts";
import type { SecondFactor } from "../../session/wire.ts";

const path = "/api/inlay/v1/users/me/secondfactor";

/** What an authenticator app reads. */
export interface Enrolment {
	secret: string;
	/** SVG. */
	picture: string;
}

/** One's own password and second factor. */
export class AccountModel {
	readonly factor: Loaded<SecondFactor>;
	readonly oldPassword = signal("");
	readonly newPassword = signal("");
	/** A secret that waits for its first code. */
	readonly enrolment = signal<Enrolment | undefined>(undefined);
	/** Recovery codes that were just made; they are shown this once. */
	readonly recoveryCodes = signal<readonly string[] | undefined>(undefined);
	readonly changing = new Task();
	readonly enrolling = new Task();
	readonly #api: Api;

	constructor(api: Api) {
		this.#api = api;
		this.factor = new Loaded(() => api.request<SecondFactor>("GET", path));
	}

	async changePassword(): Promise<boolean> {
		const body = { oldPassword: this.oldPassword.peek(), newPassword: this.newPassword.peek() };
		const done = await this.changing.run(() => this.#api.request("POST", "/api/v2/users/me/password", body));
		if (!done) return false;
		this.oldPassword.value = "";
		this.newPassword.value = "";
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
		if (done) this.enrolment.value = undefined;
		return done;
	}

	renewRecoveryCodes(code: string): Promise<boolean> {
		return this.#codesFor("recoverycodes", code);
	}

	async remove(code: string): Promise<boolean> {
		const done = await this.enrolling.run(() => this.#api.request("POST", `${path}/remove`, { code }));
		if (!done) return false;
		this.recoveryCodes.value = undefined;
		await this.factor.load();
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
