import { computed, signal } from "@preact/signals";
import { type Api, listAll } from "../../session/api.ts";
import { readDivisions } from "../../session/divisions.ts";
import { Loaded, Task } from "../../session/load.ts";
import { inDivision, needs } from "../../session/needs.ts";
import { placesFor } from "../../session/new-place.ts";
import type { Self } from "../../session/self.ts";
import type { Role, User } from "../../session/wire.ts";
import { rolePermissions } from "./person-roles.ts";

export interface PersonForm {
	name: string;
	email: string;
	password: string;
	/** Where the person belongs, and where the roles hold. */
	divisionId: string;
	roleIds: readonly string[];
}

export type PersonField = "name" | "email" | "password";

/** Shortest password that the server takes, in characters; an organization may ask for more. */
const shortestPassword = 8;

/** The fields that cannot be sent as they are. */
export function problemsOf({ name, email, password }: PersonForm): ReadonlySet<PersonField> {
	const problems = new Set<PersonField>();
	if (name.trim() === "" || name.trim().length > 200) problems.add("name");
	if (!/^[^\s@]+@[^\s@]+$/.test(email.trim())) problems.add("email");
	if (password.length < shortestPassword) problems.add("password");
	return problems;
}

/** A user to add: name, sign-in, division and roles. */
export class NewPersonModel {
	/** The roles that may be given; none where one may give none. */
	readonly roles: Loaded<Role[]>;
	readonly form = signal<PersonForm>({ name: "", email: "", password: "", divisionId: "", roleIds: [] });
	readonly tried = signal(false);
	readonly saving = new Task();
	readonly problems = computed(() => problemsOf(this.form.value));
	readonly #api: Api;
	readonly #self: Self;
	/** A user whose roles could not be given yet: the next attempt goes on from there. */
	#created: User | undefined;
	#saved = false;
	readonly #given = new Set<string>();

	constructor(api: Api, self: Self) {
		this.#api = api;
		this.#self = self;
		this.form.value = { ...this.form.peek(), divisionId: this.places()[0] ?? "" };
		this.roles = new Loaded(async () => {
			await readDivisions(api);
			const maySee = self.rights.peek().may(needs.viewRoles);
			return maySee ? listAll<Role>(api, "/api/v2/authorization/roles?userCount=false") : [];
		});
	}

	/** Ids of the divisions in which one may add somebody, the home division first. */
	places(): string[] {
		return placesFor(needs.addPerson, this.#self.rights.value);
	}

	/** The roles that one may give in the chosen division: those of which one holds everything there. */
	givable(roles: readonly Role[]): Role[] {
		const { divisionId } = this.form.value;
		const rights = this.#self.rights.value;
		if (!rights.may(inDivision(needs.giveRole, divisionId))) return [];
		return roles.filter((role) => rights.covers(rolePermissions(role), divisionId));
	}

	/** Whether something was typed that is not saved. */
	get edited(): boolean {
		const { name, email, password, roleIds } = this.form.peek();
		return !this.#saved && (name + email + password !== "" || roleIds.length > 0);
	}

	change(part: Partial<PersonForm>): void {
		this.form.value = { ...this.form.peek(), ...part };
	}

	/** Resolves to the id of the new user, or undefined when something has to be put right. */
	async save(): Promise<string | undefined> {
		this.tried.value = true;
		if (this.problems.peek().size > 0) return undefined;
		const { name, email, password, divisionId, roleIds } = this.form.peek();
		const done = await this.saving.run(async () => {
			if (!this.#created) {
				// Two people know a first password.
				const first = { mustChangePassword: true };
				const body = { name: name.trim(), email: email.trim(), password, divisionId, ...first };
				this.#created = await this.#api.request<User>("POST", "/api/v2/users", body);
			}
			await this.#giveRoles(this.#created.id, divisionId, roleIds);
		});
		this.#saved = done;
		return done ? this.#created?.id : undefined;
	}

	async #giveRoles(userId: string, divisionId: string, roleIds: readonly string[]): Promise<void> {
		for (const roleId of roleIds.filter((id) => !this.#given.has(id))) {
			const path = `/api/v2/authorization/subjects/${userId}/divisions/${divisionId}/roles/${roleId}`;
			await this.#api.request("POST", path);
			this.#given.add(roleId);
		}
	}
}
