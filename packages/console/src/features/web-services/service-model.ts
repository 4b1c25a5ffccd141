import type { ScriptValue } from "@inlay/contract/scripter/agent-script";
import type { WebServiceView } from "@inlay/contract/scripter/web-service";
import { signal } from "@preact/signals";
import { type Api, listAll } from "../../session/api.ts";
import { Loaded, Task } from "../../session/load.ts";
import { needs } from "../../session/needs.ts";
import { OneThing } from "../../session/one-thing.ts";
import type { Self } from "../../session/self.ts";
import { newService, type ServiceForm, serviceBodyOf, serviceFormOf, serviceProblems } from "./service-form.ts";

const base = "/api/inlay/v1/web-services";
const at = (id: string) => `${base}/${encodeURIComponent(id)}`;
const deeds = { add: needs.addWebService, edit: needs.editWebService, delete: needs.deleteWebService };

/** All web services, by name. */
export class ServicesModel {
	readonly services: Loaded<WebServiceView[]>;

	constructor(api: Api) {
		this.services = new Loaded(() => listAll<WebServiceView>(api, base));
	}
}

/** One web service, new or existing. */
export class ServiceModel extends OneThing<WebServiceView, ServiceForm> {
	readonly trying = new Task();
	/** What it gave when it was tried last. */
	readonly outputs = signal<Readonly<Record<string, ScriptValue>> | undefined>(undefined);
	readonly #api: Api;

	/** @param id absent for a new one */
	constructor(api: Api, self: Self, id?: string) {
		super(id, {
			fresh: () => newService,
			formOf: serviceFormOf,
			problemsOf: serviceProblems,
			read: (of) => api.request("GET", at(of)),
			add: (form) => api.request("POST", base, serviceBodyOf(form)),
			change: (of, form, { version }) => api.request("PUT", at(of), { ...serviceBodyOf(form), version }),
			remove: (of) => api.request("DELETE", at(of)),
			lack: (deed) => self.rights.value.lack(deeds[deed]),
		});
		this.#api = api;
	}

	/** Asks it once as it was saved. */
	async try(inputs: Readonly<Record<string, string>>): Promise<void> {
		const service = this.details.base.peek();
		this.outputs.value = undefined;
		if (!service) return;
		await this.trying.run(async () => {
			const path = `${at(service.id)}/trial`;
			const { outputs } = await this.#api.request<{ outputs: Record<string, ScriptValue> }>("POST", path, { inputs });
			this.outputs.value = outputs;
		});
	}
}
