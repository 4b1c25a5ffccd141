import { randomUUID } from "node:crypto";
import type { ScriptValue } from "@inlay/contract/scripter/agent-script";
import { isAllowedHost } from "@inlay/contract/scripter/interpolate";
import type { Trx } from "../kernel/database/database.ts";
import type { Referrer } from "../kernel/database/references.ts";
import type { Kernel } from "../kernel/domain.ts";
import type { Actor } from "../kernel/events/event-log.ts";
import { ApiError, alreadyExists, badField, notFound, versionConflict } from "../kernel/http/api-error.ts";
import { readName } from "../kernel/names.ts";
import { placeOf } from "../kernel/outgoing/outgoing.ts";
import { type Asker, usesParams } from "../kernel/sight.ts";
import { isUniqueViolation } from "../routing/unique.ts";
import { askService, hostRefused, originOf } from "./ask.ts";
import { webServiceChanged } from "./events.ts";
import { createScriptHosts } from "./hosts.ts";
import type { SentWebService, WebService } from "./model.ts";
import { requireFit } from "./sent.ts";
import { webServiceStore } from "./store.ts";

/** Programs of others that scripts ask, and what scripts may reach at all (agent-features 17). */
export function createWebServices(kernel: Kernel) {
	const { database, events, outgoing } = kernel;
	const store = webServiceStore(database.db);
	const hosts = createScriptHosts(kernel);
	const referrers: Referrer[] = [];

	async function keep(trx: Trx, after: WebService, before: WebService | undefined, actor: Actor): Promise<WebService> {
		await store.names.refuseTwin(trx, { id: after.id, name: after.name, before: before?.name }, nameTaken);
		await store.save(trx, after);
		await events.append(trx, [webServiceChanged(after, before ? "updated" : "created", actor)]);
		return after;
	}

	function saving<T>(name: string, work: (trx: Trx) => Promise<T>): Promise<T> {
		return database.change(work).catch((error: unknown) => {
			throw isUniqueViolation(error, "web_services_name") ? nameTaken(name) : error;
		});
	}

	async function locked(trx: Trx, id: string, seen: number | undefined): Promise<WebService> {
		const found = await store.lock(trx, id);
		if (!found) throw notFound("web service", id);
		if (seen !== undefined && seen !== found.version) throw versionConflict("web service", id, seen, found.version);
		return found;
	}

	/** A host that stood there before stays: it is judged again each time it is asked. @throws ApiError 400 naming the field, 409 `web.service.host` */
	async function judge(sent: SentWebService, before?: WebService): Promise<void> {
		const url = requireFit(sent);
		if (before && originOf(before.address) === url.origin) return;
		outgoing.requireTypable(placeOf(url), "address");
		if (!isAllowedHost(url.hostname, (await hosts.read()).services)) throw hostRefused(url.hostname);
	}

	return {
		hosts,
		all: store.all,

		/** @throws ApiError 404 */
		async require(id: string): Promise<WebService> {
			const found = await store.find(id);
			if (!found) throw notFound("web service", id);
			return found;
		},

		async create(sent: SentWebService, actor: Actor): Promise<WebService> {
			await judge(sent);
			const { secretHeaders, ...settings } = sent;
			return saving(sent.name, (trx) => {
				const named = { ...settings, name: readName(sent.name), secrets: secretsOf(sent, undefined) };
				return keep(trx, { ...named, id: randomUUID(), version: 1 }, undefined, actor);
			});
		},

		/** @param seen the version that the change is based on */
		async change(id: string, sent: SentWebService, seen: number | undefined, actor: Actor): Promise<WebService> {
			const known = await this.require(id);
			if (seen !== undefined && seen !== known.version) throw versionConflict("web service", id, seen, known.version);
			await judge(sent, known);
			const { secretHeaders, ...settings } = sent;
			return saving(sent.name, async (trx) => {
				const before = await locked(trx, id, seen);
				const name = readName(sent.name, { before: before.name });
				const after = { ...settings, name, secrets: secretsOf(sent, before), id, version: before.version + 1 };
				return keep(trx, after, before, actor);
			});
		},

		/** @param asker reads of what he may see @throws ApiError 409 `general.conflict` while a script asks it */
		async remove(id: string, seen: number | undefined, actor: Actor, asker: Asker): Promise<void> {
			await database.change(async (trx) => {
				const found = await locked(trx, id, seen);
				const uses = (await Promise.all(referrers.map((of) => of(trx, id)))).flat();
				if (uses.length > 0) throw inUse(found, usesParams(uses, asker));
				await store.delete(trx, id);
				await events.append(trx, [webServiceChanged(found, "deleted", actor)]);
			});
		},

		/** What asks web services tells here what of it does. */
		onRemove: (referrer: Referrer) => void referrers.push(referrer),

		/** Asks it. @throws ApiError 404, and as `askService` */
		async ask(id: string, inputs: Readonly<Record<string, string>>): Promise<Record<string, ScriptValue>> {
			const service = await this.require(id);
			return askService(service, inputs, { outgoing, hosts: (await hosts.current()).services });
		},
	};
}

export type WebServices = ReturnType<typeof createWebServices>;

/** What is sent without a value stays; but a secret that was given to one host and port goes to no other, nor unencrypted. */
function secretsOf({ secretHeaders, address }: SentWebService, before: WebService | undefined): Record<string, string> {
	const isSamePlace = before !== undefined && originOf(before.address) === originOf(address);
	return Object.fromEntries(
		secretHeaders.map(({ name, value }, at) => {
			const kept = isSamePlace ? before.secrets[name] : undefined;
			if (value === undefined && kept === undefined)
				throw badField(`secretHeaders[${at}].value`, `Enter the value of ${name}: it is not known for this address.`);
			return [name, value ?? kept ?? ""];
		}),
	);
}

const nameTaken = (name: string) => alreadyExists("web service", "name", name);

function inUse({ id, name }: WebService, by: ReturnType<typeof usesParams>): ApiError {
	return new ApiError(409, "general.conflict", "The web service {name} is asked by {by}; change that first.", {
		params: { name, ...by },
		entityId: id,
		entityName: "web service",
	});
}
