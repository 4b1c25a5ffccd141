import type { ScriptHosts } from "@inlay/contract/scripter/web-service";
import type { Api } from "../../session/api.ts";
import { Edited } from "../../session/edited.ts";

const path = "/api/inlay/v1/scripts-hosts";

/** Hosts, one a line. */
export interface HostsForm {
	pages: string;
	services: string;
}

/** What scripts may reach. */
export class HostsModel extends Edited<ScriptHosts, HostsForm> {
	constructor(api: Api) {
		super({
			formOf: ({ pages, services }) => ({ pages: pages.join("\n"), services: services.join("\n") }),
			problemsOf: hostProblems,
			read: () => api.request("GET", path),
			save: ({ pages, services }, { version }) =>
				api.request("PUT", path, { pages: hostsIn(pages), services: hostsIn(services), version }),
		});
	}
}

/** The lines that say something; of a whole address its host. */
export function hostsIn(text: string): string[] {
	const hosts = text.split(/[\s,;]+/).map((line) => line.replace(/^https?:\/\//i, "").replace(/\/.*$/, ""));
	return [...new Set(hosts.map((host) => host.toLowerCase()))].filter(Boolean);
}

/** As long as a name can be (RFC 1035, 2.3.4). */
const longestHost = 253;

export function hostProblems(form: HostsForm): Set<keyof HostsForm> {
	const isHost = (host: string) =>
		host.length <= longestHost && /^(\*\.)?[a-z0-9_-]+(\.[a-z0-9_-]+)*\.?$|^\[?[0-9a-f:.]+\]?$/.test(host);
	return new Set((["pages", "services"] as const).filter((field) => !hostsIn(form[field]).every(isHost)));
}
