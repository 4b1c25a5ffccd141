import { type Api, ApiError } from "../../session/api.ts";
import { inDivision, needs } from "../../session/needs.ts";
import { OneThing } from "../../session/one-thing.ts";
import { everyDivision, type Rights } from "../../session/rights.ts";
import type { Self } from "../../session/self.ts";
import type { Division, PresenceDefinition } from "../../session/wire.ts";
import { type StatusForm, statusBodyOf, statusFormOf, statusProblems } from "./status-form.ts";

const base = "/api/v2/presence/definitions";
const all = "/api/inlay/v1/presence/definitions";

const fresh: Omit<PresenceDefinition, "divisionId"> = {
	id: "",
	name: "",
	type: "User",
	languageLabels: {},
	systemPresence: "Break",
	deactivated: false,
	version: 0,
};

const deeds = { add: needs.addStatus, edit: needs.editStatus, delete: needs.deleteStatus };

/** One status of the organization's own, new or existing: its labels, where it belongs, whether agents can choose it. */
export class StatusModel extends OneThing<PresenceDefinition, StatusForm> {
	readonly #self: Self;

	/** @param id absent for a new status */
	constructor(api: Api, self: Self, id?: string) {
		super(id, {
			fresh: () => ({ ...fresh, divisionId: firstPlace(self.rights.peek()) }),
			formOf: statusFormOf,
			problemsOf: statusProblems,
			read: (wanted) => read(api, wanted),
			add: (form, before) => add(api, form, before),
			change: (of, form, before) => change(api, of, form, before),
			remove: (of) => api.request("DELETE", `${base}/${of}`),
			lack: (deed, status) =>
				self.rights.value.lack(deed === "add" ? deeds.add : inDivision(deeds[deed], status?.divisionId)),
		});
		this.#self = self;
	}

	/** Where one may put it: everywhere, or in one's divisions; and where it is. */
	placesAmong(divisions: readonly Division[]): string[] {
		const need = this.isNew ? deeds.add : deeds.edit;
		const ids = [everyDivision, ...divisions.map((one) => one.id)];
		const allowed = ids.filter((id) => this.#self.rights.value.may(inDivision(need, id)));
		const here = this.details.form.value?.divisionId;
		return here === undefined || allowed.includes(here) ? allowed : [here, ...allowed];
	}
}

/** For all agents where one may, else in the first division in which one may. */
function firstPlace(rights: Rights): string {
	if (rights.may(inDivision(deeds.add, everyDivision))) return everyDivision;
	const places = rights.grants.map((grant) => grant.division.id);
	return places.find((id) => rights.may(inDivision(deeds.add, id))) ?? everyDivision;
}

async function read(api: Api, id: string): Promise<PresenceDefinition> {
	const { entities } = await api.request<{ entities: PresenceDefinition[] }>("GET", all);
	const found = entities.find((one) => one.id === id && one.type === "User");
	if (!found) throw new ApiError(404, { code: "not.found", message: `No status ${id}.` });
	return found;
}

/** The platform's model has no version; a save makes it one more. */
async function add(api: Api, form: StatusForm, before: PresenceDefinition): Promise<PresenceDefinition> {
	return { ...(await api.request<PresenceDefinition>("POST", base, statusBodyOf(form, before))), version: 1 };
}

async function change(api: Api, id: string, form: StatusForm, before: PresenceDefinition): Promise<PresenceDefinition> {
	const body = { ...statusBodyOf(form, before), version: before.version };
	return { ...(await api.request<PresenceDefinition>("PUT", `${base}/${id}`, body)), version: before.version + 1 };
}
