import { languages } from "@inlay/ui";
import { computed, signal } from "@preact/signals";
import { type Api, ApiError } from "../../session/api.ts";
import { Loaded, Task } from "../../session/load.ts";
import { inDivision, needs } from "../../session/needs.ts";
import { everyDivision, type Need } from "../../session/rights.ts";
import type { Self } from "../../session/self.ts";
import { VersionedForm } from "../../session/versioned-form.ts";
import type { Division, PresenceDefinition } from "../../session/wire.ts";
import { type StatusForm, statusBodyOf, statusFormOf } from "./status-form.ts";

const base = "/api/v2/presence/definitions";
const all = "/api/inlay/v1/presence/definitions";

/** Stands for a status that is not there yet. */
const fresh: Omit<PresenceDefinition, "divisionId"> = {
	id: "",
	name: "",
	type: "User",
	languageLabels: {},
	systemPresence: "Break",
	deactivated: false,
	version: 0,
};

/** One status of the organization's own, new or existing: its labels, where it belongs, whether agents can choose it. */
export class StatusModel {
	readonly status: Loaded<PresenceDefinition>;
	readonly details: VersionedForm<PresenceDefinition, StatusForm>;
	/** Somebody has tried to save it: what is missing is said. */
	readonly tried = signal(false);
	readonly removing = new Task();
	readonly labelMissing = computed(() => {
		const form = this.details.form.value;
		return form !== undefined && languages.every((language) => form[language].trim() === "");
	});
	readonly #api: Api;
	readonly #self: Self;
	readonly #id: string | undefined;

	/** @param id absent for a new status */
	constructor(api: Api, self: Self, id?: string) {
		this.#api = api;
		this.#self = self;
		this.#id = id;
		this.details = new VersionedForm<PresenceDefinition, StatusForm>({
			formOf: statusFormOf,
			read: () => this.#read(),
			save: (form, before) => this.#send(form, before),
		});
		this.status = new Loaded(async () => {
			const status = await this.#read();
			this.details.show(status);
			return status;
		});
	}

	get isNew(): boolean {
		return this.#id === undefined;
	}

	/** What keeps one from saving it. */
	get lack(): Need | undefined {
		const rights = this.#self.rights.value;
		if (this.isNew) return rights.lack(needs.addStatus);
		return rights.lack(inDivision(needs.editStatus, this.details.base.value?.divisionId));
	}

	/** What keeps one from deleting it. */
	get lackToDelete(): Need | undefined {
		return this.#self.rights.value.lack(inDivision(needs.deleteStatus, this.details.base.value?.divisionId));
	}

	/** Where one may put it: everywhere, or in one's divisions; and where it is. */
	placesAmong(divisions: readonly Division[]): string[] {
		const need = this.isNew ? needs.addStatus : needs.editStatus;
		const ids = [everyDivision, ...divisions.map((one) => one.id)];
		const allowed = ids.filter((id) => this.#self.rights.value.may(inDivision(need, id)));
		const here = this.details.form.value?.divisionId;
		return here === undefined || allowed.includes(here) ? allowed : [here, ...allowed];
	}

	/** Resolves to the id of what was saved; undefined where it was refused, or something is missing. */
	async save(): Promise<string | undefined> {
		this.tried.value = true;
		if (this.labelMissing.peek()) return undefined;
		if (!(await this.details.save())) return undefined;
		return this.details.base.peek()?.id;
	}

	remove(): Promise<boolean> {
		return this.removing.run(() => this.#api.request("DELETE", `${base}/${this.#id}`));
	}

	async #read(): Promise<PresenceDefinition> {
		if (this.#id === undefined) return { ...fresh, divisionId: this.#firstPlace() };
		const { entities } = await this.#api.request<{ entities: PresenceDefinition[] }>("GET", all);
		const found = entities.find((one) => one.id === this.#id && one.type === "User");
		if (!found) throw new ApiError(404, { code: "not.found", message: `No status ${this.#id}.` });
		return found;
	}

	/** For all agents where one may, else in the first division in which one may. */
	#firstPlace(): string {
		const rights = this.#self.rights.peek();
		if (rights.may(inDivision(needs.addStatus, everyDivision))) return everyDivision;
		const places = rights.grants.map((grant) => grant.division.id);
		return places.find((id) => rights.may(inDivision(needs.addStatus, id))) ?? everyDivision;
	}

	/** The platform's model has no version; a save makes it one more. */
	async #send(form: StatusForm, before: PresenceDefinition): Promise<PresenceDefinition> {
		const body = statusBodyOf(form, before);
		if (this.#id === undefined) {
			const made = await this.#api.request<PresenceDefinition>("POST", base, body);
			return { ...made, version: 1 };
		}
		const path = `${base}/${this.#id}`;
		const saved = await this.#api.request<PresenceDefinition>("PUT", path, { ...body, version: before.version });
		return { ...saved, version: before.version + 1 };
	}
}
