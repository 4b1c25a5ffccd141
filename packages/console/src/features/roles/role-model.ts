import { computed, signal } from "@preact/signals";
import { type Api, listAll } from "../../session/api.ts";
import { Loaded, Task } from "../../session/load.ts";
import { type Duty, needs } from "../../session/needs.ts";
import { Paged } from "../../session/paged.ts";
import type { Self } from "../../session/self.ts";
import { VersionedForm } from "../../session/versioned-form.ts";
import type { PermissionDomain, Role, RoleHolder } from "../../session/wire.ts";
import { type DomainEntries, difference, entriesOf, permissionsOfRole, policiesWith } from "./permissions.ts";

const base = "/api/v2/authorization/roles";

export interface RoleForm {
	name: string;
	description: string;
	/** `domain:entity:action`, wildcards kept. */
	permissions: readonly string[];
}

export function roleFormOf(role: Role): RoleForm {
	return { name: role.name, description: role.description ?? "", permissions: permissionsOfRole(role) };
}

/** Stands for a role that is not there yet. */
const fresh: Role = { id: "", name: "", description: "", permissionPolicies: [], default: false, version: 0 };

/** One role, new or existing: what it allows, who holds it, and deleting it. */
export class RoleModel {
	readonly role: Loaded<Role>;
	readonly catalogue: Loaded<DomainEntries[]>;
	readonly holders: Paged<RoleHolder>;
	readonly details: VersionedForm<Role, RoleForm>;
	readonly tried = signal(false);
	readonly removing = new Task();
	readonly self: Self;
	/** What a save would give and take. */
	readonly difference = computed(() => {
		const [role, form] = [this.details.base.value, this.details.form.value];
		return role && form ? difference(permissionsOfRole(role), form.permissions) : { given: [], taken: [] };
	});
	readonly #api: Api;
	readonly #id: string | undefined;

	/** @param id absent for a new role */
	constructor(api: Api, self: Self, id?: string) {
		this.#api = api;
		this.#id = id;
		this.self = self;
		const read = () => (id ? api.request<Role>("GET", `${base}/${id}`) : Promise.resolve(fresh));
		this.details = new VersionedForm<Role, RoleForm>({
			formOf: roleFormOf,
			read,
			save: (...sent) => this.#send(...sent),
		});
		this.role = new Loaded(async () => {
			const role = await read();
			this.details.show(role);
			return role;
		});
		this.catalogue = new Loaded(async () =>
			entriesOf(await listAll<PermissionDomain>(api, "/api/v2/authorization/permissions")),
		);
		this.holders = new Paged<RoleHolder>(({ number, size }) =>
			api.request("GET", `/api/inlay/v1/roles/${id}/holders?pageSize=${size}&pageNumber=${number}`),
		);
	}

	get isNew(): boolean {
		return this.#id === undefined;
	}

	/** What keeps the form from being sent. */
	get nameMissing(): boolean {
		const name = this.details.form.value?.name.trim() ?? "";
		return name === "" || name.length > 200;
	}

	/** Who holds a role may add to it only what they hold; nobody holds a new one. */
	mayAdd(permission: string): boolean {
		if (this.isNew || (this.role.value?.userCount ?? 0) === 0) return true;
		return this.self.rights.value.may({ permissions: [permission] });
	}

	toggle(permission: string, on: boolean): void {
		const before = this.details.form.peek()?.permissions ?? [];
		const without = before.filter((one) => one !== permission);
		this.details.change({ permissions: on ? [...without, permission] : without });
	}

	/** What one could no longer do oneself after the save, or after deleting the role. */
	losses(permissions: readonly string[]): Duty[] {
		return this.#id === undefined ? [] : this.self.losses((now) => now.withRole(this.#id ?? "", permissions));
	}

	/** Resolves to the id of the role that was saved, or undefined when something has to be put right or answered first. */
	async save(): Promise<string | undefined> {
		this.tried.value = true;
		if (this.nameMissing) return undefined;
		const saved = await this.details.save();
		return saved ? this.#after() : undefined;
	}

	async resolve(whose: "mine" | "theirs"): Promise<string | undefined> {
		const saved = await this.details.resolve(whose);
		return saved ? this.#after() : undefined;
	}

	async remove(): Promise<boolean> {
		const done = await this.removing.run(() => this.#api.request("DELETE", `${base}/${this.#id}`));
		if (done) await this.self.refresh();
		return done;
	}

	async #after(): Promise<string | undefined> {
		this.tried.value = false;
		const id = this.details.base.peek()?.id;
		if (!this.isNew) await Promise.all([this.role.load(), this.self.refresh()]);
		return id;
	}

	#send({ name, description, permissions }: RoleForm, role: Role): Promise<Role> {
		const policies = policiesWith(role.permissionPolicies, permissions);
		const body = { name: name.trim(), description: description.trim(), permissionPolicies: policies };
		if (this.isNew) return this.#api.request<Role>("POST", base, body);
		return this.#api.request<Role>("PUT", `${base}/${role.id}`, { ...body, version: role.version });
	}

	/** Whether one may see who holds it. */
	get showsHolders(): boolean {
		return !this.isNew && this.self.rights.value.may(needs.viewGrants);
	}
}
