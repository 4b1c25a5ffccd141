import type { ScriptHosts } from "@inlay/contract/scripter/web-service";
import { Remembered } from "../kernel/database/remembered.ts";
import { versionedSetting } from "../kernel/database/versioned-setting.ts";
import type { Kernel } from "../kernel/domain.ts";
import type { Actor } from "../kernel/events/event-log.ts";
import { badField } from "../kernel/http/api-error.ts";
import { isHost, unbracketed } from "../kernel/outgoing/host-names.ts";
import { hostsChanged, hostsChangedType } from "./events.ts";

type Said = Omit<ScriptHosts, "version">;

const kept = versionedSetting<Said>({
	...{ table: "script_hosts", column: "hosts" },
	entity: { name: "hosts of scripts", id: "hosts" },
});

/** What scripts may reach: the frames and addresses that they open, and what web services are at. */
export function createScriptHosts({ database, events, feed }: Pick<Kernel, "database" | "events" | "feed">) {
	async function read(): Promise<ScriptHosts> {
		const { version, said } = await kept.read(database.db);
		return { pages: [], services: [], ...said, version };
	}

	const known = new Remembered(read, feed, [hostsChangedType]);

	return {
		/** As it stands now. */
		read,

		/** As last read; read anew after each change. */
		current: (): Promise<ScriptHosts> => known.get(),

		/** What is absent stays. @param seen the version that the change is based on @throws ApiError 400, 409 `version.conflict` */
		async change(changes: Partial<Said>, seen: number | undefined, actor: Actor): Promise<ScriptHosts> {
			for (const field of ["pages", "services"] as const) requireHosts(changes[field] ?? [], field);
			await database.change(async (trx) => {
				await kept.change(trx, changes, seen);
				await events.append(trx, [hostsChanged(actor)]);
			});
			known.forget();
			return read();
		},
	};
}

function requireHosts(hosts: readonly string[], field: string): void {
	const at = hosts.findIndex((host) => !isHost(unbracketed(host.replace(/^\*\./, "").toLowerCase())));
	if (at >= 0)
		throw badField(`${field}[${at}]`, `${hosts[at]} must be a host, such as crm.example.com or *.example.com.`);
}
