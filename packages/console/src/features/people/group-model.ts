import type { Api } from "../../session/api.ts";
import { Loaded, Task } from "../../session/load.ts";
import { type Duty, needs } from "../../session/needs.ts";
import { Paged } from "../../session/paged.ts";
import { searchPeople } from "../../session/people-search.ts";
import type { Need } from "../../session/rights.ts";
import type { Self } from "../../session/self.ts";
import { VersionedForm } from "../../session/versioned-form.ts";
import type { AuthzSubject, Group, Integration, User } from "../../session/wire.ts";
import { OwnerVoicemail } from "../voicemail/owner-model.ts";
import { closedByLeaving, openedBy } from "./emptied-group.ts";
import { PersonRoles } from "./person-roles.ts";

/** What can be changed of a group here. */
export interface GroupForm {
	name: string;
	description: string;
}

/** What hangs on a group; parts that one may not see are absent. */
export interface GroupUse {
	/** Names of the deployments that only its members, and those of groups beside it, may use. */
	deployments?: string[];
	/** Of these, the ones that nobody else may use. */
	alone?: string[];
	/** Names of the roles that it gives to its members. */
	roles?: string[];
}

/** One group: its name, who is in it, and what hangs on it. */
export class GroupModel {
	readonly group: Loaded<Group>;
	readonly details: VersionedForm<Group, GroupForm>;
	readonly members: Paged<User>;
	/** Everybody, to choose from. */
	readonly people: Paged<User>;
	/** What it gives to its members. */
	readonly roles: PersonRoles;
	/** Whom its calls ring, and what answers when nobody does. */
	readonly voicemail: OwnerVoicemail;
	readonly use: Loaded<GroupUse>;
	readonly changing = new Task();
	readonly removing = new Task();
	readonly self: Self;
	readonly #api: Api;
	readonly #id: string;

	constructor(api: Api, id: string, self: Self) {
		this.#api = api;
		this.#id = id;
		this.self = self;
		const read = () => api.request<Group>("GET", this.#path);
		this.details = new VersionedForm<Group, GroupForm>({
			formOf: ({ name, description = "" }) => ({ name, description }),
			read,
			save: ({ name, description }, { version }) =>
				api.request<Group>("PUT", this.#path, { name: name.trim(), description, version }),
		});
		this.group = new Loaded(async () => {
			const group = await read();
			this.details.show(group);
			return group;
		});
		this.members = new Paged<User>(({ text, number, size }) => {
			const wanted = text === "" ? "" : `text=${encodeURIComponent(text)}&`;
			return api.request("GET", `/api/inlay/v1/groups/${id}/members?${wanted}pageSize=${size}&pageNumber=${number}`);
		});
		this.people = searchPeople(api);
		this.roles = new PersonRoles(api, id, self, "PC_GROUP");
		this.voicemail = new OwnerVoicemail(api, "group", id, () => self.rights.value.lack(needs.editGroup));
		this.use = new Loaded(() => this.#readUse());
	}

	get #path(): string {
		return `/api/v2/groups/${this.#id}`;
	}

	/** What keeps one from changing who is in it. */
	lackToChange(): Need | undefined {
		const owns = this.group.value?.owners?.some((owner) => owner.id === this.self.id) ?? false;
		return owns ? undefined : this.self.rights.value.lack(needs.editGroup);
	}

	/** What one could no longer do oneself without this group. */
	losses(): Duty[] {
		return this.self.losses((now) => now.withoutGroup(this.#id));
	}

	/** Names of the deployments that close with the last member; undefined where that cannot be read: `changing` has why. */
	async closedBy(userId: string): Promise<readonly string[] | undefined> {
		let names: readonly string[] | undefined;
		await this.changing.run(async () => {
			names = await closedByLeaving(this.#api, this.self.rights.peek(), this.#id, new Set([userId]));
		});
		return names;
	}

	async saveDetails(): Promise<boolean> {
		const saved = await this.details.save();
		if (saved) await this.group.load();
		return saved;
	}

	add(memberIds: readonly string[]): Promise<boolean> {
		return this.#change(() => this.#api.request("POST", `${this.#path}/members`, { memberIds }));
	}

	takeOut(userId: string): Promise<boolean> {
		return this.#change(() => this.#api.request("DELETE", `${this.#path}/members?ids=${userId}`));
	}

	/** @param opens deployments that are for this group alone are for everybody then */
	async remove(opens = false): Promise<boolean> {
		const path = `${this.#path}${opens ? "?opensDeployments=true" : ""}`;
		const done = await this.removing.run(() => this.#api.request("DELETE", path));
		if (done) await this.self.refresh();
		return done;
	}

	async #change(work: () => Promise<unknown>): Promise<boolean> {
		const done = await this.changing.run(work);
		await Promise.all([this.group.load(), this.members.reload(), this.self.refresh()]);
		return done;
	}

	async #readUse(): Promise<GroupUse> {
		const rights = this.self.rights.peek();
		const [opened, grants] = await Promise.all([
			rights.may(needs.viewDeployments) ? openedBy(this.#api, this.#id) : undefined,
			rights.may(needs.viewGrants)
				? this.#api.request<AuthzSubject>("GET", `/api/v2/authorization/subjects/${this.#id}`)
				: undefined,
		]);
		const roles = grants?.grants.map((grant) => grant.role.name ?? grant.role.id);
		return {
			...(opened ? { deployments: opened.map((one) => one.name) } : {}),
			...(opened ? { alone: opened.filter(isForOne).map((one) => one.name) } : {}),
			...(roles ? { roles: [...new Set(roles)] } : {}),
		};
	}
}

function isForOne({ config }: Integration): boolean {
	return config.current.properties.groups?.length === 1;
}
