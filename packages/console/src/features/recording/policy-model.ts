import { computed, signal } from "@preact/signals";
import { type Api, ApiError } from "../../session/api.ts";
import { Loaded, Task } from "../../session/load.ts";
import { needs } from "../../session/needs.ts";
import type { Need } from "../../session/rights.ts";
import type { Self } from "../../session/self.ts";
import { VersionedForm } from "../../session/versioned-form.ts";
import type { Queue } from "../../session/wire.ts";
import { paths } from "./policies-model.ts";
import { type PolicyForm, policyBodyOf, policyFormOf, policyProblems, type RecordingPolicy } from "./policy-form.ts";

/** Stands for a policy that is not there yet. */
const fresh: RecordingPolicy = {
	id: "",
	version: 0,
	name: "",
	enabled: true,
	queueIds: [],
	direction: null,
	percent: 100,
	retentionDays: null,
};

/** One policy, new or existing: which calls it records, and for how long that is kept. */
export class PolicyModel {
	readonly policy: Loaded<RecordingPolicy>;
	/** Those that it can choose among; none where one may not see them. */
	readonly queues = signal<readonly Queue[]>([]);
	readonly details: VersionedForm<RecordingPolicy, PolicyForm>;
	readonly tried = signal(false);
	readonly removing = new Task();
	readonly problems = computed(() => {
		const form = this.details.form.value;
		return form ? policyProblems(form) : new Set<never>();
	});
	readonly #api: Api;
	readonly #self: Self;
	readonly #id: string | undefined;

	/** @param id absent for a new policy */
	constructor(api: Api, self: Self, id?: string) {
		this.#api = api;
		this.#self = self;
		this.#id = id;
		this.details = new VersionedForm<RecordingPolicy, PolicyForm>({
			formOf: policyFormOf,
			read: () => this.#read(),
			save: (form, { version }) => this.#send(form, version),
		});
		this.policy = new Loaded(async () => {
			const [policy, queues] = await Promise.all([this.#read(), this.#readQueues()]);
			this.queues.value = queues;
			this.details.show(policy);
			return policy;
		});
	}

	get isNew(): boolean {
		return this.#id === undefined;
	}

	/** What keeps one from saving it. */
	get lack(): Need | undefined {
		return this.#self.rights.value.lack(this.isNew ? needs.addPolicy : needs.editPolicy);
	}

	get lackToDelete(): Need | undefined {
		return this.#self.rights.value.lack(needs.deletePolicy);
	}

	/** Resolves to the id of what was saved; undefined where it was refused, or something is missing. */
	async save(): Promise<string | undefined> {
		this.tried.value = true;
		if (this.problems.peek().size > 0 || !(await this.details.save())) return undefined;
		return this.details.base.peek()?.id;
	}

	remove(): Promise<boolean> {
		return this.removing.run(() => this.#api.request("DELETE", `${paths.policies}/${this.#id}`));
	}

	async #read(): Promise<RecordingPolicy> {
		if (this.#id === undefined) return fresh;
		const { entities } = await this.#api.request<{ entities: RecordingPolicy[] }>("GET", paths.policies);
		const found = entities.find((one) => one.id === this.#id);
		if (!found) throw new ApiError(404, { code: "not.found", message: `No policy ${this.#id}.` });
		return found;
	}

	async #readQueues(): Promise<Queue[]> {
		if (!this.#self.rights.peek().may(needs.viewQueues)) return [];
		const list = await this.#api.request<{ entities: Queue[] }>(
			"GET",
			"/api/v2/routing/queues?pageSize=500&pageNumber=1",
		);
		return list.entities;
	}

	#send(form: PolicyForm, version: number): Promise<RecordingPolicy> {
		const body = policyBodyOf(form);
		if (this.#id === undefined) return this.#api.request("POST", paths.policies, body);
		return this.#api.request("PUT", `${paths.policies}/${this.#id}`, { ...body, version });
	}
}
