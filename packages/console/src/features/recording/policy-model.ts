import { type Api, ApiError } from "../../session/api.ts";
import { Loaded } from "../../session/load.ts";
import { needs } from "../../session/needs.ts";
import { OneThing } from "../../session/one-thing.ts";
import type { Self } from "../../session/self.ts";
import type { Queue } from "../../session/wire.ts";
import { paths } from "./policies-model.ts";
import { type PolicyForm, policyBodyOf, policyFormOf, policyProblems, type RecordingPolicy } from "./policy-form.ts";

const fresh: RecordingPolicy = {
	id: "",
	version: 0,
	name: "",
	enabled: true,
	queueIds: [],
	direction: null,
	percent: 100,
	retentionDays: null,
	requireConsent: false,
	consentMessage: null,
};

const deeds = { add: needs.addPolicy, edit: needs.editPolicy, delete: needs.deletePolicy };

/** One policy, new or existing: which calls it records, and for how long that is kept. */
export class PolicyModel extends OneThing<RecordingPolicy, PolicyForm> {
	/** Those that it can choose among; none where one may not see them. */
	readonly queues: Loaded<readonly Queue[]>;

	/** @param id absent for a new policy */
	constructor(api: Api, self: Self, id?: string) {
		super(id, {
			fresh: () => fresh,
			formOf: policyFormOf,
			problemsOf: policyProblems,
			read: (wanted) => read(api, wanted),
			add: (form) => api.request("POST", paths.policies, policyBodyOf(form)),
			change: (of, form, { version }) =>
				api.request("PUT", `${paths.policies}/${of}`, { ...policyBodyOf(form), version }),
			remove: (of) => api.request("DELETE", `${paths.policies}/${of}`),
			lack: (deed) => self.rights.value.lack(deeds[deed]),
		});
		this.queues = new Loaded(async () => (self.rights.peek().may(needs.viewQueues) ? readQueues(api) : []));
	}
}

async function read(api: Api, id: string): Promise<RecordingPolicy> {
	const { entities } = await api.request<{ entities: RecordingPolicy[] }>("GET", paths.policies);
	const found = entities.find((one) => one.id === id);
	if (!found) throw new ApiError(404, { code: "not.found", message: `No policy ${id}.` });
	return found;
}

async function readQueues(api: Api): Promise<Queue[]> {
	const path = "/api/v2/routing/queues?pageSize=500&pageNumber=1";
	return (await api.request<{ entities: Queue[] }>("GET", path)).entities;
}
