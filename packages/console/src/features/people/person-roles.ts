import { Attempts } from "@inlay/contract/attempts";
import { signal } from "@preact/signals";
import { type Api, listAll } from "../../session/api.ts";
import { readDivisions } from "../../session/divisions.ts";
import { Loaded, Task } from "../../session/load.ts";
import { type Duty, inDivision, needs } from "../../session/needs.ts";
import type { HeldGrant, Need } from "../../session/rights.ts";
import { everyDivision, permissionsOf } from "../../session/rights.ts";
import type { Self } from "../../session/self.ts";
import type { AuthzSubject, Role } from "../../session/wire.ts";

export interface RolesFacts {
	/** The user's or group's own grants. */
	own: HeldGrant[];
	/** Those of the user's groups: they come and go with the groups. */
	fromGroups: HeldGrant[];
	/** All roles; none where one may not see them. */
	roles: Role[];
}

/** The roles of one user or group, each in a division: giving and taking one at a time, so nobody overwrites anybody. */
export class PersonRoles {
	readonly facts: Loaded<RolesFacts>;
	readonly giving = new Task();
	readonly taking = new Task();
	/** Whether the role that is about to be taken is the last that allows everything: the server keeps it. */
	readonly isLast = signal(false);
	readonly #looks = new Attempts();
	readonly #api: Api;
	readonly #subjectId: string;
	readonly #self: Self;
	readonly #type: "PC_USER" | "PC_GROUP";

	/** @param subjectId id of the user or group */
	constructor(api: Api, subjectId: string, self: Self, type: "PC_USER" | "PC_GROUP" = "PC_USER") {
		this.#api = api;
		this.#subjectId = subjectId;
		this.#self = self;
		this.#type = type;
		this.facts = new Loaded(async () => {
			const path = `/api/v2/authorization/subjects/${subjectId}?includeDuplicates=true`;
			const maySee = self.rights.peek().may(needs.viewRoles);
			const [{ grants }, roles] = await Promise.all([
				api.request<AuthzSubject>("GET", path),
				maySee ? listAll<Role>(api, "/api/v2/authorization/roles?userCount=false") : [],
				readDivisions(api),
			]);
			const isOwn = (grant: HeldGrant) => grant.subjectId === subjectId;
			return { own: grants.filter(isOwn), fromGroups: grants.filter((grant) => !isOwn(grant)), roles };
		});
	}

	/** Whether one holds in the division all that the role allows: nobody gives more than they hold. */
	mayGive(role: Role, divisionId: string): boolean {
		return this.#self.rights.value.covers(rolePermissions(role), divisionId);
	}

	/** What keeps one from taking the role away. */
	lackToTake(grant: HeldGrant): Need | undefined {
		const rights = this.#self.rights.value;
		const lack = rights.lack(inDivision(needs.takeRole, grant.division.id));
		if (lack) return lack;
		const beyond = permissionsOf(grant).filter((one) => !rights.covers([one], grant.division.id));
		return beyond.length > 0 ? { permissions: beyond.slice(0, 3), divisionId: grant.division.id } : undefined;
	}

	/** What taking the role would keep one from doing oneself. */
	losses(grant: HeldGrant): Duty[] {
		// What a group gives stands among one's own rights under the group's id.
		return this.#self.losses((now) => now.without(this.#subjectId, grant.role.id, grant.division.id));
	}

	/** Looks whether the role can be taken, before somebody is asked: where that cannot be known, the server says so later. */
	async look(grant: HeldGrant): Promise<void> {
		this.isLast.value = false;
		const isCurrent = this.#looks.begin();
		if (grant.division.id !== everyDivision || !permissionsOf(grant).includes("*:*:*")) return;
		if (this.#self.rights.peek().lack(inDivision(needs.viewGrants, everyDivision))) return;
		const path = `/api/inlay/v1/roles/${grant.role.id}/holders/${this.#subjectId}`;
		const answer = await this.#api.request<{ isLastAdministrator: boolean }>("GET", path).catch(() => undefined);
		if (isCurrent()) this.isLast.value = answer?.isLastAdministrator === true;
	}

	give(roleId: string, divisionId: string): Promise<boolean> {
		return this.#change(this.giving, () =>
			this.#api.request("POST", `${this.#path(roleId, divisionId)}${this.#query}`),
		);
	}

	take(grant: HeldGrant): Promise<boolean> {
		return this.#change(this.taking, () => this.#api.request("DELETE", this.#path(grant.role.id, grant.division.id)));
	}

	async #change(task: Task, work: () => Promise<unknown>): Promise<boolean> {
		const done = await task.run(work);
		if (this.#type === "PC_GROUP" || this.#subjectId === this.#self.id) await this.#self.refresh();
		await this.facts.load();
		return done;
	}

	/** Whose id it is, where it is no user's. */
	get #query(): string {
		return this.#type === "PC_USER" ? "" : `?subjectType=${this.#type}`;
	}

	#path(roleId: string, divisionId: string): string {
		return `/api/v2/authorization/subjects/${this.#subjectId}/divisions/${divisionId}/roles/${roleId}`;
	}
}

/** A role's permissions as `domain:entity:action`, wildcards kept. */
export function rolePermissions(role: Pick<Role, "permissionPolicies">): string[] {
	return role.permissionPolicies.flatMap((policy) =>
		policy.actionSet.map((action) => `${policy.domain}:${policy.entityName}:${action}`),
	);
}
