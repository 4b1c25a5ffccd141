import { computed, signal } from "@preact/signals";
import { type Api, listAll } from "../../session/api.ts";
import { Loaded, Task } from "../../session/load.ts";
import type { Role, User } from "../../session/wire.ts";

export interface PersonForm {
	name: string;
	email: string;
	password: string;
	roleIds: readonly string[];
}

export type PersonField = "name" | "email" | "password";

/** Shortest password that the server takes, in characters. */
const shortestPassword = 8;

/** The fields that cannot be sent as they are. */
export function problemsOf({ name, email, password }: PersonForm): ReadonlySet<PersonField> {
	const problems = new Set<PersonField>();
	if (name.trim() === "") problems.add("name");
	if (!/^[^\s@]+@[^\s@]+$/.test(email.trim())) problems.add("email");
	if (password.length < shortestPassword) problems.add("password");
	return problems;
}

/** A user to add: name, sign-in and roles. */
export class NewPersonModel {
	readonly roles: Loaded<Role[]>;
	readonly form = signal<PersonForm>({ name: "", email: "", password: "", roleIds: [] });
	readonly tried = signal(false);
	readonly saving = new Task();
	readonly problems = computed(() => problemsOf(this.form.value));
	readonly #api: Api;
	/** A user whose roles could not be set yet: the next attempt goes on from there. */
	#created: User | undefined;

	constructor(api: Api) {
		this.#api = api;
		this.roles = new Loaded(() => listAll<Role>(api, "/api/v2/authorization/roles"));
	}

	change(part: Partial<PersonForm>): void {
		this.form.value = { ...this.form.peek(), ...part };
	}

	/** Resolves to the id of the new user, or undefined when something has to be put right. */
	async save(): Promise<string | undefined> {
		this.tried.value = true;
		if (this.problems.peek().size > 0) return undefined;
		const { name, email, password, roleIds } = this.form.peek();
		const done = await this.saving.run(async () => {
			if (!this.#created) {
				const me = await this.#api.request<User>("GET", "/api/v2/users/me");
				// Two people know a first password.
				const first = { mustChangePassword: true };
				const body = { name: name.trim(), email: email.trim(), password, divisionId: me.division?.id ?? "", ...first };
				this.#created = await this.#api.request<User>("POST", "/api/v2/users", body);
			}
			await this.#api.request("PUT", `/api/v2/users/${this.#created.id}/roles`, roleIds);
		});
		return done ? this.#created?.id : undefined;
	}
}
