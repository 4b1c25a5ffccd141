import type { ExplainedPanel, ExplainedRow } from "@inlay/contract/explained";
import { batch, computed, signal } from "@preact/signals";
import type { Addressed, Place } from "../../session/addressed.ts";
import { type Api, listAll } from "../../session/api.ts";
import { Loaded, Task } from "../../session/load.ts";
import { needs } from "../../session/needs.ts";
import type { Paged } from "../../session/paged.ts";
import { searchPeople } from "../../session/people-search.ts";
import type { Self } from "../../session/self.ts";
import type { Integration, Role, User } from "../../session/wire.ts";
import { divisionToGive, type FittingRole, fittingRoles } from "./fitting-roles.ts";

type Person = Pick<User, "id" | "name" | "email">;

/** What one person's panel of a deployment shows, as the server explains it, and how to give what is missing. */
export class ExplorerModel implements Addressed {
	readonly person = signal<Person | undefined>(undefined);
	/** Id of a deployment; empty while none is chosen. */
	readonly deployment = signal("");
	readonly people: Paged<User>;
	readonly deployments: Loaded<Integration[]>;
	readonly explained: Loaded<ExplainedPanel | undefined>;
	readonly roles: Loaded<Role[]>;
	readonly giving = new Task();
	readonly steps = signal(0);
	readonly place = computed<Place>(() => ({
		...(this.person.value ? { person: this.person.value.id } : {}),
		...(this.deployment.value === "" ? {} : { deployment: this.deployment.value }),
	}));
	readonly #api: Api;
	readonly #self: Self;

	constructor(api: Api, self: Self) {
		this.#api = api;
		this.#self = self;
		this.people = searchPeople(api, { states: ["active", "inactive"] });
		this.deployments = new Loaded(() => this.#readDeployments());
		this.explained = new Loaded(() => this.#explain());
		this.roles = new Loaded(() => this.#readRoles());
	}

	/** Another person, or another deployment; what was explained of those before goes at once. */
	choose(choice: { person?: Person | undefined; deployment?: string }): void {
		batch(() => {
			if ("person" in choice) this.person.value = choice.person;
			this.deployment.value = choice.deployment ?? this.deployment.peek();
			this.steps.value++;
			this.explained.state.value = { kind: "loading" };
		});
		this.giving.forget();
		void this.explained.load();
	}

	restore({ person, deployment = "" }: Place): void {
		const isOther = person !== this.person.peek()?.id || deployment !== this.deployment.peek();
		if (!isOther && this.explained.value) return;
		batch(() => {
			this.deployment.value = deployment;
			if (person !== this.person.peek()?.id)
				this.person.value = person === undefined ? undefined : { id: person, name: "…" };
			this.explained.state.value = { kind: "loading" };
		});
		void this.explained.load();
	}

	/** Roles of which one opens the row, those that give least first; the ones that one may not give say so. */
	rolesFor(row: ExplainedRow): FittingRole[] {
		const divisionId = this.divisionId;
		return fittingRoles(this.roles.value ?? [], row.permissions, (permissions) =>
			this.#self.rights.value.covers(permissions, divisionId),
		);
	}

	/** Where a role is given: everywhere if one may, else where the person is. */
	get divisionId(): string {
		return divisionToGive(this.#self.rights.value, this.explained.value?.user.divisionId);
	}

	/** Gives the person a role; the table is right at once. */
	async give(roleId: string): Promise<boolean> {
		const userId = this.explained.value?.user.id;
		if (userId === undefined) return false;
		const path = `/api/v2/authorization/subjects/${userId}/divisions/${this.divisionId}/roles/${roleId}`;
		const done = await this.giving.run(() => this.#api.request("POST", path));
		if (userId === this.#self.id) await this.#self.refresh();
		if (done) await this.explained.load();
		return done;
	}

	async #readDeployments(): Promise<Integration[]> {
		if (!this.#self.rights.peek().may(needs.viewDeployments)) return [];
		const found = await listAll<Integration>(this.#api, "/api/v2/integrations");
		const [only] = found;
		if (only && this.deployment.peek() === "") this.choose({ deployment: only.id });
		return found;
	}

	async #readRoles(): Promise<Role[]> {
		if (!this.#self.rights.peek().may(needs.viewRoles)) return [];
		return listAll<Role>(this.#api, "/api/v2/authorization/roles?userCount=false");
	}

	async #explain(): Promise<ExplainedPanel | undefined> {
		const [person, deployment] = [this.person.peek()?.id, this.deployment.peek()];
		if (person === undefined || deployment === "") return undefined;
		const path = `/api/inlay/v1/deployments/${encodeURIComponent(deployment)}/explained/${encodeURIComponent(person)}`;
		const found = await this.#api.request<ExplainedPanel>("GET", path);
		if (this.person.peek()?.id === person) this.person.value = { ...this.person.peek(), ...found.user };
		return found;
	}
}
